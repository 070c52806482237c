package io.towncrier.releases.targeting;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which offsets from UTC a set of zones has between two moments: pieces, in each of which no zone
 * changes its clocks. All moments are epoch seconds, all offsets seconds.
 */
final class OffsetTimeline {
  /** No offset from UTC is wider than this. */
  static final int WIDEST = ZoneOffset.MAX.getTotalSeconds();

  private final long[] starts;
  private final int[][] offsets;
  private final long end;

  private OffsetTimeline(long[] starts, int[][] offsets, long end) {
    this.starts = starts;
    this.offsets = offsets;
    this.end = end;
  }

  static OffsetTimeline of(Collection<ZoneRules> zones, long from, long until) {
    SortedSet<Long> starts = new TreeSet<>();
    starts.add(from);
    for (ZoneRules rules : zones) {
      ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochSecond(from));
      while (change != null && change.toEpochSecond() < until) {
        starts.add(change.toEpochSecond());
        change = rules.nextTransition(change.getInstant());
      }
    }
    int[][] offsets = starts.stream().map(start -> offsetsAt(zones, start)).toArray(int[][]::new);
    return new OffsetTimeline(starts.stream().mapToLong(Long::longValue).toArray(), offsets, until);
  }

  private static int[] offsetsAt(Collection<ZoneRules> zones, long second) {
    Instant at = Instant.ofEpochSecond(second);
    return zones.stream()
        .mapToInt(rules -> rules.getOffset(at).getTotalSeconds())
        .distinct()
        .toArray();
  }

  int pieces() {
    return starts.length;
  }

  /** The piece that a moment of this line lies in. */
  int pieceAt(long second) {
    int found = Arrays.binarySearch(starts, second);
    return found >= 0 ? found : -found - 2;
  }

  /** The first moment behind a piece. */
  long end(int piece) {
    return piece + 1 < starts.length ? starts[piece + 1] : end;
  }

  /** The offsets of all zones during a piece, each once; not to be written to. */
  int[] offsets(int piece) {
    return offsets[piece];
  }

  /**
   * The first moment from which on no zone's clocks show less than a local time.
   *
   * @param local as the epoch second at which UTC would show it; the line holds the moments that
   *     are less than {@link #WIDEST} away from it
   */
  long allPast(long local) {
    long past = local - WIDEST;
    for (int piece = pieceAt(past); piece < pieces() && starts[piece] < local + WIDEST; piece++) {
      for (int offset : offsets[piece]) {
        if (starts[piece] < local - offset) {
          past = Math.max(past, Math.min(local - offset, end(piece)));
        }
      }
    }
    return past;
  }
}
