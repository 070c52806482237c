/** Sessions of the console in PostgreSQL. */
@NullMarked
package io.towncrier.console.postgres;

import org.jspecify.annotations.NullMarked;
