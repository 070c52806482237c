/** The plain server: embedded PostgreSQL, migrations, local sign-in, timers, commands. */
@NullMarked
package io.towncrier.server;

import org.jspecify.annotations.NullMarked;
