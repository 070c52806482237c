package io.towncrier.downloads;

import java.time.Duration;
import java.util.Optional;

/**
 * What a device is answered that asks for a download.
 *
 * @param toWait after which time to come again; empty when it is admitted
 */
record Answer(Optional<Duration> toWait) {
  static final Answer ADMITTED = new Answer(Optional.empty());

  static Answer waits(Duration time) {
    return new Answer(Optional.of(time));
  }
}
