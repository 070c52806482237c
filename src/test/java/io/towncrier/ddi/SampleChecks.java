package io.towncrier.ddi;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueStore.Content;
import io.towncrier.releases.CatalogueStore.Revision;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.testing.Configs;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.UpdatesConfig;
import io.towncrier.updates.snapshots.SnapshotSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The check over one product, without a database. */
final class SampleChecks {
  private static final UpdatesConfig CONFIG = Configs.of(UpdatesConfig.class, Map.of());

  private SampleChecks() {}

  static AnswerCheck of(
      Product product, List<Release> releases, Channels channels, InstantSource clock) {
    return AnswerCheck.from(
        new OneProduct(new Content(new Revision("cat_1", 1), channels, Map.of(product, releases))),
        new CheckCounters(),
        CONFIG,
        clock);
  }

  private record OneProduct(Content content) implements SnapshotSource {
    @Override
    public Uni<Revision> revision() {
      return Uni.createFrom().item(content.revision());
    }

    @Override
    public Uni<Content> load() {
      return Uni.createFrom().item(content);
    }

    @Override
    public Uni<Optional<Content>> changesSince(Revision known) {
      return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<Void> changedHere() {
      return Uni.createFrom().voidItem();
    }
  }
}
