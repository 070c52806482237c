package io.towncrier.events;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * Tells operators' other systems that something happened. Call it in the transaction of the change:
 * both are there or neither.
 */
@ApplicationScoped
public class TellEvent {
  private final Endpoints endpoints;
  private final EventOutbox outbox;
  private final InstantSource clock;

  TellEvent(Endpoints endpoints, EventOutbox outbox, InstantSource clock) {
    this.endpoints = endpoints;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Whether an endpoint wants to know. */
  public boolean isWanted(EventTopic topic) {
    return !endpoints.of(topic).isEmpty();
  }

  /** Where no endpoint wants the topic, nothing is written. */
  public Uni<Void> that(EventTopic topic, Map<String, Object> data) {
    Set<String> wanting = endpoints.of(topic);
    return wanting.isEmpty()
        ? Uni.createFrom().voidItem()
        : outbox.add(
            new Event(Ids.next(Event.PREFIX), topic.code(), clock.instant(), data), wanting);
  }
}
