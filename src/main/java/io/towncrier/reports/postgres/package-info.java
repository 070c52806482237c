/** Reports in PostgreSQL. */
@NullMarked
package io.towncrier.reports.postgres;

import org.jspecify.annotations.NullMarked;
