@NullMarked
package io.towncrier.halts.rest;

import org.jspecify.annotations.NullMarked;
