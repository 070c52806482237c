package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueDocument;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.updates.snapshots.SnapshotSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Answers a check from a catalogue of samples, to have the classes loaded and the time zones ready
 * before a function's snapshot is taken. It reads nothing from outside, and nothing of it stays.
 */
@ApplicationScoped
public class PrimeChecks {
  private static final String CATALOGUE = "/sample-catalogue.json";
  private static final String PRODUCT = "towncrier_ax3000";
  private static final ReadFacts FACTS =
      new ReadFacts("1.2.0", "DE", "Europe/Berlin", "de", null, "c-1", null, null, null, null);

  private final CatalogueDocument documents;
  private final UpdatesConfig config;
  private final InstantSource clock;

  public PrimeChecks(CatalogueDocument documents, UpdatesConfig config, InstantSource clock) {
    this.documents = documents;
    this.config = config;
    this.clock = clock;
  }

  /** The answer, which is worth nothing. */
  public Uni<CheckResult> run() {
    return Uni.createFrom()
        .deferred(
            () ->
                AnswerCheck.from(SnapshotSource.fixed(read()), new CheckCounters(), config, clock)
                    .run(PRODUCT, FACTS));
  }

  private CatalogueStore.Content read() {
    try (InputStream in =
        Objects.requireNonNull(PrimeChecks.class.getResourceAsStream(CATALOGUE))) {
      // No random id: it would be the same in every copy of the snapshot.
      return documents.read(in.readAllBytes(), new CatalogueStore.Revision("cat_samples", 0));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
