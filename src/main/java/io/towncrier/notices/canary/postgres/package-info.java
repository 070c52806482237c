/** Canaries in PostgreSQL. */
@NullMarked
package io.towncrier.notices.canary.postgres;

import org.jspecify.annotations.NullMarked;
