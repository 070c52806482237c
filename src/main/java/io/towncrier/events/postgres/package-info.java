/** Events that wait to be taken, in PostgreSQL. */
@NullMarked
package io.towncrier.events.postgres;

import org.jspecify.annotations.NullMarked;
