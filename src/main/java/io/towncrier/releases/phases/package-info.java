/** Which phases of rollouts have begun by the clock, told once. */
@NullMarked
package io.towncrier.releases.phases;

import org.jspecify.annotations.NullMarked;
