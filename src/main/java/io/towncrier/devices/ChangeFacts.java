package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.ReadFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Corrects a device's facts, unless they were changed since the caller has read them. */
@ApplicationScoped
public class ChangeFacts {
  private final DeviceStore store;
  private final AnswerCheck check;
  private final SendFence fence;
  private final Transactions transactions;
  private final InstantSource clock;

  ChangeFacts(
      DeviceStore store,
      AnswerCheck check,
      SendFence fence,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.check = check;
    this.fence = fence;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Corrects what is given.
   *
   * @param known the device as it was read
   * @param given the correction as it came
   * @param read the same, of the version that is installed when it names none
   * @param expected the revision that the caller saw
   */
  public Uni<Outcome> run(Device known, ReadFacts given, ClientFacts read, int expected) {
    return check
        .understood(read)
        .chain(
            understood -> {
              Device.Facts facts = known.facts().after(given, understood);
              return check
                  .run(known.product(), facts.forCheck(false, understood.ignored()))
                  .chain(decision -> change(known, facts, expected))
                  .chain(
                      changed ->
                          store
                              .find(known.id())
                              .map(found -> outcome(changed, found, understood.ignored())));
            });
  }

  private Uni<Boolean> change(Device known, Device.Facts facts, int expected) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return transactions
        .inTransaction(() -> store.changeFacts(known.id(), expected, facts, today))
        .chain(
            changed ->
                changed
                    ? awaitClocks(known, facts).replaceWith(Boolean.TRUE)
                    : isRepeat(known.id(), facts, expected));
  }

  /** It may be quiet hours where the device is now: what was claimed before ends first. */
  private Uni<Void> awaitClocks(Device known, Device.Facts facts) {
    return facts.hasClocksOf(known.facts())
        ? Uni.createFrom().voidItem()
        : fence.awaitNothingInFlight(known.id());
  }

  /** A change that was stored and not yet in force comes again, and goes on waiting. */
  private Uni<Boolean> isRepeat(String id, Device.Facts facts, int expected) {
    return store
        .find(id)
        .map(
            found ->
                found
                    .filter(now -> now.revision() == expected + 1 && now.facts().equals(facts))
                    .isPresent())
        .call(same -> same ? fence.awaitNothingInFlight(id) : Uni.createFrom().voidItem());
  }

  private static Outcome outcome(boolean changed, Optional<Device> found, Ignored ignored) {
    return found
        .<Outcome>map(now -> changed ? new Outcome.Changed(now, ignored) : new Outcome.Stale(now))
        .orElseGet(Outcome.Gone::new);
  }

  /** What became of a change. */
  public sealed interface Outcome {
    /** It holds, but for what of it could not be read. */
    record Changed(Device device, Ignored ignored) implements Outcome {}

    /** Somebody else was faster; nothing was changed. */
    record Stale(Device current) implements Outcome {}

    /** The device was removed meanwhile. */
    record Gone() implements Outcome {}
  }
}
