package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/** Keeps the notices. */
public interface NoticeStore {
  Uni<Void> add(Notice.Draft draft);

  Uni<Optional<Notice>> find(String id);

  /** As find, and locks the row until the transaction ends: a notice starts once. */
  Uni<Optional<Notice>> lock(String id);

  /** Replaces what was locked. */
  Uni<Void> save(Notice notice);

  /** How far the deliveries of a notice are. */
  Uni<Progress> progress(String id);

  /**
   * Deliveries of a notice.
   *
   * @param byState how many, by state in lower case
   * @param byReason how many of the suppressed, waiting and dead ones, by reason
   * @param halted why nothing is sent at present
   */
  record Progress(Map<String, Long> byState, Map<String, Long> byReason, Optional<String> halted) {}
}
