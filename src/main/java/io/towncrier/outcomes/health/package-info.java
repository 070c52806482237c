/** Whether a rollout goes well: figures, bounds and verdicts; pure. */
@NullMarked
package io.towncrier.outcomes.health;

import org.jspecify.annotations.NullMarked;
