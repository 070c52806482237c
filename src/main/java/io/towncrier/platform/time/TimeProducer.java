package io.towncrier.platform.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The one clock: tests replace it, nothing else asks the system for the time. */
final class TimeProducer {
  @Produces
  @ApplicationScoped
  InstantSource clock() {
    // Milliseconds: what is answered at once is what the database gives back later.
    return Clock.tickMillis(ZoneOffset.UTC);
  }
}
