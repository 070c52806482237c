package io.towncrier.overview;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happens by itself at a moment that is known, if nothing is changed.
 *
 * @param subject id of what it happens to
 * @param title what people call it: of a notice and a product; empty of a release
 * @param percentage of a phase or a publication: the share that is offered the release from then on
 */
public record Upcoming(
    Instant at, What what, String subject, Optional<String> title, Optional<Double> percentage) {
  private static final double BUCKETS_PER_PERCENT = 100;

  /** What happens. */
  public enum What {
    PUBLICATION,
    PHASE,
    NOTICE,
    SUPPORT_END;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Everything that a rollout does from now on until then, in its order: pure. */
  static List<Upcoming> of(ReleaseStore.Stored stored, Halt halt, Instant now, Instant until) {
    Release release = stored.release();
    List<Upcoming> all = new ArrayList<>();
    if (halt.since(release.isSecurity()).isPresent()) {
      return all;
    }
    Rollout rollout = release.rollout();
    Instant published = release.publishedAt();
    Optional<Instant> next = rollout.nextPhase(now, published);
    // Each phase begins once: the list is no longer than they are.
    for (int i = 0; i <= rollout.phases().size() && next.isPresent(); i++) {
      Instant at = next.get();
      if (at.isAfter(until)) {
        break;
      }
      What what = at.equals(published) ? What.PUBLICATION : What.PHASE;
      double share = rollout.bucketsAt(at, published) / BUCKETS_PER_PERCENT;
      all.add(new Upcoming(at, what, stored.id().toString(), Optional.empty(), Optional.of(share)));
      next = rollout.nextPhase(at, published);
    }
    return all;
  }
}
