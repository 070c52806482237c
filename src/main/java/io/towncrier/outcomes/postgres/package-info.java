/** Outcomes in PostgreSQL. */
@NullMarked
package io.towncrier.outcomes.postgres;

import org.jspecify.annotations.NullMarked;
