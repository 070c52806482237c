package io.towncrier.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FailureCode;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.History;
import io.towncrier.outcomes.state.OfferHold;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.outcomes.state.OutcomeState;
import io.towncrier.outcomes.state.Report;
import io.towncrier.outcomes.state.Sighting;
import io.towncrier.outcomes.state.Step;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.outcomes.state.TransitionTable;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One device that is offered two releases, and whose reports get lost, come twice and out of order.
 * After each of them it is compared with what the decision of this project says may follow, which
 * is written down here once more, apart from the table.
 */
final class RandomOrders {
  private static final VersionOrder ORDER = VersionOrder.of(VersionScheme.SEMVER, List.of());
  private static final List<String> VERSIONS = List.of("1.0.0", "1.5.0", "2.0.0", "3.0.0");
  private static final Set<OutcomeState> ENDS =
      EnumSet.of(
          OutcomeState.CONFIRMED,
          OutcomeState.FAILED,
          OutcomeState.REJECTED,
          OutcomeState.ROLLED_BACK,
          OutcomeState.TIMED_OUT,
          OutcomeState.UNCONFIRMED,
          OutcomeState.SUPERSEDED);
  private static final Map<OutcomeState, Set<OutcomeState>> AFTER_THE_END = afterTheEnd();

  private final Random random;
  private final FollowUpdate follow;
  private final FakeOutcomes store = new FakeOutcomes();
  private final KeepAttempt keep =
      new KeepAttempt(store, store, change -> Uni.createFrom().voidItem(), store);
  private final List<Report> sent = new ArrayList<>();
  private final Map<Tally.Place, Integer> counted = new HashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  RandomOrders(long seed, TransitionTable table) {
    this.random = new Random(seed);
    this.follow = new FollowUpdate(table, OutcomePolicy.DEFAULT);
  }

  private static Map<OutcomeState, Set<OutcomeState>> afterTheEnd() {
    Map<OutcomeState, Set<OutcomeState>> may = new EnumMap<>(OutcomeState.class);
    Set<OutcomeState> anew =
        EnumSet.of(OutcomeState.OFFERED, OutcomeState.DOWNLOADING, OutcomeState.ROLLED_BACK);
    ENDS.forEach(end -> may.put(end, EnumSet.copyOf(anew)));
    may.put(OutcomeState.CONFIRMED, EnumSet.of(OutcomeState.ROLLED_BACK));
    may.put(OutcomeState.UNCONFIRMED, EnumSet.of(OutcomeState.ROLLED_BACK, OutcomeState.CONFIRMED));
    may.get(OutcomeState.TIMED_OUT).add(OutcomeState.CONFIRMED);
    may.put(OutcomeState.ROLLED_BACK, EnumSet.of(OutcomeState.OFFERED, OutcomeState.DOWNLOADING));
    may.get(OutcomeState.SUPERSEDED).remove(OutcomeState.ROLLED_BACK);
    // The owner may think better of it.
    may.get(OutcomeState.REJECTED)
        .addAll(
            EnumSet.of(OutcomeState.POSTPONED, OutcomeState.RESTARTING, OutcomeState.CONFIRMED));
    return may;
  }

  /** So many things happen. */
  void run(int events) {
    for (int i = 0; i < events; i++) {
      now = now.plus(Duration.ofMinutes(random.nextInt(60 * 18)));
      String version = VERSIONS.get(2 + random.nextInt(2));
      KeepAttempt.Held held =
          keep.lock(new Attempt.Key("dev_1", "router", version), now).await().indefinitely();
      Attempt before = held.locked().attempt();
      happen(held, before);
    }
    assertThat(Set.copyOf(sums())).isEqualTo(Set.copyOf(store.sums()));
  }

  private List<Map.Entry<Tally.Place, Integer>> sums() {
    return counted.entrySet().stream().filter(e -> e.getValue() != 0).toList();
  }

  private void happen(KeepAttempt.Held held, Attempt before) {
    int what = random.nextInt(10);
    if (what < 6) {
      report(held, before);
    } else if (what < 8 && before.state() != OutcomeState.NONE) {
      String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
      apply(held, before, follow.seen(before, Sighting.of(before, version, ORDER, boot()), now));
    } else if (what == 8) {
      boolean held1 = OfferHold.of(before, random.nextBoolean(), now).isPresent();
      if (!held1) {
        apply(
            held,
            before,
            follow.offered(
                before, new FollowUpdate.Offered("1.0.0", random.nextInt(3), true), now));
      }
    } else if (before.state() != OutcomeState.NONE) {
      apply(held, before, follow.silent(before, now));
    }
  }

  private void report(KeepAttempt.Held held, Attempt before) {
    boolean repeats = !sent.isEmpty() && random.nextInt(4) == 0;
    Report report = repeats ? sent.get(random.nextInt(sent.size())) : next();
    boolean known =
        before.history().entries().stream()
            .map(History.Entry::report)
            .anyMatch(report.id()::equals);
    Step step = follow.report(before, report, now);
    if (known) {
      assertThat(step).isNotInstanceOf(Step.Changed.class);
    }
    apply(held, before, step);
  }

  private Report next() {
    Report.Said said = Report.Said.values()[random.nextInt(Report.Said.values().length)];
    Report report = Report.of(said).withId("r" + sent.size());
    report = boot().map(report::fromBoot).orElse(report);
    if (said == Report.Said.FAILED) {
      report = report.because(FailureCode.ALL.get(random.nextInt(FailureCode.ALL.size())));
    }
    sent.add(report);
    return report;
  }

  private Optional<String> boot() {
    return random.nextBoolean() ? Optional.empty() : Optional.of("boot" + random.nextInt(3));
  }

  private void apply(KeepAttempt.Held held, Attempt before, Step step) {
    if (step instanceof Step.Contradicting contradicting) {
      assertThat(contradicting.after().state()).isEqualTo(before.state());
    }
    Attempt after =
        step instanceof Step.Changed changed
            ? changed.after()
            : step instanceof Step.Contradicting kept ? kept.after() : before;
    mayFollow(before, after);
    if (!after.equals(before)) {
      Optional<Attempt> other = held.locked().other();
      OutcomeStore.Change change = keep.save(held, after, null, now).await().indefinitely();
      count(Tally.changes(change.before(), change.after()));
      other
          .filter(o -> !store.attempt(o.key()).equals(o))
          .ifPresent(o -> count(Tally.changes(o, store.attempt(o.key()))));
    }
    assertThat(store.busy()).as("a device is busy with one release at most").isLessThanOrEqualTo(1);
  }

  private void count(List<Tally.Change> changes) {
    changes.forEach(change -> counted.merge(change.place(), change.devices(), Integer::sum));
  }

  private void mayFollow(Attempt before, Attempt after) {
    if (after.state() == before.state()) {
      return;
    }
    if (ENDS.contains(before.state())) {
      assertThat(AFTER_THE_END.get(before.state())).contains(after.state());
    }
    if (after.state() == OutcomeState.CONFIRMED) {
      Instant since = after.course().targetSince().orElseThrow();
      assertThat(Duration.between(since, now))
          .isGreaterThanOrEqualTo(OutcomePolicy.DEFAULT.confirmSoak());
    }
    assertThat(after.history().entries().get(after.history().entries().size() - 1).state())
        .isEqualTo(after.state());
    assertThat(after.history().entries()).hasSizeLessThanOrEqualTo(History.MOST);
  }
}
