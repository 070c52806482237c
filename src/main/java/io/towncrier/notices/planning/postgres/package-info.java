/** The walks that plan deliveries, in PostgreSQL. */
@NullMarked
package io.towncrier.notices.planning.postgres;

import org.jspecify.annotations.NullMarked;
