@NullMarked
package io.towncrier.updates.rest;

import org.jspecify.annotations.NullMarked;
