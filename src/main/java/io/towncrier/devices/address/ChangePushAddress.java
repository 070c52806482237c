package io.towncrier.devices.address;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.SendFence;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Sets and removes the address that pushes go to. A new one counts once the device has echoed what
 * was pushed to it; until then the one before does (docs/adr/0009). Once a proof or a removal has
 * answered, nothing goes to the old address.
 */
@ApplicationScoped
public class ChangePushAddress {
  private final AddressStore addresses;
  private final Challenges challenges;
  private final AskHolder holders;
  private final SendFence fence;
  private final Transactions transactions;
  private final InstantSource clock;

  ChangePushAddress(
      AddressStore addresses,
      Challenges challenges,
      AskHolder holders,
      SendFence fence,
      Transactions transactions,
      InstantSource clock) {
    this.addresses = addresses;
    this.challenges = challenges;
    this.holders = holders;
    this.fence = fence;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Notes a new address and pushes a challenge to it. */
  public Uni<Proposed> set(String deviceId, String provider, PushAddress.Kind kind, Secret value) {
    Instant now = clock.instant();
    Challenges.Draft draft = challenges.draft(deviceId, provider, kind, value, now);
    ChallengePusher.Turn turn = holders.begin();
    ChallengePusher.Turn ofHolder = holders.begin();
    return transactions
        .inTransaction(
            () ->
                addresses
                    .lockAddress(draft.proof().index())
                    .chain(() -> addresses.lock(deviceId))
                    .chain(found -> note(draft.proof(), turn, found, now))
                    .chain(
                        proposed ->
                            proposed instanceof Proposed.Pending
                                ? holders
                                    .note(draft.proof(), ofHolder, now)
                                    .map(asking -> new Noted(proposed, asking))
                                : Uni.createFrom().item(new Noted(proposed, Optional.empty()))))
        .chain(noted -> push(draft, turn, noted));
  }

  private Uni<Proposed> push(Challenges.Draft draft, ChallengePusher.Turn turn, Noted noted) {
    if (noted.proposed() instanceof Proposed.Known) {
      // Of an earlier change, whose answer did not come.
      return fence.awaitNothingInFlight(draft.proof().deviceId()).replaceWith(noted.proposed());
    }
    if (!(noted.proposed() instanceof Proposed.Pending)) {
      return Uni.createFrom().item(noted.proposed());
    }
    Uni<Proposed> challenged = challenge(draft, turn);
    // Side by side: how long the answer takes does not tell whether there is an earlier one.
    return noted
        .asking()
        .map(
            asking ->
                Uni.combine()
                    .all()
                    .unis(challenged, transactions.aside(() -> holders.push(asking)))
                    .with((proposed, asked) -> proposed))
        .orElse(challenged);
  }

  /**
   * The device's echo of what was pushed to its new address, or to that of an earlier registration.
   * The same echo again, within an hour, changes nothing and waits anew: one that is stored and not
   * yet in force is repeated.
   */
  public Uni<Proved> confirm(String deviceId, Secret echoed) {
    Instant now = clock.instant();
    return transactions
        .inTransaction(
            () ->
                holders
                    .answered(deviceId, echoed, now)
                    .chain(
                        holder ->
                            holder
                                .map(id -> Uni.createFrom().item(givenUp(id)))
                                .orElseGet(() -> proveOwn(deviceId, echoed, now))))
        .call(
            proved ->
                proved instanceof Proved.Moved moved
                    ? awaitAll(deviceId, moved.losers())
                    : Uni.createFrom().voidItem());
  }

  private static Proved givenUp(String holder) {
    return holder.isEmpty() ? new Proved.NothingToProve() : new Proved.Moved(List.of(holder));
  }

  private Uni<Proved> proveOwn(String deviceId, Secret echoed, Instant now) {
    return addresses
        .takeTry(deviceId, now)
        .chain(
            found ->
                found
                    .map(proof -> judge(proof, echoed, now))
                    .orElseGet(() -> echoedBefore(deviceId, echoed, now)));
  }

  private Uni<Proved> echoedBefore(String deviceId, Secret echoed, Instant now) {
    return addresses
        .provedBefore(deviceId, now)
        .map(
            all ->
                all.stream()
                    .filter(moved -> challenges.isAnswer(moved, echoed))
                    .findFirst()
                    .<Proved>map(moved -> new Proved.Moved(moved.losers()))
                    .orElseGet(Proved.NothingToProve::new));
  }

  public Uni<Void> remove(String deviceId) {
    return transactions
        .inTransaction(() -> addresses.remove(deviceId))
        .chain(() -> fence.awaitNothingInFlight(deviceId));
  }

  private Uni<Proposed> note(
      AddressStore.Proof proof,
      ChallengePusher.Turn turn,
      Optional<AddressStore.Current> current,
      Instant now) {
    if (current.isEmpty()) {
      return Uni.createFrom().item(new Proposed.Gone());
    }
    if (current.get().hasProved(proof)) {
      return addresses.confirmAgain(proof.deviceId(), dayOf(now)).replaceWith(new Proposed.Known());
    }
    return holders
        .count(proof, now)
        .chain(
            wait ->
                wait.isPresent()
                    ? Uni.createFrom().item(new Proposed.TooMany(wait.get()))
                    : addresses
                        .propose(proof, turn.lease())
                        .replaceWith(new Proposed.Pending(proof.expiresAt())));
  }

  private Uni<Proposed> challenge(Challenges.Draft draft, ChallengePusher.Turn turn) {
    AddressStore.Proof proof = draft.proof();
    return turn.push(challenges.message(draft))
        .call(() -> transactions.inTransaction(() -> addresses.challengeEnded(proof.id())))
        .chain(
            result ->
                switch (result) {
                  case PUSHED -> Uni.createFrom().item(new Proposed.Pending(proof.expiresAt()));
                  // What waits for proof stays: the challenge may be on its way all the same.
                  case UNAVAILABLE -> Uni.createFrom().item(new Proposed.Unavailable());
                  case UNKNOWN_ADDRESS ->
                      transactions
                          .inTransaction(() -> addresses.withdraw(proof.id()))
                          .replaceWith(new Proposed.ReachesNobody());
                });
  }

  private Uni<Proved> judge(AddressStore.Proof proof, Secret echoed, Instant now) {
    return challenges.isAnswer(proof, echoed)
        ? addresses.move(proof, now).map(Proved.Moved::new)
        : Uni.createFrom().item(new Proved.WrongEcho(proof.triesLeft()));
  }

  private Uni<Void> awaitAll(String winner, List<String> losers) {
    Uni<Void> all = fence.awaitNothingInFlight(winner);
    for (String loser : losers) {
      all = all.chain(() -> fence.awaitNothingInFlight(loser));
    }
    return all;
  }

  private static LocalDate dayOf(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /** What became of a new address. */
  public sealed interface Proposed {
    /** A challenge was pushed to it, which can be echoed until then. */
    record Pending(Instant expiresAt) implements Proposed {}

    /** It is the device's already, and was proved. */
    record Known() implements Proposed {}

    /** The provider does not know it; nothing was changed. */
    record ReachesNobody() implements Proposed {}

    /** The provider could not be asked; it is to be set again. */
    record Unavailable() implements Proposed {}

    /** There were enough challenges of this device, or to this address. */
    record TooMany(Duration freeIn) implements Proposed {}

    /** The device was revoked or removed meanwhile. */
    record Gone() implements Proposed {}
  }

  private record Noted(Proposed proposed, Optional<AskHolder.Asking> asking) {}

  /** What became of an echo. */
  public sealed interface Proved {
    /** The address is the device's; these others have lost theirs. */
    record Moved(List<String> losers) implements Proved {}

    /** It is not what was pushed. */
    record WrongEcho(int triesLeft) implements Proved {}

    /** No address waits for proof, or its time or tries are over. */
    record NothingToProve() implements Proved {}
  }
}
