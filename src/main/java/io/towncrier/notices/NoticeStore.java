package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.counts.ConsentCounts;
import io.towncrier.notices.schedule.Slot;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keeps the notices. */
public interface NoticeStore {
  Uni<Stored> add(Notice.Draft draft);

  Uni<Optional<Stored>> find(String id);

  /** As find, and locks the row until the transaction ends: a notice starts once. */
  Uni<Optional<Stored>> lock(String id);

  /** Replaces what was locked; the answer has the new revision. */
  Uni<Stored> save(Notice notice);

  /** It expires then, or later; its revision stays, for nobody has changed it. */
  Uni<Void> extend(String id, Instant expiresAt);

  /** Somebody has looked at its preview; of one that has begun it is not kept. */
  Uni<Void> previewed(String id, long addressed, Instant now);

  /** How many other notices of these kinds were started, or are to be, in a time. */
  Uni<Long> othersOnTheirDay(String id, List<NoticeKind> kinds, Slot day);

  /** Removes what was locked; it was never started. */
  Uni<Void> delete(String id);

  /** In the order in which they were made. */
  Uni<Page<Stored>> list(Optional<State> in, PageRequest<String> request);

  /** Scheduled ones whose moment has come, oldest first. */
  Uni<List<Due>> dueToStart(Instant now);

  /** Running ones of which all is planned and nothing waits or is being sent any more. */
  Uni<List<String>> withNothingLeft();

  /** Ones that are done, and of which something waits again: dead letters were released. */
  Uni<List<String>> doneWithSomethingLeft();

  /** Whether all of it is planned and nothing waits or is being sent. */
  Uni<Boolean> hasNothingLeft(String id);

  /** How many deliveries of a notice are how far. */
  Uni<Progress.Figures> figures(String id);

  /** What was answered to a notice that asks for a consent. */
  Uni<ConsentCounts> consents(String id);

  /** Addressed devices that no push reached and that were not seen since that day. */
  Uni<Long> unreached(String id, Instant unseenSince);

  /** A notice and its revision, which grows with each change. */
  record Stored(Notice notice, int revision) {}

  /**
   * A notice that is to be started.
   *
   * @param trace parent: the request that scheduled it
   */
  record Due(String id, Optional<String> trace) {}

  /** How far a notice is. */
  enum State {
    DRAFT,
    APPROVED,
    SCHEDULED,
    RUNNING,
    PAUSED,
    DONE,
    CANCELLED;

    public static State of(Notice notice) {
      if (notice instanceof Notice.Draft) {
        return DRAFT;
      } else if (notice instanceof Notice.Approved) {
        return APPROVED;
      } else if (notice instanceof Notice.Scheduled) {
        return SCHEDULED;
      } else if (notice instanceof Notice.Running) {
        return RUNNING;
      } else if (notice instanceof Notice.Paused) {
        return PAUSED;
      }
      return notice instanceof Notice.Done ? DONE : CANCELLED;
    }

    public static Optional<State> parse(String code) {
      return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
