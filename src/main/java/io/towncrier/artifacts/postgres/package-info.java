/** What is known of artifacts, in PostgreSQL. */
@NullMarked
package io.towncrier.artifacts.postgres;

import org.jspecify.annotations.NullMarked;
