/** How fast pushes go out, and when none do: pure; what they know is shared by all instances. */
@NullMarked
package io.towncrier.delivery.pacing;

import org.jspecify.annotations.NullMarked;
