/** The update check: what a client is told that asks for a newer version. */
@NullMarked
package io.towncrier.updates;

import org.jspecify.annotations.NullMarked;
