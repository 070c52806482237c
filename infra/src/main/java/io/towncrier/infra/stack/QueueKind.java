package io.towncrier.infra.stack;

import java.util.Locale;
import software.amazon.awscdk.Duration;

/**
 * Queues of work. A message is hidden for six times what its function may take, as AWS advises; a
 * tick is kept for too short a time for that.
 */
public enum QueueKind {
  PLAN(1800, Numbers.FOUR_DAYS, 5, Numbers.FOURTEEN_DAYS),
  DELIVER(720, Numbers.FOUR_DAYS, 5, Numbers.FOURTEEN_DAYS),
  /**
   * A tick that was missed needs no other one in its place: the next does its work too. Its letter
   * goes after an hour, so that the alarm hears the next failure without a hand that purges.
   */
  TICK(300, Numbers.TEN_MINUTES, 1, Numbers.AN_HOUR);

  private final int hiddenSeconds;
  private final int keptSeconds;
  private final int tries;
  private final int letterSeconds;

  QueueKind(int hiddenSeconds, int keptSeconds, int tries, int letterSeconds) {
    this.hiddenSeconds = hiddenSeconds;
    this.keptSeconds = keptSeconds;
    this.tries = tries;
    this.letterSeconds = letterSeconds;
  }

  Duration hidden() {
    return Duration.seconds(hiddenSeconds);
  }

  Duration kept() {
    return Duration.seconds(keptSeconds);
  }

  int tries() {
    return tries;
  }

  /** How long its dead letters are kept: time to look why, and to send them back. */
  Duration lettersKept() {
    return Duration.seconds(letterSeconds);
  }

  /** As the name of a queue has it. */
  public String named() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static final class Numbers {
    static final int FOUR_DAYS = 345_600;
    static final int TEN_MINUTES = 600;
    static final int AN_HOUR = 3600;
    static final int FOURTEEN_DAYS = 1_209_600;
  }
}
