package io.towncrier.notices.counts;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads the counts of a notice's deliveries; no delivery is looked at. */
public interface NoticeCounts {
  /** By what they are counted. */
  enum Axis {
    COUNTRY,
    LANGUAGE
  }

  /** How many deliveries wait or are being sent. */
  Uni<Long> remaining(String notice);

  /** What came to an end, by what the devices were then; empty value: not known. */
  Uni<List<Group>> by(String notice, Axis axis);

  /**
   * What came to an end in each step of time, oldest first; steps without anything are left out.
   *
   * @param limit at most so many steps
   */
  Uni<List<Step>> series(String notice, Instant from, Instant to, Duration step, int limit);

  /** Deliveries to devices that are alike. */
  record Group(String value, long planned, long accepted, long suppressed, long failed) {}

  /** What came to an end from a moment on, for the length of a step. */
  record Step(Instant at, long accepted, long suppressed, long failed, long read) {}
}
