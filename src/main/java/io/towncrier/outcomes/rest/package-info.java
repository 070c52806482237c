/** The HTTP API of outcomes. */
@NullMarked
package io.towncrier.outcomes.rest;

import org.jspecify.annotations.NullMarked;
