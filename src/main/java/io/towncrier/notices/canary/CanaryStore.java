package io.towncrier.notices.canary;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the last few canaries. */
public interface CanaryStore {
  /**
   * Whether it is time for a canary, and the caller is the one who sends it. In the transaction
   * that plans the canary: if that fails, the turn is anybody's.
   */
  Uni<Boolean> takeTurn(Duration every);

  /** A notice that was drafted is a canary, and stands in no list of notices and in no inbox. */
  Uni<Void> mark(String notice, Instant sentAt, Instant expiresAt);

  /** Of those of these devices that there are. */
  Uni<List<Phone>> phones(List<String> devices);

  /** What became of the last few canaries of these devices, the newest first. */
  Uni<List<Sent>> sent(List<String> devices);

  /** Removes all but the last few; none while it is being sent. */
  Uni<Void> forgetOld();

  /**
   * A device.
   *
   * @param hasKit whether its app can say that a notice was shown
   * @param receipts whether its users let the app say so
   */
  record Phone(String device, boolean hasKit, boolean receipts) {}

  /**
   * A canary of one device.
   *
   * @param state of its delivery
   * @param reason why it waits, is suppressed or was given up
   * @param provider by which it goes
   * @param passed providers that it has gone past before
   * @param shownAt when it was shown
   * @param dropped why it was not, as a code
   */
  record Sent(
      String device,
      Instant sentAt,
      String state,
      Optional<String> reason,
      String provider,
      List<String> passed,
      Optional<Instant> shownAt,
      Optional<String> dropped) {
    public Sent {
      passed = List.copyOf(passed);
    }

    /** The provider that it was for, where it goes to the next address of its phone. */
    Optional<String> leftBy() {
      return passed.contains(provider) ? Optional.empty() : passed.stream().findFirst();
    }
  }
}
