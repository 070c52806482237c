package io.towncrier.notices;

import io.towncrier.delivery.FindStandstill;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far the deliveries of a notice are.
 *
 * @param byState how many, by state in lower case
 * @param byReason how many of the suppressed, waiting and dead ones, by reason
 * @param halted why nothing is sent at present
 * @param suppressed not pushed for a reason, by reason
 * @param sent how many were tried at least once
 * @param accepted how many the provider took; not the same as shown
 * @param failed given up, by the provider's code
 * @param pruned failed, and the device lost its address with it: it reaches nobody any more
 * @param recalls how many are called back, by what has come of it; of each at most {@link
 *     #MOST_DUE} are counted
 * @param remaining what waits or is being sent
 * @param perSecond how many were settled in the last minute, per second; from minutes of the clock
 * @param secondsLeft until the last is due, or until what is due now is sent at the rate of the
 *     last minute (at the quota when nothing was settled yet), whichever is later; more, when
 *     nothing goes out at present
 * @param waitsBecause why nothing goes out at present, of no notice or of this one
 */
@Schema(name = "NoticeProgress")
public record Progress(
    Map<String, Long> byState,
    Map<String, Long> byReason,
    Optional<String> halted,
    long planned,
    long pending,
    Map<String, Long> suppressed,
    long sent,
    long accepted,
    Map<String, Long> failed,
    long pruned,
    Map<String, Long> recalls,
    long remaining,
    double perSecond,
    long secondsLeft,
    Optional<String> waitsBecause) {
  /** So many due ones are counted; where there are more, all that wait are taken as due. */
  public static final long MOST_DUE = 10_000;

  private static final long MINUTE = 60;

  /** Sums up what was counted: pure. */
  static Progress of(Figures figures, long quotaPerMinute) {
    Sums sums = new Sums();
    figures.tallies().forEach(sums::add);
    Map<String, Long> byState = sums.byState;
    long pending = byState.getOrDefault("pending", 0L);
    long sending = byState.getOrDefault("sending", 0L);
    long remaining = pending + sending;
    Pace pace = figures.pace();
    long dueNow = sending + (pace.due() > MOST_DUE ? pending : pace.due());
    long settled = pace.settled().inAMinute();
    return new Progress(
        byState,
        sums.byReason,
        figures.halted(),
        sums.planned,
        pending,
        sums.suppressed,
        sums.sent,
        byState.getOrDefault("accepted", 0L),
        sums.failed,
        sums.pruned,
        figures.recalls(),
        remaining,
        (double) settled / MINUTE,
        Math.max(
            pace.untilLast(),
            secondsLeft(dueNow, rate(settled, pace.settled().forSeconds(), quotaPerMinute))),
        dueNow == 0 ? mainReason(figures.tallies()) : Optional.empty());
  }

  /** A minute's worth of what was settled, though it began to be settled less than a minute ago. */
  private static long rate(long settled, long forSeconds, long quotaPerMinute) {
    long measured = settled * MINUTE / forSeconds;
    return measured > 0 ? Math.min(measured, quotaPerMinute) : quotaPerMinute;
  }

  /** For what most of those wait that are not due; empty when they just have their time. */
  private static Optional<String> mainReason(List<Tally> tallies) {
    return tallies.stream()
        .filter(tally -> tally.state().equals("PENDING") && !tally.reason().isEmpty())
        .max(Comparator.comparingLong(Tally::deliveries).thenComparing(Tally::reason))
        .map(Tally::reason);
  }

  /** The same while nothing is pushed at all, if so; what is done does not wait. */
  Progress during(Optional<FindStandstill.Standstill> standstill) {
    return standstill
        .filter(still -> remaining > 0)
        .map(
            still ->
                new Progress(
                    byState,
                    byReason,
                    halted,
                    planned,
                    pending,
                    suppressed,
                    sent,
                    accepted,
                    failed,
                    pruned,
                    recalls,
                    remaining,
                    perSecond,
                    secondsLeft + still.atLeast().toSeconds(),
                    Optional.of(still.because())))
        .orElse(this);
  }

  /** How long so many take, rounded up. */
  static long secondsLeft(long deliveries, long perMinute) {
    return (deliveries * MINUTE + perMinute - 1) / perMinute;
  }

  /**
   * What was counted.
   *
   * @param recalls by what has come of them
   */
  public record Figures(
      List<Tally> tallies, Pace pace, Optional<String> halted, Map<String, Long> recalls) {
    public Figures {
      tallies = List.copyOf(tallies);
      recalls = Collections.unmodifiableSortedMap(new TreeMap<>(recalls));
    }

    /** Of a notice of which nothing is called back. */
    public Figures(List<Tally> tallies, Pace pace, Optional<String> halted) {
      this(tallies, pace, halted, Map.of());
    }

    /** The same with what is called back. */
    public Figures with(Map<String, Long> counted) {
      return new Figures(tallies, pace, halted, counted);
    }
  }

  /**
   * Deliveries in one state for one reason.
   *
   * @param tried of them at least once
   * @param pruned of them with the address
   */
  public record Tally(String state, String reason, long deliveries, long tried, long pruned) {}

  /**
   * How fast it goes.
   *
   * @param due how many wait although they are due; not counted far beyond {@link #MOST_DUE}
   * @param untilLast seconds until the last that waits is due; 0 when all are
   */
  public record Pace(long due, long untilLast, Settled settled) {}

  /**
   * What was settled of late, by minutes of the clock.
   *
   * @param before in the minute before this one
   * @param thisMinute since this one began
   * @param second of this minute
   * @param since seconds since the notice has begun
   */
  public record Settled(long before, long thisMinute, long second, long since) {
    /** In the last 60 seconds, as if those of the minute before had been spread evenly over it. */
    long inAMinute() {
      return Math.max(0, thisMinute + before * (MINUTE - second) / MINUTE);
    }

    /** How many seconds of the last 60 it may have taken; at least one. */
    long forSeconds() {
      return Math.max(1, Math.min(since, before > 0 ? MINUTE : second));
    }
  }

  /** What the tallies come to together. */
  private static final class Sums {
    private final Map<String, Long> byState = new TreeMap<>();
    private final Map<String, Long> byReason = new TreeMap<>();
    private final Map<String, Long> suppressed = new TreeMap<>();
    private final Map<String, Long> failed = new TreeMap<>();
    private long planned;
    private long sent;
    private long pruned;

    void add(Tally tally) {
      byState.merge(tally.state().toLowerCase(Locale.ROOT), tally.deliveries(), Long::sum);
      if (!tally.reason().isEmpty()) {
        byReason.merge(tally.reason(), tally.deliveries(), Long::sum);
      }
      if (tally.state().equals("SUPPRESSED")) {
        suppressed.merge(tally.reason(), tally.deliveries(), Long::sum);
      } else if (tally.state().equals("DEAD")) {
        failed.merge(tally.reason(), tally.deliveries(), Long::sum);
      }
      planned += tally.deliveries();
      sent += tally.tried();
      pruned += tally.state().equals("DEAD") ? tally.pruned() : 0;
    }
  }
}
