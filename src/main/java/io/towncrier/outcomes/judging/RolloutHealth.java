package io.towncrier.outcomes.judging;

import io.towncrier.outcomes.health.Figures;
import io.towncrier.outcomes.health.Thresholds;
import io.towncrier.outcomes.health.Verdict;
import io.towncrier.outcomes.state.Tally;
import java.util.Map;

/**
 * How a rollout is.
 *
 * @param counters all of the release, by phase
 * @param counted of devices whose reports count, all phases together, from the beginning
 * @param judged the same since the rollout was halted last
 * @param failures how many of the failures count, when no network may give more than a tenth
 * @param thresholds in force
 * @param verdict what the figures call for
 * @param uncounted whether devices whose reports do not count fail so often that it would be halted
 */
public record RolloutHealth(
    Map<Tally.Place, Long> counters,
    Figures counted,
    Figures judged,
    long failures,
    Thresholds thresholds,
    Verdict verdict,
    boolean uncounted) {}
