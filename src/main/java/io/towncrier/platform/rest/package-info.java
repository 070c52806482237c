@NullMarked
package io.towncrier.platform.rest;

import org.jspecify.annotations.NullMarked;
