/** How a release comes to a growing share of the fleet: pure, by cohort and time. */
@NullMarked
package io.towncrier.releases.rollout;

import org.jspecify.annotations.NullMarked;
