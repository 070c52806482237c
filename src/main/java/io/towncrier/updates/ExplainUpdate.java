package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.decision.Explanation;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.decision.UpdateDecision;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import io.towncrier.updates.snapshots.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Tells an operator why a client is answered what it is; it is no check, and counted as none. */
@ApplicationScoped
public class ExplainUpdate {
  private final CurrentSnapshot snapshots;
  private final Fleet fleet;
  private final DeviceAttempts attempts;
  private final InstantSource clock;
  private final Duration margin;

  ExplainUpdate(
      CurrentSnapshot snapshots,
      Fleet fleet,
      DeviceAttempts attempts,
      UpdatesConfig config,
      InstantSource clock) {
    this.snapshots = snapshots;
    this.fleet = fleet;
    this.attempts = attempts;
    this.clock = clock;
    this.margin = config.timeStep().plus(config.cacheMaxAge());
  }

  /**
   * For a client with these facts.
   *
   * @param at the moment in question; without one it is now
   */
  public Uni<Outcome> ofFacts(String product, ClientFacts facts, Optional<Instant> at) {
    return snapshots.get().map(snapshot -> explain(snapshot, product, facts, at));
  }

  /**
   * For a registered device, by what it last said of itself.
   *
   * @param manual whether its user asks
   * @param at the moment in question; without one it is now
   */
  public Uni<Outcome> ofDevice(String deviceId, boolean manual, Optional<Instant> at) {
    return fleet
        .find(deviceId)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(new Outcome.UnknownDevice())
                    : ofFacts(
                            found.get().product(),
                            manual ? found.get().facts().askedByHand() : found.get().facts(),
                            at)
                        .chain(outcome -> withAttempt(outcome, deviceId, manual))
                        .chain(
                            outcome ->
                                at.isPresent()
                                    ? Uni.createFrom().item(outcome)
                                    : withWait(outcome, deviceId)));
  }

  private Uni<Outcome> withAttempt(Outcome outcome, String deviceId, boolean manual) {
    return outcome instanceof Outcome.Explained explained
        ? attempts.of(deviceId, manual).map(explained::with)
        : Uni.createFrom().item(outcome);
  }

  private Uni<Outcome> withWait(Outcome outcome, String deviceId) {
    return outcome instanceof Outcome.Explained explained
            && explained.explanation().verdict().decision() instanceof UpdateDecision.Offer offer
        ? attempts
            .waits(deviceId, explained.product(), offer.release(), explained.facts())
            .map(explained::waiting)
        : Uni.createFrom().item(outcome);
  }

  private Outcome explain(
      Snapshot snapshot, String product, ClientFacts given, Optional<Instant> at) {
    ClientFacts facts = snapshot.understood(given);
    Optional<ProductReleases> releases = snapshot.of(product);
    if (releases.isEmpty()) {
      return new Outcome.UnknownProduct();
    }
    Instant now = at.orElseGet(clock::instant);
    return new Outcome.Explained(
        snapshot.id(),
        product,
        facts,
        now,
        Explanation.of(releases.get(), snapshot.channels(), facts, now, margin),
        Optional.empty(),
        Optional.empty());
  }

  /** What came of a question. */
  public sealed interface Outcome {
    /**
     * The explanation and what it rests on.
     *
     * @param snapshot id of the snapshot that it was made from
     * @param at the moment for which it was made
     * @param attempt what the device went through; empty for facts alone
     * @param toWait how long the device would wait for its download
     */
    record Explained(
        String snapshot,
        String product,
        ClientFacts facts,
        Instant at,
        Explanation explanation,
        Optional<DeviceAttempts.Attempt> attempt,
        Optional<Duration> toWait)
        implements Outcome {
      Outcome with(Optional<DeviceAttempts.Attempt> found) {
        return new Explained(snapshot, product, facts, at, explanation, found, toWait);
      }

      Outcome waiting(Optional<Duration> time) {
        return new Explained(snapshot, product, facts, at, explanation, attempt, time);
      }
    }

    record UnknownDevice() implements Outcome {}

    record UnknownProduct() implements Outcome {}
  }
}
