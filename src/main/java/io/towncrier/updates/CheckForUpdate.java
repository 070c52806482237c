package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.targeting.ClientFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/** Answers an update check from the snapshot. */
@ApplicationScoped
public class CheckForUpdate {
  private final CurrentSnapshot snapshots;
  private final UpdatesConfig config;
  private final InstantSource clock;

  CheckForUpdate(CurrentSnapshot snapshots, UpdatesConfig config, InstantSource clock) {
    this.snapshots = snapshots;
    this.config = config;
    this.clock = clock;
  }

  public Uni<Outcome> run(String product, ClientFacts facts) {
    Instant now = clock.instant();
    return snapshots
        .get()
        .map(
            snapshot -> {
              if (!snapshot.channels().contains(facts.channel())) {
                return new Outcome.UnknownChannel();
              }
              return snapshot
                  .of(product)
                  .<Outcome>map(
                      releases ->
                          new Outcome.Decided(
                              new Decision(
                                  snapshot.id(),
                                  releases.product(),
                                  facts,
                                  DecideUpdate.decide(releases, snapshot.channels(), facts, now),
                                  config.nextCheck())))
                  .orElseGet(Outcome.UnknownProduct::new);
            });
  }

  /** What came of a check. */
  public sealed interface Outcome {
    record Decided(Decision decision) implements Outcome {}

    record UnknownProduct() implements Outcome {}

    record UnknownChannel() implements Outcome {}
  }
}
