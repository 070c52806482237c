package io.towncrier.devices.checks;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes what an app says of the pushes that came to its device; they ride in its checks. */
public interface PushReceipts {
  /** So many are looked at in one check; the others come with the next one. */
  int MOST = 50;

  /**
   * Records what is true and new. It is said again when an answer was lost, and changes nothing
   * then.
   *
   * @param device that has signed in
   * @param receipts in the order in which they happened
   * @param clock the app's own time when it sent them: of a clock that is wrong, only the time
   *     between two moments is used
   */
  Uni<Taken> take(String device, List<Receipt> receipts, Optional<Instant> clock);

  /**
   * What an app says of one push.
   *
   * @param notice whose push it is
   * @param step that it took, as it came
   * @param at when, by the app's clock; empty when that cannot be read
   * @param reason why it was dropped, as it came
   */
  record Receipt(
      Optional<String> notice,
      Optional<String> step,
      Optional<Instant> at,
      Optional<String> reason) {}

  /**
   * What became of them.
   *
   * @param recorded whether receipts are recorded at all: the user may have switched them off
   * @param again places of those that are to be sent again; all others may be forgotten
   */
  record Taken(boolean recorded, List<Integer> again) {
    public Taken {
      again = List.copyOf(again);
    }
  }
}
