package io.towncrier.outcomes.health;

import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FailureCode;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.outcomes.state.Report;
import io.towncrier.outcomes.state.Sighting;
import io.towncrier.outcomes.state.Step;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.releases.rollout.Advance;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Routers that are updated in three phases, judged after each report and at each tick, by the very
 * code of the service. Half of them have RAUC's habit: they say success before their restart.
 */
final class SimulatedRollout {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final VersionOrder ORDER = VersionOrder.of(VersionScheme.SEMVER, List.of());
  private static final List<Phase> PHASES = List.of(phase(10), phase(50), phase(100));

  private final FollowUpdate follow = FollowUpdate.by(OutcomePolicy.DEFAULT);
  private final Random random;
  private final int routers;
  private final double failing;
  private final double badDownloads;
  private final boolean isJudged;
  private final Map<Integer, Attempt> attempts = new HashMap<>();
  private final Map<Tally.Place, Long> counters = new HashMap<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private Rollout rollout =
      new Rollout(
          PHASES,
          Optional.empty(),
          Rollout.State.RUNNING,
          Optional.empty(),
          Duration.ZERO,
          Advance.from(Advance.By.HEALTH));
  private Instant now = START;
  private long offersAfterHalt;

  SimulatedRollout(long seed, int routers, double failing, double badDownloads, boolean isJudged) {
    this.random = new Random(seed);
    this.routers = routers;
    this.failing = failing;
    this.badDownloads = badDownloads;
    this.isJudged = isJudged;
  }

  private static Phase phase(int percent) {
    return new Phase(percent * 100, Optional.empty(), Duration.ofHours(48));
  }

  SimulatedRollout run(Duration time) {
    for (int router = 0; router < routers; router++) {
      poll(router, random.nextInt(24 * 60));
    }
    for (int hour = 1; hour <= time.toHours(); hour++) {
      events.add(new Event(START.plus(Duration.ofHours(hour)), this::judge));
    }
    Instant end = START.plus(time);
    while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
      Event next = events.poll();
      now = next.at();
      next.what().run();
    }
    return this;
  }

  private void poll(int router, long inMinutes) {
    later(inMinutes, () -> check(router));
  }

  private void check(int router) {
    boolean inside = Bucket.of("salt", "r" + router) < rollout.bucketsAt(now, START);
    Attempt attempt = attempts.get(router);
    if (attempt == null && inside) {
      offer(router);
    } else if (attempt != null) {
      see(router, attempt);
    } else {
      poll(router, 24 * 60);
    }
  }

  private void offer(int router) {
    if (rollout.state() == Rollout.State.HALTED) {
      offersAfterHalt++;
    }
    Attempt none = Attempt.none(new Attempt.Key("r" + router, "router", "2.0.0"), now);
    int phase = rollout.phaseAt(now, START);
    apply(router, none, follow.offered(none, new FollowUpdate.Offered("1.0.0", phase, true), now));
    later(5, () -> report(router, Report.of(Report.Said.DOWNLOADING)));
    if (random.nextDouble() < badDownloads) {
      Report interrupted =
          Report.of(Report.Said.FAILED)
              .because(FailureCode.parse("download-refused").orElseThrow());
      later(30, () -> report(router, interrupted));
      return;
    }
    later(40, () -> report(router, Report.of(Report.Said.INSTALLING)));
    boolean fails = random.nextDouble() < failing;
    boolean habitOfRauc = router % 2 == 0;
    if (fails && !habitOfRauc) {
      later(60, () -> report(router, Report.of(Report.Said.FAILED)));
    } else {
      later(60, () -> report(router, Report.of(Report.Said.INSTALLED).fromBoot("before")));
      // Which version it runs from now on; a fall-back is silent.
      poll(router, 90);
      attemptsFail.put(router, fails);
    }
  }

  private final Map<Integer, Boolean> attemptsFail = new HashMap<>();

  private void see(int router, Attempt attempt) {
    String version = Boolean.TRUE.equals(attemptsFail.get(router)) ? "1.0.0" : "2.0.0";
    Sighting sighting = Sighting.of(attempt, version, ORDER, Optional.of("after"));
    apply(router, attempt, follow.seen(attempt, sighting, now));
    poll(router, 24 * 60);
  }

  private void report(int router, Report report) {
    Attempt attempt = attempts.get(router);
    apply(router, attempt, follow.report(attempt, report, now));
  }

  private void apply(int router, Attempt before, Step step) {
    if (step instanceof Step.Changed changed) {
      attempts.put(router, changed.after());
      List<Tally.Change> changes = Tally.changes(before, changed.after());
      changes.forEach(c -> counters.merge(c.place(), (long) c.devices(), Long::sum));
      if (!before.standing().mark().equals(changed.after().standing().mark())) {
        judge();
      }
    }
  }

  private void judge() {
    if (!isJudged || rollout.state() != Rollout.State.RUNNING) {
      return;
    }
    Figures figures = figures();
    List<Long> networks = Collections.nCopies((int) Math.min(100, figures.failures()), 1L);
    Verdict verdict =
        JudgeRollout.of(figures, networks, Thresholds.DEFAULT, rollout.hasSoaked(now, START));
    if (verdict instanceof Verdict.Halt) {
      rollout = rollout.halted(now);
    } else if (verdict instanceof Verdict.Promote) {
      rollout = rollout.promoted(now);
    }
  }

  private void later(long minutes, Runnable what) {
    events.add(new Event(now.plus(Duration.ofMinutes(minutes)), what));
  }

  boolean isHalted() {
    return rollout.state() == Rollout.State.HALTED;
  }

  int phase() {
    return rollout.advance().phase();
  }

  Figures figures() {
    return Figures.of(counters, place -> true);
  }

  long offersAfterHalt() {
    return offersAfterHalt;
  }

  private record Event(Instant at, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at.compareTo(other.at);
    }
  }
}
