package io.towncrier.outcomes.state;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why an update failed, as devices say it and users read it: a closed list in {@code
 * failure-codes.tsv}.
 *
 * @param code kebab-case
 * @param kind what failed
 * @param retry whether another attempt is worth it unless the product says otherwise
 */
public record FailureCode(String code, Kind kind, boolean retry) {
  /** All of them. */
  public static final List<FailureCode> ALL =
      TransitionTable.lines("failure-codes.tsv").stream().skip(1).map(FailureCode::read).toList();

  /** What a failure without a code, or with one that nobody knows, counts as. */
  public static final FailureCode UNKNOWN = parse("unknown").orElseThrow();

  /** Stands for an attempt that nothing was heard of; no device sends it. */
  public static final String TIMED_OUT = "timed-out";

  /** Stands for a fall-back to the former version. */
  public static final String ROLLED_BACK = "rolled-back";

  /** Codes of which another attempt is worth it unless the product says otherwise. */
  public static final Set<String> RETRIED =
      ALL.stream().filter(FailureCode::retry).map(FailureCode::code).collect(Collectors.toSet());

  public static Optional<FailureCode> parse(String text) {
    return ALL.stream().filter(known -> known.code.equals(text)).findFirst();
  }

  private static FailureCode read(String line) {
    List<String> cells = TransitionTable.cells(line);
    return new FailureCode(
        cells.get(0),
        Kind.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
        cells.get(2).equals("yes"));
  }

  /** Which part of an update failed. */
  public enum Kind {
    DOWNLOAD,
    INSTALL,
    /** That of what the device was doing. */
    EITHER
  }
}
