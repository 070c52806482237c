package io.towncrier.outcomes;

import io.towncrier.outcomes.health.Thresholds;
import io.towncrier.outcomes.state.OutcomePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an operator sets in place of defaults; empty leaves a default in force.
 *
 * @param attempts that a device may make with a release
 * @param backOff before the second attempt
 * @param retried codes that are worth another attempt
 * @param confirmSoak for how long a device must run the new version
 * @param restartLimit after which the former version means a roll-back
 * @param timeOut after which a silent device is given up
 * @param failures share from 0 to 1 above which a rollout is halted
 * @param minimum of ended devices before a rollout is judged
 * @param downloads share of failed downloads above which no phase begins
 */
public record OutcomeSettings(
    Optional<Integer> attempts,
    Optional<Duration> backOff,
    Optional<Set<String>> retried,
    Optional<Duration> confirmSoak,
    Optional<Duration> restartLimit,
    Optional<Duration> timeOut,
    Optional<Double> failures,
    Optional<Long> minimum,
    Optional<Double> downloads) {
  /** Nothing is set. */
  public static final OutcomeSettings NONE =
      new OutcomeSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** As the audit log tells them. */
  public String told() {
    List<String> all = new ArrayList<>();
    attempts.ifPresent(n -> all.add("attempts " + n));
    backOff.ifPresent(d -> all.add("backOff " + d));
    retried.ifPresent(codes -> all.add("retried " + new TreeSet<>(codes)));
    confirmSoak.ifPresent(d -> all.add("confirmSoak " + d));
    restartLimit.ifPresent(d -> all.add("restartLimit " + d));
    timeOut.ifPresent(d -> all.add("timeOut " + d));
    failures.ifPresent(share -> all.add("failures " + share));
    minimum.ifPresent(n -> all.add("minimum " + n));
    downloads.ifPresent(share -> all.add("downloads " + share));
    return all.isEmpty() ? "defaults" : String.join(", ", all);
  }

  /** These where they are set, others where they are not. */
  public OutcomePolicy over(OutcomePolicy other) {
    return new OutcomePolicy(
        attempts.orElse(other.attempts()),
        backOff.orElse(other.backOff()),
        retried.orElse(other.retried()),
        confirmSoak.orElse(other.confirmSoak()),
        restartLimit.orElse(other.restartLimit()),
        timeOut.orElse(other.timeOut()));
  }

  /** The same of thresholds. */
  public Thresholds over(Thresholds other) {
    return new Thresholds(
        failures.orElse(other.failures()),
        minimum.orElse(other.minimum()),
        downloads.orElse(other.downloads()));
  }
}
