package io.towncrier.events;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Keeps events until each endpoint has taken them. */
public interface EventOutbox {
  /** Writes an event for these endpoints, in the transaction of the change. */
  Uni<Void> add(Event event, Set<String> endpoints);

  /** Some that are due, for this process alone until then. */
  Uni<List<Due>> claim(Instant now, Instant until, int limit);

  /** An endpoint has taken it. */
  Uni<Void> taken(Key key, Instant at);

  /** It is tried again at that time. */
  Uni<Void> again(Key key, Instant at, String reason);

  /** It is given up. */
  Uni<Void> died(Key key, Instant at, String reason);

  /** Those that were given up, in the order of their events. */
  Uni<Page<Dead>> dead(PageRequest<Key> request);

  /** Tries again what was given up; false when it was not. */
  Uni<Boolean> revive(Key key, Instant now);

  /** Removes events that are older and have nothing left to be sent. */
  Uni<Integer> prune(Instant before, int limit);

  /** An event on its way to one endpoint. */
  record Key(String event, String endpoint) {}

  /**
   * A claimed one.
   *
   * @param attempts that were made before
   */
  record Due(Event event, String endpoint, int attempts) {
    Key key() {
      return new Key(event.id(), endpoint);
    }
  }

  /** A dead letter. */
  record Dead(Key key, String topic, int attempts, String reason, Instant at) {}
}
