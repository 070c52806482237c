/** The fleet over HTTP, for operators. */
@NullMarked
package io.towncrier.fleet.rest;

import org.jspecify.annotations.NullMarked;
