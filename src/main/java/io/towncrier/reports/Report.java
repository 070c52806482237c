package io.towncrier.reports;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A look at the whole fleet, as it stands.
 *
 * @param kind which {@link ReportKind} does it
 * @param question what was asked, as that kind understands it
 * @param position the id of the last device that was looked at; empty before the first
 * @param walked how many devices were looked at
 * @param devices how many there were when it began
 * @param counts what was counted so far, by name
 * @param parts how many parts there are to be fetched, numbered from 1
 * @param expiresAt when it is removed
 */
public record Report(
    String id,
    String kind,
    Map<String, String> question,
    State state,
    String position,
    long walked,
    long devices,
    Map<String, Long> counts,
    int parts,
    Optional<String> failure,
    Started started,
    Optional<Instant> finishedAt,
    Instant expiresAt) {
  /** What ids of reports begin with. */
  public static final String PREFIX = "rep";

  public Report {
    question = Map.copyOf(question);
    counts = Map.copyOf(counts);
  }

  /**
   * A part of the question that its kind always writes.
   *
   * @throws IllegalStateException when another kind wrote the question
   */
  public String asked(String name) {
    String value = question.get(name);
    if (value == null) {
      throw new IllegalStateException(kind + " asks for no " + name);
    }
    return value;
  }

  /** A counter; 0 as long as nothing was counted. */
  public long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Who began it, why and when. */
  public record Started(String by, String reason, Instant at) {}

  /** How far it is. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }
}
