package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;

/** Devices that ask for their downloads, and come again when they are told to. */
final class Wave implements InstantSource {
  static final long BEGIN = 1_800_000_000;

  private final TreeMap<Long, Long> begun = new TreeMap<>();
  private final TreeMap<Long, Integer> asked = new TreeMap<>();
  private final PriorityQueue<Ask> asks = new PriorityQueue<>();
  private long now = BEGIN;

  private record Ask(long at, int device) implements Comparable<Ask> {
    @Override
    public int compareTo(Ask other) {
      int byTime = Long.compare(at, other.at);
      return byTime == 0 ? Integer.compare(device, other.device) : byTime;
    }
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(now);
  }

  /** Lets so many devices ask until each is admitted, by processes in turn. */
  void run(
      int devices,
      Download download,
      List<AdmitDownload> processes,
      Function<Uni<Optional<Duration>>, Optional<Duration>> await) {
    for (int device = 0; device < devices; device++) {
      asks.add(new Ask(BEGIN, device));
    }
    while (!asks.isEmpty()) {
      Ask next = asks.remove();
      now = next.at();
      asked.merge(now, 1, Integer::sum);
      AdmitDownload process = processes.get(next.device() % processes.size());
      Optional<Duration> wait = await.apply(process.run("dev_" + next.device(), "2.0", download));
      if (wait.isPresent()) {
        asks.add(new Ask(now + wait.get().toSeconds(), next.device()));
      } else {
        begun.merge(now, download.bytes(), Long::sum);
      }
    }
    now = BEGIN;
  }

  long bytes() {
    return begun.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Until the last one was admitted. */
  Duration took() {
    return Duration.ofSeconds(begun.lastKey() - BEGIN);
  }

  /** The most that asked in one second, the first one left out. */
  int mostAtOnce() {
    return asked.tailMap(BEGIN, false).values().stream().mapToInt(n -> n).max().orElse(0);
  }

  /** By how many bytes the worst span of time is above the rate. */
  long aboveRate(long rate) {
    long worst = Long.MIN_VALUE;
    List<Long> seconds = new ArrayList<>(begun.keySet());
    for (int from = 0; from < seconds.size(); from++) {
      long sum = 0;
      for (int to = from; to < seconds.size(); to++) {
        sum += begun.get(seconds.get(to));
        long span = seconds.get(to) - seconds.get(from);
        worst = Math.max(worst, sum - rate * span);
      }
    }
    return worst;
  }
}
