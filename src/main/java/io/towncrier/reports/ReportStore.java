package io.towncrier.reports;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where reports are kept. */
public interface ReportStore {
  /** How many are being made. */
  Uni<Long> running();

  Uni<Void> add(Report report);

  /** Empty when it is over, too. */
  Uni<Optional<Report>> find(String kind, String id, Instant now);

  /**
   * Ends it: it is gone for those who ask, and its rows are removed soon. Whether there was one.
   */
  Uni<Boolean> remove(String kind, String id, Instant now);

  /** A part as it was written; numbers begin at 1. */
  Uni<Optional<String>> part(String id, int number);

  /**
   * One that is being made, locked for this transaction, and which waits the longest.
   *
   * @param except are left out
   */
  Uni<Optional<Report>> take(Set<String> except);

  /** The devices behind an id, so many at most. */
  Uni<ReportKind.IdRange> behind(String id, int limit);

  /** Keeps what a look has found. */
  Uni<Void> keep(Report report, Progress progress);

  /** It will not be made. */
  Uni<Void> fail(String id, String why, Instant now);

  /** A look did not come to its end; how often that has happened in a row. */
  Uni<Long> stumble(String id, Instant now);

  /** Removes parts of reports that are over, and then the reports; how many rows there were. */
  Uni<Integer> removeOld(Instant now, int limit);

  /**
   * What a look adds.
   *
   * @param position the last device that was looked at
   * @param lines go into the last part while it has room, else into a new one
   * @param linesInPart how many lines a part has at most
   */
  record Progress(
      String position,
      long walked,
      Map<String, Long> counts,
      Optional<ReportKind.Lines> lines,
      int linesInPart,
      boolean last,
      Instant now) {}
}
