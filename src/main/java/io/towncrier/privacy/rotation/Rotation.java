package io.towncrier.privacy.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A rotation that is under way; there is one at most.
 *
 * @param former the version that ends
 * @param next the version that takes its place
 * @param since when the phase began
 * @param switchedAt since when the next version is written; empty before
 * @param walk which table is walked, and behind which row it goes on
 * @param counts what the walks have found
 */
public record Rotation(
    int former,
    int next,
    Phase phase,
    Instant since,
    Optional<Instant> switchedAt,
    Walk walk,
    Counts counts) {
  /** What happens, in this order. */
  public enum Phase {
    /** Every process learns of the next version, and reads it from now on. */
    ANNOUNCED,
    /** The next version is written; processes that believe otherwise are waited for. */
    SWITCHED,
    /** What is sealed under the former version is sealed anew, table by table. */
    RESEALING,
    /** Devices bring what is kept only as a hash; what they do not bring ends with the version. */
    WAITING
  }

  /** The tables that hold what is sealed, in the order in which they are walked. */
  public enum Table {
    ACCOUNT,
    /** Subjects of cancelled accounts; sealed for the account that they were. */
    CANCELLED,
    /** Secrets of receipts. */
    RECEIPT,
    /** Addresses that processors are to forget; sealed for the device that had them. */
    AT_PROCESSOR,
    /** Addresses of devices behind the first. */
    PUSH_ADDRESS,
    DEVICE;

    private Table next() {
      return switch (this) {
        case ACCOUNT -> CANCELLED;
        case CANCELLED -> RECEIPT;
        case RECEIPT -> AT_PROCESSOR;
        case AT_PROCESSOR -> PUSH_ADDRESS;
        case PUSH_ADDRESS -> DEVICE;
        case DEVICE -> ACCOUNT;
      };
    }
  }

  /**
   * A position.
   *
   * @param after id of the last row that was looked at; empty text before the first
   */
  public record Walk(Table table, String after) {
    static final Walk START = new Walk(Table.ACCOUNT, "");
  }

  /**
   * Of the walk under way, and of the last whole one.
   *
   * @param resealed values that were sealed anew, of all walks
   * @param sealedLeft values that the walk under way met under the former version and left, since
   *     somebody held them
   * @param hashedLeft likewise, hashes that only a device can renew
   * @param lastLeft hashes that the last whole walk has met; empty before its end
   */
  public record Counts(long resealed, long sealedLeft, long hashedLeft, Optional<Long> lastLeft) {
    static final Counts NONE = new Counts(0, 0, 0, Optional.empty());
  }

  Rotation to(Phase later, Instant now) {
    return new Rotation(
        former,
        next,
        later,
        now,
        later == Phase.SWITCHED ? Optional.of(now) : switchedAt,
        Walk.START,
        new Counts(counts.resealed, 0, 0, counts.lastLeft));
  }

  /** A page behind it: pure. */
  Rotation walked(Table table, Optional<String> last, long resealed, long sealed, long hashed) {
    Walk further = last.map(id -> new Walk(table, id)).orElseGet(() -> new Walk(table.next(), ""));
    return new Rotation(
        former,
        next,
        phase,
        since,
        switchedAt,
        further,
        new Counts(
            counts.resealed + resealed,
            counts.sealedLeft + sealed,
            counts.hashedLeft + hashed,
            counts.lastLeft));
  }

  /** The walk came to its end; the next one begins anew. */
  Rotation walkedThrough(Instant now) {
    return new Rotation(
        former,
        next,
        counts.sealedLeft == 0 ? Phase.WAITING : Phase.RESEALING,
        now,
        switchedAt,
        Walk.START,
        new Counts(counts.resealed, 0, 0, Optional.of(counts.hashedLeft)));
  }

  /** Whether the phase has lasted so long. A clock that went back has it last longer. */
  boolean hasLasted(Duration time, Instant now) {
    return !now.isBefore(since.plus(time));
  }
}
