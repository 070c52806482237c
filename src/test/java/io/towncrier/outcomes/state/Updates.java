package io.towncrier.outcomes.state;

import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One device that is updated from 1.0 to 2.0, by a clock that the test moves. */
final class Updates {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final VersionOrder ORDER = VersionOrder.of(VersionScheme.SEMVER, List.of());

  private final FollowUpdate follow;
  private Instant now = START;
  private Step last = new Step.Unchanged();
  private Attempt attempt =
      Attempt.none(new Attempt.Key("dev_1", "router", "2.0.0"), START).comingFrom("1.0.0");

  Updates(OutcomePolicy policy) {
    this.follow = FollowUpdate.by(policy);
  }

  Updates() {
    this(OutcomePolicy.DEFAULT);
  }

  Updates after(Duration time) {
    now = now.plus(time);
    return this;
  }

  Updates offered() {
    return apply(follow.offered(attempt, new FollowUpdate.Offered("1.0.0", 0, true), now));
  }

  Updates says(Report.Said said) {
    return says(Report.of(said));
  }

  Updates says(Report report) {
    return apply(follow.report(attempt, report, now));
  }

  Updates runs(String version) {
    return runs(version, Optional.empty());
  }

  Updates runs(String version, Optional<String> boot) {
    return apply(follow.seen(attempt, Sighting.of(attempt, version, ORDER, boot), now));
  }

  Updates isSilent() {
    return apply(follow.silent(attempt, now));
  }

  private Updates apply(Step step) {
    last = step;
    if (step instanceof Step.Changed changed) {
      attempt = changed.after();
    } else if (step instanceof Step.Contradicting contradicting) {
      attempt = contradicting.after();
    }
    return this;
  }

  OutcomeState state() {
    return attempt.state();
  }

  Attempt attempt() {
    return attempt;
  }

  Step last() {
    return last;
  }

  Instant now() {
    return now;
  }
}
