package io.towncrier.delivery.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The token bucket of a provider's quota, shared by all who send. It fills with the quota's speed,
 * slower at first, after a refusal for the quota's sake, and in the first minute of each quarter of
 * an hour, when everybody else sends too (contract fcm-v1).
 *
 * @param ordinary pushes that may be sent now
 * @param reserved more of them, for what is urgent
 * @param asOf when it was last filled
 * @param rampFrom since when it is in use without a pause
 * @param pace what is left of the speed since the quota was exceeded; 1 when it was not
 * @param slowedAt when the quota was last found exceeded
 * @param slowedUntil until when the pace stays down
 */
public record SendBudget(
    double ordinary,
    double reserved,
    Instant asOf,
    Instant rampFrom,
    double pace,
    Instant slowedAt,
    Instant slowedUntil) {
  /** Without an answer of its own the provider is left alone for so long. */
  static final Duration USUAL_SLOW_DOWN = Duration.ofSeconds(60);

  // A provider that still asks for it after an hour says so again.
  private static final Duration LONGEST_SLOW_DOWN = Duration.ofHours(1);

  // A bucket holds a second of its speed: who comes late does not make up for it.
  private static final double CAPACITY_SECONDS = 1;
  private static final double FIRST_PACE = 0.1;
  private static final double QUARTER_PACE = 0.5;
  private static final double SLOWEST = 1.0 / 64;
  private static final int QUARTER_MINUTES = 15;
  // What is under way when the first refusal comes is refused too, and says nothing new.
  private static final Duration SAME_REFUSAL = Duration.ofSeconds(2);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final double NANOS = 1e9;

  /** Of a provider that nothing was sent to yet. */
  public static SendBudget fresh(Limits limits, Instant now) {
    return new SendBudget(0, 0, now.minusSeconds(1), now, 1, Instant.EPOCH, Instant.EPOCH)
        .filled(limits, now);
  }

  /**
   * Takes what is there of what is wanted.
   *
   * @param urgent whether it is for urgent pushes alone
   */
  public Grant take(Limits limits, Instant now, int wanted, boolean urgent) {
    SendBudget filled = filled(limits, now);
    double there = urgent ? filled.ordinary + filled.reserved : filled.ordinary;
    int granted = (int) Math.min(wanted, Math.floor(there));
    double fromReserved = urgent ? Math.min(filled.reserved, granted) : 0;
    SendBudget left =
        filled.with(filled.ordinary - (granted - fromReserved), filled.reserved - fromReserved);
    return new Grant(left, granted, granted > 0 ? Duration.ZERO : left.waitForOne(limits, now));
  }

  /** Takes back what was not used. */
  public SendBudget returned(int unused) {
    return with(ordinary + unused, reserved);
  }

  /** After a refusal for the quota's sake: everybody sends at half the pace, and half again. */
  public SendBudget exceeded(Limits limits, Instant now, Duration asked) {
    Duration wanted = asked.isZero() || asked.isNegative() ? USUAL_SLOW_DOWN : asked;
    Duration pause = wanted.compareTo(LONGEST_SLOW_DOWN) > 0 ? LONGEST_SLOW_DOWN : wanted;
    Instant until = now.plus(pause);
    boolean same = now.isBefore(slowedAt.plus(SAME_REFUSAL));
    double next = same ? pace : Math.max(SLOWEST, paceAt(limits, now) / 2);
    return new SendBudget(
        0,
        0,
        now,
        rampFrom,
        next,
        same ? slowedAt : now,
        until.isAfter(slowedUntil) ? until : slowedUntil);
  }

  /** How many a second it lets through at this moment. */
  public double perSecond(Limits limits, Instant now) {
    double ramp = FIRST_PACE + (1 - FIRST_PACE) * share(limits, rampFrom, now);
    double quarter =
        now.atOffset(ZoneOffset.UTC).getMinute() % QUARTER_MINUTES == 0 ? QUARTER_PACE : 1;
    return limits.perSecond() * ramp * quarter * paceAt(limits, now);
  }

  private double paceAt(Limits limits, Instant now) {
    return now.isBefore(slowedUntil) ? pace : pace + (1 - pace) * share(limits, slowedUntil, now);
  }

  /** How much of a ramp that began then is behind us, from 0 to 1. */
  private static double share(Limits limits, Instant from, Instant now) {
    return Math.min(1, Math.max(0, seconds(from, now)) / seconds(limits.rampUp()));
  }

  private SendBudget filled(Limits limits, Instant now) {
    double passed = Math.max(0, seconds(asOf, now));
    boolean paused = passed > seconds(limits.rampUp());
    SendBudget base = (paused ? restarted(now) : this).within(limits);
    double speed = base.perSecond(limits, now);
    double added = speed * Math.min(passed, CAPACITY_SECONDS);
    double reserve = Math.max(speed * CAPACITY_SECONDS * limits.urgentShare(), 0);
    double toReserve = Math.min(added * limits.urgentShare(), Math.max(0, reserve - base.reserved));
    // Even the slowest bucket can hold one.
    double most = Math.max(1, speed * CAPACITY_SECONDS - reserve);
    return new SendBudget(
        Math.min(Math.max(most, base.ordinary), base.ordinary + added - toReserve),
        base.reserved + toReserve,
        passed > 0 ? now : asOf,
        base.rampFrom,
        pace,
        slowedAt,
        slowedUntil);
  }

  /** What a larger quota has left counts for nothing once the quota is lowered. */
  private SendBudget within(Limits limits) {
    double all = limits.perSecond() * CAPACITY_SECONDS;
    double reserve = all * limits.urgentShare();
    return with(Math.min(ordinary, Math.max(1, all - reserve)), Math.min(reserved, reserve));
  }

  private SendBudget restarted(Instant now) {
    return new SendBudget(ordinary, reserved, asOf, now, pace, slowedAt, slowedUntil);
  }

  private SendBudget with(double nextOrdinary, double nextReserved) {
    return new SendBudget(nextOrdinary, nextReserved, asOf, rampFrom, pace, slowedAt, slowedUntil);
  }

  private Duration waitForOne(Limits limits, Instant now) {
    double seconds = (1 - ordinary) / perSecond(limits, now);
    Duration exact = Duration.ofNanos((long) (Math.min(1, seconds) * NANOS));
    if (exact.compareTo(SHORTEST_WAIT) < 0) {
      return SHORTEST_WAIT;
    }
    return exact.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : exact;
  }

  private static double seconds(Instant from, Instant to) {
    return seconds(Duration.between(from, to));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }

  /**
   * What was taken.
   *
   * @param left the bucket without it
   * @param pushes that may be sent now
   * @param pause after which to ask again, when there were none
   */
  public record Grant(SendBudget left, int pushes, Duration pause) {}
}
