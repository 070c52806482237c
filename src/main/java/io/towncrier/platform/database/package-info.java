/** What the rest of the service knows of the database being away. */
@NullMarked
package io.towncrier.platform.database;

import org.jspecify.annotations.NullMarked;
