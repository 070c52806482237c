/** What became of updates: outcomes, attempts, the health of rollouts. */
@NullMarked
package io.towncrier.outcomes;

import org.jspecify.annotations.NullMarked;
