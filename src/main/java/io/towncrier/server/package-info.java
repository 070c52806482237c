/** The plain server: embedded PostgreSQL, migrations, local sign-in, the drain timer. */
@NullMarked
package io.towncrier.server;

import org.jspecify.annotations.NullMarked;
