package io.towncrier.releases.targeting;

import java.util.OptionalLong;

/**
 * When the local time of several zones lies inside of the same hours. Moments are epoch seconds.
 *
 * <p>It goes from one change of the clocks to the next. Between two of them every local time runs
 * on evenly, so that the answer there is arithmetic; a change itself is never computed over. So
 * hours that a gap skips are not found, and hours that an overlap repeats are found twice.
 */
record SharedHours(WeeklyHours hours, OffsetTimeline timeline) {

  /** The first moment inside the hours in all zones; empty when there is none before the limit. */
  OptionalLong opening(long from, long limit) {
    long at = from;
    for (int piece = timeline.pieceAt(from); at < limit && piece < timeline.pieces(); piece++) {
      long end = Math.min(timeline.end(piece), limit);
      // Between changes all comes again after a period: what is not found within one never comes.
      long searched = Math.min(end, at + hours.period());
      long found = firstShared(at, searched, timeline.offsets(piece));
      if (found < searched) {
        return OptionalLong.of(found);
      }
      at = end;
    }
    return OptionalLong.empty();
  }

  /** The first moment after an opening at which some zone has left the hours. */
  long closing(long opening) {
    long at = opening;
    for (int piece = timeline.pieceAt(opening); piece < timeline.pieces(); piece++) {
      int[] offsets = timeline.offsets(piece);
      if (!allInside(at, offsets)) {
        return at;
      }
      long closing = firstLeft(at, offsets);
      if (closing < timeline.end(piece)) {
        return closing;
      }
      at = timeline.end(piece);
    }
    return at;
  }

  /** Each zone in turn puts the moment off to where it is inside, until none does any more. */
  private long firstShared(long from, long limit, int[] offsets) {
    long at = from;
    int agreed = 0;
    for (int zone = 0; agreed < offsets.length && at < limit; zone++) {
      if (zone == offsets.length) {
        zone = 0;
      }
      long opening = hours.firstFrom(at + offsets[zone]) - offsets[zone];
      agreed = opening == at ? agreed + 1 : 1;
      at = opening;
    }
    return at;
  }

  private long firstLeft(long at, int[] offsets) {
    long first = Long.MAX_VALUE;
    for (int offset : offsets) {
      first = Math.min(first, hours.endOf(at + offset) - offset);
    }
    return first;
  }

  private boolean allInside(long at, int[] offsets) {
    for (int offset : offsets) {
      if (!hours.contains(at + offset)) {
        return false;
      }
    }
    return true;
  }
}
