package io.towncrier.delivery.fcm;

import java.time.Duration;

/** What both senders ask of their configuration. */
final class Senders {
  private Senders() {}

  /** A claim must have time left to send when it has been read, and a send repeats one 401. */
  static void requireShort(Duration requestTimeout, Duration lease) {
    if (requestTimeout.multipliedBy(2).compareTo(lease) >= 0) {
      throw new IllegalStateException(
          "towncrier.fcm.request-timeout must be less than half of towncrier.delivery.lease");
    }
  }
}
