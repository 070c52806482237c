package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.downloads.AdmitDownload;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.OfferHold;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.DeviceAttempts;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells explain what a device went through. */
@ApplicationScoped
class ExplainAttempts implements DeviceAttempts {
  private final OutcomeStore store;
  private final CurrentSnapshot snapshots;
  private final AdmitDownload downloads;
  private final InstantSource clock;

  ExplainAttempts(
      OutcomeStore store, CurrentSnapshot snapshots, AdmitDownload downloads, InstantSource clock) {
    this.store = store;
    this.snapshots = snapshots;
    this.downloads = downloads;
    this.clock = clock;
  }

  @Override
  public Uni<Optional<Attempt>> of(String deviceId, boolean manual) {
    Instant now = clock.instant();
    return store
        .current(List.of(deviceId))
        .map(all -> all.stream().findFirst().map(attempt -> told(attempt, manual, now)));
  }

  @Override
  public Uni<Optional<Duration>> waits(
      String deviceId, String product, Release release, ClientFacts facts) {
    if (!downloads.isOn()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return snapshots
        .get()
        .map(snapshot -> snapshot.of(product).map(releases -> releases.product().kind()))
        .chain(
            kind ->
                kind.filter(Product.Kind.FIRMWARE::equals).isPresent()
                    ? store.current(List.of(deviceId)).map(all -> isAdmitted(all, release))
                    : Uni.createFrom().item(Boolean.TRUE))
        .chain(
            admitted ->
                admitted
                    ? Uni.createFrom().item(Optional.empty())
                    : downloads.look(deviceId, release.version(), Downloads.of(release, facts)));
  }

  /** As {@link FollowChecks} has it: who was offered it and has not ended takes nothing more. */
  private static boolean isAdmitted(
      List<io.towncrier.outcomes.state.Attempt> current, Release release) {
    return current.stream()
        .filter(attempt -> attempt.key().version().equals(release.version()))
        .anyMatch(attempt -> !FollowUpdate.canBeOffered(attempt.state()));
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
