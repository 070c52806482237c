package io.towncrier.delivery.ladder;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.ladder.Climb.Climbed;
import io.towncrier.delivery.ladder.LadderStore.Known;
import io.towncrier.delivery.ladder.LadderStore.Push;
import io.towncrier.delivery.ladder.LadderStore.Taken;
import io.towncrier.delivery.ladder.ReportedStep.PushName;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.retention.RetentionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes steps: reads where the pushes stand, decides by the table, writes what has changed. */
@ApplicationScoped
class TakeSteps implements Ladder {
  private final LadderStore store;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Climb climb;

  TakeSteps(
      LadderStore store, Transactions transactions, InstantSource clock, RetentionPolicy policy) {
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
    this.climb = new Climb(StepTable.COMMITTED, policy.pushSteps());
  }

  @Override
  public Uni<List<Verdict>> take(List<ReportedStep> reported) {
    if (reported.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    List<ReportedStep> looked = reported.subList(0, Math.min(MOST, reported.size()));
    List<PushName> names = looked.stream().map(ReportedStep::push).distinct().toList();
    return transactions
        .inTransaction(() -> store.lock(names).chain(known -> decide(looked, byName(names, known))))
        .map(verdicts -> withTooMany(verdicts, reported.size()));
  }

  private Uni<List<Verdict>> decide(List<ReportedStep> reported, Map<PushName, Known> known) {
    Instant now = clock.instant();
    Map<Key, Standing> pushes = new LinkedHashMap<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (ReportedStep step : reported) {
      verdicts.add(decide(step, Objects.requireNonNull(known.get(step.push())), pushes, now));
    }
    List<Taken> taken =
        pushes.values().stream().filter(Standing::hasMoved).map(Standing::taken).toList();
    return taken.isEmpty()
        ? Uni.createFrom().item(verdicts)
        : store.write(taken, now).replaceWith(verdicts);
  }

  private Verdict decide(ReportedStep step, Known known, Map<Key, Standing> pushes, Instant now) {
    if (!known.receipts()) {
      return Verdict.SWITCHED_OFF;
    }
    Optional<Push> push = known.push();
    if (push.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    // Two names may be those of one push.
    Standing standing =
        pushes.computeIfAbsent(
            new Key(push.get().notice(), push.get().device()), key -> new Standing(push.get()));
    Climbed climbed = climb.climb(standing.rungs, step, now);
    standing.rungs = climbed.rungs();
    return climbed.verdict();
  }

  private static Map<PushName, Known> byName(List<PushName> names, List<Known> known) {
    Map<PushName, Known> byName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), known.get(i));
    }
    return byName;
  }

  private static List<Verdict> withTooMany(List<Verdict> verdicts, int reported) {
    List<Verdict> all = new ArrayList<>(verdicts);
    all.addAll(Collections.nCopies(reported - verdicts.size(), Verdict.TOO_MANY));
    return List.copyOf(all);
  }

  private record Key(String notice, String device) {}

  /** A push while steps of it are looked at. */
  private static final class Standing {
    private final Push before;
    private Rungs rungs;

    Standing(Push before) {
      this.before = before;
      this.rungs = before.rungs();
    }

    boolean hasMoved() {
      return !rungs.equals(before.rungs());
    }

    Taken taken() {
      return new Taken(before.notice(), before.device(), before.rungs(), rungs);
    }
  }
}
