/** What other packages know when the database is away: a probe, and one failure. */
@NullMarked
package io.towncrier.platform.database;

import org.jspecify.annotations.NullMarked;
