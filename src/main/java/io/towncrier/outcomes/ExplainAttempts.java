package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.OfferHold;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.DeviceAttempts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells explain what a device went through. */
@ApplicationScoped
class ExplainAttempts implements DeviceAttempts {
  private final OutcomeStore store;
  private final InstantSource clock;

  ExplainAttempts(OutcomeStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Uni<Optional<Attempt>> of(String deviceId, boolean manual) {
    Instant now = clock.instant();
    return store
        .current(List.of(deviceId))
        .map(all -> all.stream().findFirst().map(attempt -> told(attempt, manual, now)));
  }

  private static Attempt told(
      io.towncrier.outcomes.state.Attempt attempt, boolean manual, Instant now) {
    Optional<String> held = OfferHold.of(attempt, manual, now).map(Refusal::code);
    return new Attempt(
        attempt.key().version(),
        attempt.state().code(),
        attempt.number(),
        held,
        attempt
            .times()
            .heldUntil()
            .filter(until -> held.isPresent() && until.isBefore(OutcomePolicy.FOR_GOOD)));
  }
}
