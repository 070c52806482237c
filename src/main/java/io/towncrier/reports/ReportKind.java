package io.towncrier.reports;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/** What one kind of report asks of the devices. Features implement it; the walk is the same. */
public interface ReportKind {
  /** How it is called in the database. */
  String name();

  /**
   * Looks at some devices, in the transaction in which the step is kept.
   *
   * @param devices which
   */
  Uni<Step> look(Report report, IdRange devices);

  /**
   * Devices in the order of their ids.
   *
   * @param after all of them come behind this id; empty: from the first on
   * @param upTo the last of them
   * @param devices how many they are, revoked ones too
   * @param last whether there is none behind them
   */
  record IdRange(String after, String upTo, long devices, boolean last) {}

  /** What came of a look. */
  sealed interface Step {
    /**
     * It goes on.
     *
     * @param counted is added to the counters of the report
     * @param lines what is to be fetched, if there is any
     */
    record Looked(Map<String, Long> counted, Optional<Lines> lines) implements Step {
      public Looked {
        counted = Map.copyOf(counted);
      }
    }

    /** There is no answer any more, for a reason that the operator reads. */
    record Impossible(String why) implements Step {}
  }

  /**
   * A piece of a file.
   *
   * @param text with an end behind each line
   * @param count of the lines
   */
  record Lines(String text, int count) {}
}
