package io.towncrier.events;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** Sends an event to a receiver over HTTPS, once. */
public interface EventSender {
  /** Never fails: what goes wrong is an outcome. */
  Uni<Outcome> send(Endpoint.Https endpoint, Event event);

  /** What became of an attempt. */
  sealed interface Outcome {
    /** The receiver has it. */
    record Taken() implements Outcome {}

    /**
     * Not this time.
     *
     * @param reason a code for operators
     * @param after when the receiver asks to be left alone until then
     */
    record Failed(String reason, Optional<Duration> after) implements Outcome {}
  }
}
