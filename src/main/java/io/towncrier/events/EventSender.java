package io.towncrier.events;

import io.smallrye.mutiny.Uni;
import io.towncrier.events.Endpoints.Endpoint;
import java.time.Duration;
import java.util.Optional;

/** Sends an event to an endpoint, once. */
public interface EventSender {
  /** Never fails: what goes wrong is an outcome. */
  Uni<Outcome> send(Endpoint endpoint, Event event);

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
