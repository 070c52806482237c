package io.towncrier.releases.phases;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.phases.ToldPhases.Told;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A phase that runs, of which something was not told.
 *
 * @param published when its rollout began, to the second
 * @param phase from 0
 * @param buckets how many of ten thousand are in
 * @param isLast whether no phase is to come: the rollout is done
 * @param isNews whether it is told; else only remembered
 */
record Begun(
    ReleaseId id, Instant published, int phase, int buckets, boolean isLast, boolean isNews) {
  // What has begun earlier did so before anybody watched.
  private static final Duration JUST_OUT = Duration.ofDays(1);

  /** Pure. What has come about since it was told last; what is held stands still. */
  static List<Begun> since(
      Map<ReleaseId, Told> known, List<ReleaseStore.Stored> all, Halt halt, Instant now) {
    List<Begun> begun = new ArrayList<>();
    for (ReleaseStore.Stored stored : all) {
      Release release = stored.release();
      Rollout rollout = release.rollout();
      Instant at = release.rolloutClock(halt, now);
      int phase = rollout.phaseAt(at, release.publishedAt());
      if (rollout.state() != Rollout.State.RUNNING || phase < 0) {
        continue;
      }
      Instant published = release.publishedAt().truncatedTo(ChronoUnit.SECONDS);
      Optional<Told> told =
          Optional.ofNullable(known.get(stored.id())).filter(each -> isOf(published, each));
      boolean isLast = phase + 1 >= rollout.phases().size();
      if (told.filter(each -> each.has(phase, isLast)).isEmpty()) {
        Instant begin = rollout.beginOfPhase(phase, release.publishedAt());
        boolean isNews = told.isPresent() || now.isBefore(begin.plus(JUST_OUT));
        int buckets = rollout.bucketsAt(at, release.publishedAt());
        begun.add(new Begun(stored.id(), published, phase, buckets, isLast, isNews));
      }
    }
    return begun;
  }

  private static boolean isOf(Instant publication, Told told) {
    return told.published().filter(publication::isAfter).isEmpty();
  }
}
