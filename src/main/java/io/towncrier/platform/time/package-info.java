/** Time zones, their data, and the clock that everything else is given. */
@NullMarked
package io.towncrier.platform.time;

import org.jspecify.annotations.NullMarked;
