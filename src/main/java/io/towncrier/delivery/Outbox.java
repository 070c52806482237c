package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The deliveries, one per notice and device. */
public interface Outbox {
  /** Takes up what a notice pushes; its deliveries are planned in the same transaction. */
  Uni<Void> open(PushContent content);

  /**
   * The most urgent of what is due; empty when nothing is.
   *
   * @param provider only what goes to addresses of this one, as far as it is known
   */
  Uni<Optional<Urgency>> mostUrgentDue(Optional<String> notice, String provider);

  /**
   * How long until the next delivery becomes due, leases that run out among them; zero for what has
   * become due just now. Empty when none will be. What has waited for longer is left out: it waits
   * for something else than its time.
   */
  Uni<Optional<Duration>> untilNextDue();

  /**
   * Locks deliveries that are due {@code FOR UPDATE SKIP LOCKED}, those with a lease that ran out
   * among them; those of a notice that is paused or was halted by an error are left alone, those of
   * a cancelled one are taken to be settled. Notices take turns.
   *
   * @param notice of this one only
   * @param urgent only what is
   * @param security only of notices that are about security
   * @param provider only what goes to addresses of this one, as far as it is known
   */
  Uni<List<Due>> lockDue(
      int limit, Optional<String> notice, boolean urgent, boolean security, String provider);

  /** Locks what notices push {@code FOR SHARE}; some may have been halted meanwhile. */
  Uni<List<PushContent>> lockContents(List<String> notices);

  /** Writes what a claim decided on the rows that it locked. */
  Uni<Void> recordClaim(String claimId, Duration lease, List<Claimed> decided);

  /**
   * Writes what became of deliveries, unless their lease ran out and another claim took them.
   *
   * @return how many were still their claim's
   */
  Uni<Integer> recordResults(List<Result> results);

  /**
   * What waits for a provider that refuses everything goes to the next address of its device, where
   * that is one of these others.
   *
   * @return how many, at most the limit
   */
  Uni<Integer> handOver(String provider, List<String> others, int limit);

  /** Stops a notice: nothing of it is claimed any more. */
  Uni<Void> halt(String notice, String reason);

  /**
   * Lets a notice go on that was halted; one that was cancelled stays so.
   *
   * @return whether it was halted
   */
  Uni<Boolean> resume(String notice);

  /** More is planned of a notice that was open before; it expires then, or later. */
  Uni<Void> extend(String notice, Instant expiresAt);

  /** More was planned of a notice that claims pass by. */
  Uni<Void> unsettle(String notice);

  /**
   * Notices of which all is planned and nothing waits or is being sent any more: their ids are told
   * once, and claims pass them by until more is planned for them or released.
   */
  Uni<List<String>> settle();

  /**
   * What waits for a notice is not sent any more.
   *
   * @param limit how many at most
   * @return how many
   */
  Uni<Integer> suppressPending(String notice, String reason, int limit);

  /** Cancelled notices of which something waits still. */
  Uni<List<String>> cancelledWithPending();

  /** Done once no delivery of a notice that was claimed before is still being sent. */
  Uni<Void> awaitNoticeNotInFlight(String notice);

  /** Whether there is such a notice to deliver. */
  Uni<Boolean> isOpen(String notice);

  /**
   * A delivery that may be claimed now.
   *
   * @param about the router that a phone's notice is about; empty when it is about the device
   *     itself
   * @param generation of its sends; see {@link PushMessage.Attempt}
   * @param passed providers of its device's addresses that its round has gone past
   */
  record Due(
      String notice,
      String device,
      int attempts,
      Optional<String> about,
      int generation,
      List<String> passed) {
    public Due {
      passed = List.copyOf(passed);
    }

    /** As it was planned. */
    public Due(String notice, String device, int attempts, Optional<String> about) {
      this(notice, device, attempts, about, 0, List.of());
    }
  }

  /**
   * To another address of its device (docs/adr/0069).
   *
   * @param passed providers that its round has gone past; where the next is among them, a new round
   *     begins
   * @param provider whose address is next
   */
  record Move(List<String> passed, String provider) {
    public Move {
      passed = List.copyOf(passed);
    }
  }

  /**
   * A row after its claim.
   *
   * @param accounts of the device, whose opt-outs wait for it
   * @param provider of the address that it goes to; empty when the device has none
   * @param passed providers that its round has gone past by now; empty when these stay
   */
  record Claimed(
      Due due,
      State state,
      Optional<String> reason,
      Optional<Instant> dueAt,
      List<String> accounts,
      Optional<String> provider,
      Optional<List<String>> passed) {}

  /**
   * A row after its send.
   *
   * @param claim by which it was sent
   * @param tried whether it counts as an attempt
   * @param pruned whether the device has lost its address with it
   * @param nothingSent whether it is known that the provider did not take it
   * @param heldFor how long from now on the provider may hold it; empty when it has not taken it
   * @param move to another address: at once when nothing was sent, else not before the lease ends
   */
  record Result(
      String claim,
      Due due,
      State state,
      Optional<String> reason,
      Optional<Instant> dueAt,
      Optional<String> acceptedAs,
      boolean tried,
      boolean pruned,
      boolean nothingSent,
      Optional<Duration> heldFor,
      Optional<Move> move) {
    public Result(
        String claim,
        Due due,
        State state,
        Optional<String> reason,
        Optional<Instant> dueAt,
        Optional<String> acceptedAs,
        boolean tried) {
      this(
          claim,
          due,
          state,
          reason,
          dueAt,
          acceptedAs,
          tried,
          false,
          false,
          Optional.empty(),
          Optional.empty());
    }

    /** The same, and the address is gone. */
    public Result withoutAddress() {
      return new Result(
          claim, due, state, reason, dueAt, acceptedAs, tried, true, nothingSent, heldFor, move);
    }

    /** The same, and its next send is no repeat of this one. */
    public Result withNothingSent() {
      return new Result(
          claim,
          due,
          state,
          reason,
          dueAt,
          acceptedAs,
          tried,
          pruned,
          true,
          Optional.empty(),
          move);
    }

    /** The same, and its next send goes to another address. */
    public Result moving(Move to) {
      return new Result(
          claim,
          due,
          state,
          reason,
          dueAt,
          acceptedAs,
          tried,
          pruned,
          nothingSent,
          heldFor,
          Optional.of(to));
    }

    /** The same, and the provider may hold it for so long. */
    public Result heldFor(Duration ttl) {
      return new Result(
          claim,
          due,
          state,
          reason,
          dueAt,
          acceptedAs,
          tried,
          pruned,
          nothingSent,
          Optional.of(ttl),
          move);
    }
  }

  /** Of a notice. */
  enum Urgency {
    URGENT,
    ORDINARY
  }

  /** Of a delivery. */
  enum State {
    PENDING,
    SENDING,
    ACCEPTED,
    SUPPRESSED,
    DEAD
  }
}
