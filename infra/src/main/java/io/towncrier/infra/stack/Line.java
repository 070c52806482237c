package io.towncrier.infra.stack;

import java.util.Locale;
import software.amazon.awscdk.Duration;

/**
 * Queues of work. A message is hidden for six times what its function may take, as AWS advises; a
 * tick is kept for too short a time for that.
 */
enum Line {
  PLAN(360, Numbers.FOUR_DAYS, 5),
  DELIVER(720, Numbers.FOUR_DAYS, 5),
  /** A tick that was missed needs no other one in its place: the next does its work too. */
  TICK(300, Numbers.TEN_MINUTES, 1);

  private final int hiddenSeconds;
  private final int keptSeconds;
  private final int tries;

  Line(int hiddenSeconds, int keptSeconds, int tries) {
    this.hiddenSeconds = hiddenSeconds;
    this.keptSeconds = keptSeconds;
    this.tries = tries;
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

  /** As the name of a queue has it. */
  String named() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static final class Numbers {
    static final int FOUR_DAYS = 345_600;
    static final int TEN_MINUTES = 600;
  }
}
