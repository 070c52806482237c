@NullMarked
package io.towncrier.server.database;

import org.jspecify.annotations.NullMarked;
