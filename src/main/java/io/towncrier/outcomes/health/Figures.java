package io.towncrier.outcomes.health;

import io.towncrier.outcomes.state.Mark;
import io.towncrier.outcomes.state.Tally;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How far devices have come with a release.
 *
 * @param byName devices by {@link Tally#OFFERED} and its like, and the codes of marks
 */
public record Figures(Map<String, Long> byName) {
  /** Of a release that nobody has had. */
  public static final Figures NONE = new Figures(Map.of());

  public Figures {
    byName = Map.copyOf(byName);
  }

  /** The sum of those counters that are asked for. */
  public static Figures of(Map<Tally.Place, Long> counters, Predicate<Tally.Place> which) {
    Map<String, Long> sums = new HashMap<>();
    counters.forEach(
        (place, devices) -> {
          if (which.test(place)) {
            sums.merge(place.what(), devices, Long::sum);
          }
        });
    return new Figures(sums);
  }

  /** What was added since. */
  public Figures since(Figures before) {
    Map<String, Long> added = new HashMap<>();
    byName.forEach((name, devices) -> added.put(name, Math.max(0, devices - before.of(name))));
    return new Figures(added);
  }

  public long of(String name) {
    return byName.getOrDefault(name, 0L);
  }

  public long of(Mark mark) {
    return of(mark.code());
  }

  public long offered() {
    return of(Tally.OFFERED);
  }

  public long started() {
    return of(Tally.STARTED);
  }

  /** Devices that run the version and may still fall back. */
  public long soaking() {
    return of(Tally.SOAKING);
  }

  /** Install failed, rolled back, lost. */
  public long failures() {
    return of(Mark.INSTALL_FAILED) + of(Mark.ROLLED_BACK) + of(Mark.LOST);
  }

  /** Devices whose end says whether the release is good. */
  public long judged() {
    return failures() + of(Mark.CONFIRMED);
  }

  /** Devices that began and have come to an end. */
  long ended() {
    return judged() + of(Mark.DOWNLOAD_FAILED) + of(Mark.UNCONFIRMED);
  }

  /** As the audit log names them. */
  public String told() {
    return String.format(
        Locale.ROOT,
        "%d confirmed, %d install-failed, %d rolled-back, %d lost, %d download-failed",
        of(Mark.CONFIRMED),
        of(Mark.INSTALL_FAILED),
        of(Mark.ROLLED_BACK),
        of(Mark.LOST),
        of(Mark.DOWNLOAD_FAILED));
  }

  /**
   * How many failures count when no network may give more than a tenth of them. One failure of a
   * network always counts.
   *
   * @param failures of the release
   * @param byNetwork the most first
   */
  public static long capped(long failures, List<Long> byNetwork) {
    long counted = failures;
    while (true) {
      long most = Math.max(1, counted / 10);
      long over = byNetwork.stream().mapToLong(n -> Math.max(0, n - most)).sum();
      long next = Math.max(0, failures - over);
      if (next >= counted) {
        return counted;
      }
      counted = next;
    }
  }
}
