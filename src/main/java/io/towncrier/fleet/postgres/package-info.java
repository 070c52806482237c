/** Counts and lists of the fleet in PostgreSQL. */
@NullMarked
package io.towncrier.fleet.postgres;

import org.jspecify.annotations.NullMarked;
