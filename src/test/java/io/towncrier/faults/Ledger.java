package io.towncrier.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was asked and how it was answered, and what of it breaks the promise (docs/adr/0029). */
final class Ledger {
  private static final Duration RECOVERY = Duration.ofSeconds(30);
  // Each kind of broken promise is told so often; what follows is more of the same.
  private static final int EXAMPLES = 8;

  /** What is promised to a request while a fault lasts. */
  enum Promise {
    /** Answered from memory, whatever is away. */
    CHECK(Duration.ofSeconds(5)),
    /** 503 at the worst. */
    CALL(Duration.ofSeconds(5)),
    /** The wait of the fence, and what the change itself may take. */
    FENCED(Duration.ofSeconds(20 + 5)),
    /** An operator's start keeps its own time. */
    OPERATOR(Duration.ofMinutes(5));

    final Duration within;

    Promise(Duration within) {
      this.within = within;
    }
  }

  /**
   * A request and its answer.
   *
   * @param server which of the processes was asked
   * @param status 0 when there was no answer
   * @param detail the code of the problem, or what the client met
   */
  record Asked(
      String what,
      Promise promise,
      int server,
      long from,
      long to,
      int status,
      boolean retryAfter,
      String detail) {
    boolean succeeded() {
      return status >= 200 && status < 400;
    }
  }

  private final Queue<Asked> all = new ConcurrentLinkedQueue<>();
  private final List<Downtime> servers;
  private final Collection<Downtime> faults;
  private final long zero = System.nanoTime();

  /**
   * An empty one.
   *
   * @param servers when each of the processes was stopped or away
   * @param faults when any fault lasted; more come while this is used
   */
  Ledger(List<Downtime> servers, Collection<Downtime> faults) {
    this.servers = servers;
    this.faults = faults;
  }

  void add(Asked asked) {
    all.add(asked);
  }

  /** In milliseconds since the beginning, for what people read. */
  long millis(long nanos) {
    return (nanos - zero) / 1_000_000;
  }

  /** What broke the promise. */
  List<String> violations() {
    Map<String, Integer> seen = new TreeMap<>();
    List<String> violations = new ArrayList<>();
    for (Asked asked : all) {
      String wrong = wrong(asked);
      if (!wrong.isEmpty() && seen.merge(asked.what() + wrong, 1, Integer::sum) <= EXAMPLES) {
        violations.add(told(asked, wrong));
      }
    }
    seen.forEach(
        (what, count) -> {
          if (count > EXAMPLES) {
            violations.add(what + ": " + count + " times in all");
          }
        });
    return violations;
  }

  private String wrong(Asked asked) {
    Downtime server = servers.get(asked.server());
    if (asked.status() == 0) {
      return server.touches(asked.from(), asked.to()) ? "" : "no answer";
    }
    if (Duration.ofNanos(tookOf(asked)).compareTo(asked.promise().within) > 0) {
      return "too late";
    }
    if (asked.succeeded()) {
      return "";
    }
    if (asked.status() != 503 || asked.promise() == Promise.CHECK) {
      return "status " + asked.status();
    }
    if (!asked.retryAfter()) {
      return "503 without Retry-After";
    }
    return excused(asked) ? "" : "503 more than 30 s after the last fault";
  }

  /** Time in which the process itself stood still does not count. */
  private long tookOf(Asked asked) {
    long took = asked.to() - asked.from();
    return took - servers.get(asked.server()).within(asked.from(), asked.to());
  }

  private boolean excused(Asked asked) {
    long since = asked.from() - RECOVERY.toNanos();
    return faults.stream().anyMatch(fault -> fault.touches(since, asked.to()));
  }

  private String told(Asked asked, String wrong) {
    return "%s at server %s: %s; asked at %d ms, took %d ms (%d ms of them stopped), %d %s"
        .formatted(
            asked.what(),
            asked.server() == 0 ? "A" : "B",
            wrong,
            millis(asked.from()),
            (asked.to() - asked.from()) / 1_000_000,
            (asked.to() - asked.from() - tookOf(asked)) / 1_000_000,
            asked.status(),
            asked.detail());
  }

  /** One line for each kind of request: how many, how answered, and the slowest. */
  List<String> rows() {
    Map<String, List<Asked>> byKind = new TreeMap<>();
    for (Asked asked : all) {
      byKind.computeIfAbsent(asked.what(), what -> new ArrayList<>()).add(asked);
    }
    List<String> rows = new ArrayList<>();
    byKind.forEach((what, some) -> rows.add(row(what, some)));
    return rows;
  }

  private String row(String what, List<Asked> some) {
    long[] took =
        some.stream()
            .filter(asked -> asked.status() != 0)
            .mapToLong(this::tookOf)
            .sorted()
            .toArray();
    long none = some.stream().filter(asked -> asked.status() == 0).count();
    return "| %s | %,d | %,d | %,d | %,d | %.2f | %.2f |"
        .formatted(
            what,
            some.size(),
            some.stream().filter(Asked::succeeded).count(),
            some.stream().filter(asked -> asked.status() == 503).count(),
            none,
            took.length == 0 ? 0 : took[took.length * 99 / 100] / 1e9,
            took.length == 0 ? 0 : took[took.length - 1] / 1e9);
  }
}
