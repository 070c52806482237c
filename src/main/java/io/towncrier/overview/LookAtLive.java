package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import io.towncrier.halts.HaltCell;
import io.towncrier.platform.Halt;
import io.towncrier.platform.rest.health.HealthAlarms;
import io.towncrier.platform.vertx.CallersContext;
import io.towncrier.releases.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What moves and what is amiss now. A look holds for a second in this process, however many ask: an
 * answer from it needs no SQL (docs/adr/0058).
 */
@ApplicationScoped
public class LookAtLive {
  private static final Duration HOLDS = Duration.ofSeconds(1);

  /** Of the check of pushes, while they are halted: that has an alarm of its own. */
  private static final String HALTED = "push-halted";

  private final LiveStore store;
  private final KnownRollouts rollouts;
  private final HaltCell halts;
  private final HealthAlarms health;
  private final InstantSource clock;
  private final AtomicReference<@Nullable CompletableFuture<Live>> looking =
      new AtomicReference<>();
  private volatile @Nullable Live held;

  LookAtLive(
      LiveStore store,
      KnownRollouts rollouts,
      HaltCell halts,
      HealthAlarms health,
      InstantSource clock) {
    this.store = store;
    this.rollouts = rollouts;
    this.halts = halts;
    this.health = health;
    this.clock = clock;
  }

  public Uni<Live> run() {
    Live known = held;
    if (known != null && holds(known, clock.instant())) {
      return Uni.createFrom().item(known);
    }
    return CallersContext.keep(this::join);
  }

  private static boolean holds(Live known, Instant now) {
    return !now.isBefore(known.asOf()) && now.isBefore(known.asOf().plus(HOLDS));
  }

  /** One look at a time; those who ask meanwhile wait for it. */
  private CompletableFuture<Live> join() {
    CompletableFuture<Live> mine = new CompletableFuture<>();
    CompletableFuture<Live> under = looking.compareAndExchange(null, mine);
    if (under != null) {
      return under;
    }
    look(clock.instant())
        .invoke(live -> held = live)
        .onTermination()
        .invoke(() -> looking.set(null))
        .subscribe()
        .with(mine::complete, mine::completeExceptionally);
    return mine;
  }

  private Uni<Live> look(Instant now) {
    return store
        .changes()
        .chain(
            changes ->
                halts
                    .now()
                    .chain(
                        standing ->
                            rollouts
                                .moving(changes.catalogue(), standing.rollouts(), now)
                                .chain(moving -> with(changes, standing, moving, now))));
  }

  private Uni<Live> with(
      LiveStore.Changes changes,
      HaltCell.Standing standing,
      List<MovingRollout> moving,
      Instant now) {
    return store
        .notices()
        .chain(
            notices ->
                health
                    .now()
                    .map(
                        amiss ->
                            new Live(
                                now,
                                Topics.of(changes.lastOf()),
                                notices,
                                moving,
                                alarms(standing, notices, moving, amiss))));
  }

  private static List<Live.Alarm> alarms(
      HaltCell.Standing standing,
      List<Live.MovingNotice> notices,
      List<MovingRollout> rollouts,
      List<HealthAlarms.Alarm> amiss) {
    List<Live.Alarm> alarms = new ArrayList<>();
    halted("pushes-halted", standing.pushes()).ifPresent(alarms::add);
    halted("rollouts-halted", standing.rollouts()).ifPresent(alarms::add);
    amiss.stream()
        .filter(alarm -> !alarm.code().equals(HALTED))
        .map(Live.Alarm::of)
        .forEach(alarms::add);
    rollouts.stream()
        .filter(rollout -> rollout.state() == Rollout.State.HALTED)
        .map(rollout -> about("rollout-halted", rollout.release().toString(), Optional.empty()))
        .forEach(alarms::add);
    notices.stream()
        .filter(notice -> !notice.paused() && notice.because().isPresent())
        .map(notice -> about("notice-halted", notice.id(), notice.because()))
        .forEach(alarms::add);
    return alarms;
  }

  private static Live.Alarm about(String code, String subject, Optional<String> because) {
    return new Live.Alarm(code, Optional.of(subject), Optional.empty(), because);
  }

  private static Optional<Live.Alarm> halted(String code, Halt halt) {
    return halt.since()
        .map(
            since ->
                new Live.Alarm(
                    code,
                    Optional.empty(),
                    Optional.of(since),
                    halt.exceptsSecurity() ? Optional.of("except-security") : Optional.empty()));
  }
}
