package io.towncrier.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Something that goes wrong for a while.
 *
 * @param from after the beginning of its round
 * @param lasts until it is put right, which may take a while more
 * @param ahead for clocks: how far it is set, behind when negative
 */
record Fault(int number, Kind kind, Duration from, Duration lasts, Duration ahead) {
  /** What only one fault at a time is about. */
  enum Target {
    DATABASE,
    PROVIDER,
    FOLDER,
    DATABASE_CLOCK,
    SERVER_A,
    SERVER_B,
    CLOCK_A,
    CLOCK_B
  }

  /** Of what, and how. */
  enum Kind {
    /** PostgreSQL is stopped in order, and started again. */
    DATABASE_STOP(Target.DATABASE),
    /** Its first process is killed. */
    DATABASE_KILL(Target.DATABASE),
    /** One session is killed; all are lost with it. */
    DATABASE_KILL_SESSION(Target.DATABASE),
    /** All its processes stand still (SIGSTOP). */
    DATABASE_FREEZE(Target.DATABASE),
    /** Connections stay, and carry nothing. */
    DATABASE_SILENT(Target.DATABASE),
    /** Each packet is late. */
    DATABASE_SLOW(Target.DATABASE),
    /** All connections are reset, again and again. */
    DATABASE_RESET(Target.DATABASE),
    /** The provider answers 503. */
    PROVIDER_STOP(Target.PROVIDER),
    /** Nothing listens there, and connections are reset. */
    PROVIDER_KILL(Target.PROVIDER),
    /** It takes messages and answers nothing. */
    PROVIDER_FREEZE(Target.PROVIDER),
    /** It answers after seconds. */
    PROVIDER_SLOW(Target.PROVIDER),
    /** Streams and connections end in the middle. */
    PROVIDER_RESET(Target.PROVIDER),
    /** It answers 429. */
    PROVIDER_FULL(Target.PROVIDER),
    /** The disk of the database has not one byte left. */
    DISK_FILL(Target.DATABASE),
    /** Each commit takes a tenth of a second. */
    DISK_SLOW(Target.DATABASE),
    /** The disk of the servers' data directories has not one byte left. */
    FOLDER_FILL(Target.FOLDER),
    CLOCK_OF_DATABASE(Target.DATABASE_CLOCK),
    CLOCK_OF_A(Target.CLOCK_A),
    CLOCK_OF_B(Target.CLOCK_B),
    /** SIGTERM, and a start. */
    STOP_A(Target.SERVER_A),
    STOP_B(Target.SERVER_B),
    KILL_A(Target.SERVER_A),
    KILL_B(Target.SERVER_B),
    FREEZE_A(Target.SERVER_A),
    FREEZE_B(Target.SERVER_B);

    final Target target;

    Kind(Target target) {
      this.target = target;
    }

    boolean needsASmallDisk() {
      return this == DISK_FILL || this == FOLDER_FILL;
    }

    boolean needsAClock() {
      return name().startsWith("CLOCK_OF_");
    }

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  // A message is written ten seconds before its lease ends at the latest, and at once if nothing
  // stands still: with half of that nothing that is promised depends on the database's clock.
  private static final int DATABASE_CLOCK_SECONDS = 15;
  private static final int PROCESS_CLOCK_SECONDS = 180;
  private static final int LONGEST_SECONDS = 20;

  Duration until() {
    return from.plus(lasts);
  }

  /**
   * So many for one round, in the order in which they begin; of the same target none overlap.
   *
   * @param kinds that can be had on this machine
   */
  static List<Fault> draw(Random random, List<Kind> kinds, int first, int count, Duration round) {
    double slot = round.toMillis() / 1e3 / count;
    Map<Target, Duration> busy = new HashMap<>();
    List<Fault> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Duration from = seconds(slot * (i + random.nextDouble() / 2));
      double longest = Math.min(LONGEST_SECONDS, 2 * slot);
      Duration wanted = seconds(0.5 + random.nextDouble() * longest);
      Duration left = round.minus(from);
      Duration lasts = wanted.compareTo(left) < 0 ? wanted : left;
      Kind kind = anyFree(random, kinds, busy, from);
      busy.put(kind.target, from.plus(lasts).plusSeconds(1));
      drawn.add(new Fault(first + i, kind, from, lasts, ahead(random, kind)));
    }
    return drawn;
  }

  private static Kind anyFree(
      Random random, List<Kind> kinds, Map<Target, Duration> busy, Duration from) {
    List<Kind> free =
        kinds.stream()
            .filter(kind -> busy.getOrDefault(kind.target, Duration.ZERO).compareTo(from) <= 0)
            .toList();
    return free.get(random.nextInt(free.size()));
  }

  private static Duration ahead(Random random, Kind kind) {
    int most = kind == Kind.CLOCK_OF_DATABASE ? DATABASE_CLOCK_SECONDS : PROCESS_CLOCK_SECONDS;
    int seconds = 1 + random.nextInt(most);
    return Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1e3));
  }

  String words() {
    return kind.needsAClock() ? kind.words() + " by " + ahead.toSeconds() + " s" : kind.words();
  }
}
