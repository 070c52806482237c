package io.towncrier.privacyrequests;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** Keeps the requests. */
public interface PrivacyRequests {
  /** False, and nothing is changed, when one with its id is there already. */
  Uni<Boolean> add(PrivacyRequest.Open request);

  Uni<Optional<PrivacyRequest>> find(String id);

  /** As find, and nobody else closes it until the transaction ends. */
  Uni<Optional<PrivacyRequest>> lock(String id);

  /** Writes down how an open request ended. */
  Uni<Void> close(PrivacyRequest closed);

  /** A part of those that meet the conditions, in the order of their deadlines. */
  Uni<Page<PrivacyRequest>> list(Query query, PageRequest<Key> request);

  /** How many open requests are due at each of these moments, or before. */
  Uni<Pressing> count(Instant remind, Instant alarm, Instant overdue);

  /**
   * Conditions; all of them count.
   *
   * @param dueBefore that are due before this moment
   */
  record Query(
      Optional<PrivacyRequest.State> state,
      Optional<RequestKind> kind,
      Optional<Instant> dueBefore) {}

  /** The place of a request in a list. */
  record Key(Instant due, String id) {}

  /**
   * Open requests whose deadline is near: each count holds the next one.
   *
   * @param remind those that want a reminder, an alarm, or are overdue
   * @param alarm those for which the alarm rings, the overdue among them
   */
  record Pressing(long remind, long alarm, long overdue) {
    static final Pressing NONE = new Pressing(0, 0, 0);
  }
}
