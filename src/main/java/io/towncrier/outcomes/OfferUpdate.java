package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.OfferHold;
import io.towncrier.outcomes.state.Step;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps that a release is offered to a device, unless the device may not try it now. */
@ApplicationScoped
public class OfferUpdate {
  /** So long before a phase a device must have been known, for its reports to count. */
  static final Duration KNOWN_FOR = Duration.ofDays(7);

  private final KeepAttempt keep;
  private final InstantSource clock;

  OfferUpdate(KeepAttempt keep, InstantSource clock) {
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Offers.
   *
   * @param version that the device runs
   * @param manual whether its user asks
   * @return why it is held back; empty when it is offered
   */
  public Uni<Optional<Refusal>> run(
      Attempt.Key key, Release release, String version, boolean manual) {
    Instant now = clock.instant();
    int phase = Math.max(0, release.rollout().phaseAt(now, release.publishedAt()));
    Instant begun = release.rollout().beginOfPhase(phase, release.publishedAt());
    AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
    return keep.changed(
            key,
            now,
            held -> {
              Attempt attempt = held.locked().attempt();
              Optional<Refusal> hold = OfferHold.of(attempt, manual, now);
              refusal.set(hold.orElse(null));
              if (hold.isPresent()) {
                return Optional.empty();
              }
              FollowUpdate.Offered offer =
                  new FollowUpdate.Offered(version, phase, isCounted(held.locked(), begun));
              return FollowUpdate.by(held.policy()).offered(attempt, offer, now)
                      instanceof Step.Changed changed
                  ? Optional.of(changed.after())
                  : Optional.empty();
            })
        .map(written -> Optional.ofNullable(refusal.get()));
  }

  /** Registration needs no credential: a device that came with the release proves nothing. */
  private static boolean isCounted(OutcomeStore.Locked locked, Instant begun) {
    return locked.vouched() || !locked.registeredAt().plus(KNOWN_FOR).isAfter(begun);
  }
}
