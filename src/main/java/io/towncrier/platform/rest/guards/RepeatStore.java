package io.towncrier.platform.rest.guards;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Keeps the answers to requests that a client may send again. */
public interface RepeatStore {
  /**
   * Notes a request, in the current transaction; one that is noted by another transaction just now
   * is waited for.
   *
   * @param since what was noted before is forgotten
   * @return what is known of the key already; empty when it is new
   */
  Uni<Optional<Known>> note(Request request, Instant now, Instant since);

  /** Keeps the answer to what was noted, in the same transaction. */
  Uni<Void> answered(Request request, String answer);

  /** Forgets what was noted before; how many, at most the limit. */
  Uni<Integer> forget(Instant before, int limit);

  /**
   * A request that may be sent again.
   *
   * @param operator subject of who sends it
   * @param key chosen by the client
   * @param operation what is asked for
   * @param bodyHash of all of its body
   */
  record Request(String operator, String key, String operation, String bodyHash) {}

  /** What was asked for with a key, and the answer as JSON. */
  record Known(String operation, String bodyHash, String answer) {}
}
