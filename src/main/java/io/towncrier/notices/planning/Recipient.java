package io.towncrier.notices.planning;

import io.towncrier.preferences.Suppression;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery as it is planned.
 *
 * @param about the router that it is for, when that is not the device
 * @param due when it may first be claimed
 * @param suppressed why it is not pushed at all; the in-app notice is there
 */
public record Recipient(
    String device, Optional<String> about, Instant due, Optional<Suppression> suppressed) {
  /** One that is pushed to. */
  public Recipient(String device, Optional<String> about, Instant due) {
    this(device, about, due, Optional.empty());
  }

  public Recipient dueAt(Instant moment) {
    return new Recipient(device, about, moment, suppressed);
  }
}
