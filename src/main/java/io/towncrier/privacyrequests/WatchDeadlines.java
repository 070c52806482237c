package io.towncrier.privacyrequests;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacyrequests.Deadline.Urgency;
import io.towncrier.privacyrequests.PrivacyRequests.Pressing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Counts the open requests whose deadline is near. Each look counts anew, so an alarm rings until
 * the request is closed, whatever was missed before.
 */
@ApplicationScoped
public class WatchDeadlines {
  private final PrivacyRequests requests;
  private final InstantSource clock;
  private volatile Pressing last = Pressing.NONE;

  WatchDeadlines(PrivacyRequests requests, InstantSource clock) {
    this.requests = requests;
    this.clock = clock;
  }

  public Uni<Pressing> run() {
    Instant now = clock.instant();
    return requests
        .count(
            Deadline.dueAtMost(Urgency.REMIND, now),
            Deadline.dueAtMost(Urgency.ALARM, now),
            Deadline.dueAtMost(Urgency.OVERDUE, now))
        .invoke(found -> last = found);
  }

  /** What the latest look has found. */
  public Pressing last() {
    return last;
  }
}
