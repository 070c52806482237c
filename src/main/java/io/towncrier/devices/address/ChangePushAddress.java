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
 * Sets and removes the addresses that pushes go to. A new one counts once the device has echoed
 * what was pushed to it; until then the one before does (docs/adr/0009). Once a proof or a removal
 * has answered, nothing goes to the old address. A device may have one of each provider, in an
 * order of preference (docs/adr/0069).
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
  public Uni<Proposed> set(String deviceId, Brought brought) {
    Instant now = clock.instant();
    Challenges.Draft draft =
        challenges.draft(deviceId, brought.provider(), brought.kind(), brought.value(), now);
    ChallengePusher.Turn turn = holders.begin();
    ChallengePusher.Turn ofHolder = holders.begin();
    return transactions
        .inTransaction(
            () ->
                addresses
                    .lockAddress(draft.proof().index())
                    .chain(() -> addresses.lock(deviceId))
                    .chain(found -> note(brought, draft.proof(), turn, found, now))
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

  /** A repeat first: it uses up no try of an address of another provider that waits. */
  private Uni<Proved> proveOwn(String deviceId, Secret echoed, Instant now) {
    return echoedBefore(deviceId, echoed, now)
        .chain(
            before ->
                before.isPresent()
                    ? Uni.createFrom().<Proved>item(before.get())
                    : addresses
                        .takeTry(deviceId, now)
                        .chain(waiting -> judge(deviceId, waiting, echoed, now)));
  }

  private Uni<Optional<Proved.Moved>> echoedBefore(String deviceId, Secret echoed, Instant now) {
    return addresses
        .provedBefore(deviceId, now)
        .map(
            all ->
                all.stream()
                    .filter(moved -> challenges.isAnswer(moved, echoed))
                    .findFirst()
                    .map(moved -> new Proved.Moved(moved.losers())));
  }

  /** Removes all of them. */
  public Uni<Void> remove(String deviceId) {
    return transactions
        .inTransaction(() -> addresses.remove(deviceId))
        .chain(() -> fence.awaitNothingInFlight(deviceId));
  }

  /** Removes the one of a provider; the next takes its place. */
  public Uni<Void> remove(String deviceId, String provider) {
    return transactions
        .inTransaction(
            () ->
                addresses
                    .lock(deviceId)
                    .chain(
                        found -> {
                          AddressOrder was = found.orElse(AddressOrder.NONE);
                          return writeIfNew(deviceId, was, was.without(provider));
                        })
                    .chain(() -> addresses.voidProofs(deviceId, Optional.of(provider))))
        .chain(() -> fence.awaitNothingInFlight(deviceId));
  }

  private Uni<Void> writeIfNew(String deviceId, AddressOrder was, AddressOrder is) {
    return is.equals(was) ? Uni.createFrom().voidItem() : addresses.write(deviceId, is);
  }

  private Uni<Proposed> note(
      Brought brought,
      AddressStore.Proof drafted,
      ChallengePusher.Turn turn,
      Optional<AddressOrder> current,
      Instant now) {
    if (current.isEmpty()) {
      return Uni.createFrom().item(new Proposed.Gone());
    }
    AddressOrder order = current.get();
    AddressStore.Proof proof = drafted.wanting(brought.placeIn(order));
    Optional<AddressOrder.Held> proved = order.proved(proof);
    if (proved.isPresent()) {
      AddressOrder again = order.with(proved.get().confirmed(dayOf(now)), proof.preference());
      return writeIfNew(proof.deviceId(), order, again)
          .chain(() -> addresses.voidProofs(proof.deviceId(), proof.replaces()))
          .replaceWith(new Proposed.Known());
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

  /** Each provider's has a challenge of its own, which tells which of them it answers. */
  private Uni<Proved> judge(
      String deviceId, List<AddressStore.Proof> waiting, Secret echoed, Instant now) {
    return waiting.stream()
        .filter(proof -> challenges.isAnswer(proof, echoed))
        .findFirst()
        .map(proof -> addresses.move(proof, now).<Proved>map(Proved.Moved::new))
        // The same echo may have counted while this one waited for the lock.
        .orElseGet(
            () ->
                echoedBefore(deviceId, echoed, now)
                    .map(before -> before.<Proved>map(moved -> moved).orElse(noAnswer(waiting))));
  }

  private static Proved noAnswer(List<AddressStore.Proof> waiting) {
    return waiting.stream()
        .map(AddressStore.Proof::triesLeft)
        .max(Integer::compare)
        .<Proved>map(Proved.WrongEcho::new)
        .orElseGet(Proved.NothingToProve::new);
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

  /**
   * An address that a device has brought.
   *
   * @param isAlone whether the client knows of one address alone: then this one takes the place of
   *     the first
   * @param preference its place among the device's, from 1 on; empty for the one that the address
   *     of this provider has, or the last
   */
  public record Brought(
      String provider,
      PushAddress.Kind kind,
      Secret value,
      boolean isAlone,
      Optional<Integer> preference) {
    private Optional<Integer> placeIn(AddressOrder order) {
      return isAlone ? Optional.empty() : preference.or(() -> Optional.of(order.placeOf(provider)));
    }
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
