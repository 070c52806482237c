/** How many devices there are of what, and which: the registered fleet as operators see it. */
@NullMarked
package io.towncrier.fleet;

import org.jspecify.annotations.NullMarked;
