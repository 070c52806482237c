package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.DecidedUpdate;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.decision.UpdateDecision;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import io.towncrier.updates.snapshots.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Answers an update check from the snapshot. */
@ApplicationScoped
public class CheckForUpdate {
  // Long enough for a fleet to come by, whose clients are told to ask four times a day.
  private static final Duration FRESH = Duration.ofDays(7);

  private final CurrentSnapshot snapshots;
  private final CheckCounters counters;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final LoadGauge load;
  private final Duration policy;
  private final long stepMillis;
  private final Duration margin;

  @Inject
  CheckForUpdate(
      CurrentSnapshot snapshots,
      CheckCounters counters,
      UpdatesConfig config,
      InstantSource clock) {
    this(snapshots, counters, config, clock, System::nanoTime);
  }

  /** With a clock that never goes back beside the one of the day. */
  CheckForUpdate(
      CurrentSnapshot snapshots,
      CheckCounters counters,
      UpdatesConfig config,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.snapshots = snapshots;
    this.counters = counters;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.load = new LoadGauge(config.checksPerSecond(), nanoTime.getAsLong());
    this.policy = config.nextCheck();
    this.stepMillis = Math.max(1, config.timeStep().toMillis());
    this.margin = config.timeStep().plus(config.cacheMaxAge());
  }

  public Uni<Outcome> run(String product, ClientFacts facts) {
    Optional<Snapshot> ready = snapshots.ifReady();
    return ready.isPresent()
        ? Uni.createFrom().item(decide(ready.get(), product, facts))
        : snapshots.get().map(snapshot -> decide(snapshot, product, facts));
  }

  /** The same at once; empty when something has to be waited for. */
  public Optional<Outcome> ifReady(String product, ClientFacts facts) {
    return snapshots.ifReady().map(snapshot -> decide(snapshot, product, facts));
  }

  /** As a check understands these facts: a channel that the catalogue lacks is not given. */
  public Uni<ClientFacts> understood(ClientFacts facts) {
    Optional<Snapshot> ready = snapshots.ifReady();
    return ready.isPresent()
        ? Uni.createFrom().item(ready.get().understood(facts))
        : snapshots.get().map(snapshot -> snapshot.understood(facts));
  }

  private Outcome decide(Snapshot snapshot, String product, ClientFacts given) {
    Instant now = clock.instant();
    ClientFacts facts = snapshot.understood(given);
    Optional<ProductReleases> releases = snapshot.of(product);
    if (releases.isEmpty()) {
      return new Outcome.UnknownProduct();
    }
    DecidedUpdate verdict =
        DecideUpdate.BY_ALL_GATES.decide(releases.get(), snapshot.channels(), facts, now, margin);
    counters.decided(verdict.decision(), facts.ignored());
    return new Outcome.Decided(decision(snapshot, releases.get(), facts, verdict, now));
  }

  private CheckResult decision(
      Snapshot snapshot,
      ProductReleases releases,
      ClientFacts facts,
      DecidedUpdate verdict,
      Instant now) {
    Instant asOf = Instant.ofEpochMilli(now.toEpochMilli() / stepMillis * stepMillis);
    NextCheck next =
        NextCheck.of(
            policy,
            stretch(releases, verdict.decision(), asOf),
            NextCheck.placeOf(releases.product().id(), facts.version()),
            asOf,
            verdict.changesAt());
    return new CheckResult(
        snapshot.id(),
        releases.product(),
        facts,
        verdict.decision(),
        window(verdict.decision(), asOf, now),
        next,
        facts.device().isPresent()
            ? Optional.empty()
            : Optional.of(
                AskedFor.of(
                    releases.matters(verdict, snapshot.channels(), facts, now),
                    facts,
                    asOf.plusSeconds(next.seconds() - next.spreadSeconds()))));
  }

  /** Not for a client that is offered something, nor while a security release is fresh. */
  private int stretch(ProductReleases releases, UpdateDecision decision, Instant asOf) {
    int stretch = load.count(nanoTime.getAsLong());
    return stretch > 1
            && (decision instanceof UpdateDecision.Offer || releases.hasSecuritySince(FRESH, asOf))
        ? 1
        : stretch;
  }

  private Optional<UpdateAnswer.Window> window(UpdateDecision decision, Instant asOf, Instant now) {
    return decision instanceof UpdateDecision.Offer offer
        ? offer.window().map(o -> UpdateAnswer.Window.of(o, asOf, !o.opens().isAfter(now), margin))
        : Optional.empty();
  }

  /** What came of a check. */
  public sealed interface Outcome {
    record Decided(CheckResult decision) implements Outcome {}

    record UnknownProduct() implements Outcome {}
  }
}
