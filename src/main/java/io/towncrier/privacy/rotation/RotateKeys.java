package io.towncrier.privacy.rotation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.OpenKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Moves a rotation on that an operator has begun (docs/adr/0048): in pages, each a transaction that
 * also keeps the position, so that a process that dies is followed by the next one.
 */
@ApplicationScoped
public class RotateKeys {
  private static final Logger LOG = Logger.getLogger(RotateKeys.class);

  /** Longer than a process believes what it knows, and a request takes. */
  static final Duration UNTIL_ALL_KNOW = LiveKeys.BELIEVED.multipliedBy(2);

  private static final Duration BETWEEN_WALKS = Duration.ofDays(1);
  // A second or two, among other jobs.
  private static final int PAGES_A_RUN = 100;

  private final RotationStore store;
  private final ResealPage reseal;
  private final OpenKeys open;
  private final LiveKeys live;
  private final Transactions transactions;
  private final InstantSource clock;

  RotateKeys(
      RotationStore store,
      ResealPage reseal,
      OpenKeys open,
      LiveKeys live,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.reseal = reseal;
    this.open = open;
    this.live = live;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Does what is due of the rotation.
   *
   * @param hasTime asked before every page
   * @param formerLives how long after the switch devices may bring what is kept as a hash
   * @return how many values were sealed anew
   */
  public Uni<Long> run(BooleanSupplier hasTime, Duration formerLives) {
    return Multi.createBy()
        .repeating()
        .uni(() -> hasTime.getAsBoolean() ? step(formerLives) : Uni.createFrom().item(Step.NONE))
        .whilst(step -> step.goesOn)
        .select()
        .first(PAGES_A_RUN)
        .collect()
        .in(() -> new long[1], (sum, step) -> sum[0] += step.resealed)
        .map(sum -> sum[0]);
  }

  private Uni<Step> step(Duration formerLives) {
    return store
        .find()
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Step.NONE)
                    : knowing(found.get())
                        .chain(
                            knows ->
                                knows
                                    ? transactions.inTransaction(
                                        () -> store.lock().chain(r -> act(r, formerLives)))
                                    : Uni.createFrom().item(Step.NONE)));
  }

  /** Whether this process has both versions open; it looks when it has not. */
  private Uni<Boolean> knowing(Rotation rotation) {
    return knows(rotation)
        ? Uni.createFrom().item(true)
        : open.run().map(opened -> live.areFresh() && knows(rotation));
  }

  private boolean knows(Rotation rotation) {
    return live.areFresh()
        && live.of(rotation.former()).isPresent()
        && live.of(rotation.next()).isPresent();
  }

  private Uni<Step> act(Optional<Rotation> locked, Duration formerLives) {
    if (locked.isEmpty()) {
      return Uni.createFrom().item(Step.NONE);
    }
    Rotation rotation = locked.get();
    Instant now = clock.instant();
    return switch (rotation.phase()) {
      case ANNOUNCED ->
          rotation.hasLasted(UNTIL_ALL_KNOW, now) ? switchOver(rotation, now) : none();
      case SWITCHED ->
          rotation.hasLasted(UNTIL_ALL_KNOW, now)
              ? store.save(rotation.to(Rotation.Phase.RESEALING, now)).replaceWith(Step.MORE)
              : none();
      case RESEALING -> reseal(rotation, now);
      case WAITING -> await(rotation, formerLives, now);
    };
  }

  private Uni<Step> switchOver(Rotation rotation, Instant now) {
    return store
        .isEveryProofKnownByBoth(now)
        .chain(
            every ->
                every
                    ? store
                        .switchOver(rotation.to(Rotation.Phase.SWITCHED, now))
                        .invoke(
                            () ->
                                LOG.infof(
                                    "version %d of the keys is written from now on",
                                    rotation.next()))
                        .replaceWith(Step.NONE)
                    : none());
  }

  private Uni<Step> reseal(Rotation rotation, Instant now) {
    return reseal
        .run(rotation)
        .chain(
            page ->
                store
                    .save(page.isLast() ? page.rotation().walkedThrough(now) : page.rotation())
                    .replaceWith(
                        new Step(
                            page.rotation().counts().resealed() - rotation.counts().resealed(),
                            // What somebody held is met by the next walk, and not at once.
                            !page.isLast())));
  }

  /**
   * Nothing is sealed under the former version; a walk a day counts what devices have not brought.
   */
  private Uni<Step> await(Rotation rotation, Duration formerLives, Instant now) {
    boolean walks = !rotation.walk().equals(Rotation.Walk.START);
    boolean isOver =
        rotation.switchedAt().map(at -> !now.isBefore(at.plus(formerLives))).orElse(false)
            || rotation.counts().lastLeft().equals(Optional.of(0L));
    if (walks || rotation.hasLasted(BETWEEN_WALKS, now)) {
      return reseal(rotation, now);
    }
    // What was claimed before the walk is being sent as it was sealed then.
    return isOver && rotation.hasLasted(UNTIL_ALL_KNOW, now)
        ? store.isNothingOfFormerWaiting(rotation, now).chain(none -> none ? end(rotation) : none())
        : none();
  }

  private Uni<Step> end(Rotation rotation) {
    // Where the first takes too long the transaction fails, and the next run finds it done.
    return reseal
        .signAnew()
        .chain(() -> store.end(rotation))
        .invoke(
            () ->
                LOG.infof(
                    "version %d of the keys has ended: %d hashes that no device has brought are of"
                        + " no use",
                    rotation.former(), rotation.counts().lastLeft().orElse(0L)))
        .replaceWith(Step.NONE);
  }

  private static Uni<Step> none() {
    return Uni.createFrom().item(Step.NONE);
  }

  private record Step(long resealed, boolean goesOn) {
    static final Step NONE = new Step(0, false);
    static final Step MORE = new Step(0, true);
  }
}
