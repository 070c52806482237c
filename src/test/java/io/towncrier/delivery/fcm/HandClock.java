package io.towncrier.delivery.fcm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Goes on by hand. */
final class HandClock implements InstantSource {
  private volatile Instant now;

  HandClock(Instant now) {
    this.now = now;
  }

  void set(Instant next) {
    now = next;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
