/** Keeps what was restored to itself until it is as it was. */
@NullMarked
package io.towncrier.installation.rest;

import org.jspecify.annotations.NullMarked;
