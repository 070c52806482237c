/** Events that were given up, for operators. */
@NullMarked
package io.towncrier.events.rest;

import org.jspecify.annotations.NullMarked;
