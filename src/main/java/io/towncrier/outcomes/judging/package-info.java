/** Judges rollouts by their figures: halts, promotions, and what operators set and see. */
@NullMarked
package io.towncrier.outcomes.judging;

import org.jspecify.annotations.NullMarked;
