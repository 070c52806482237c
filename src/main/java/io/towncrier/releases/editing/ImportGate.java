package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.events.EventTopic;
import io.towncrier.events.TellEvent;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Finding;
import io.towncrier.releases.PublishGate;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.reach.MeasureReach;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has to hold of a catalogue that is imported. */
@ApplicationScoped
class ImportGate {
  private final PublishGate gate;
  private final MeasureReach reach;
  private final ReleaseArtifacts artifacts;
  private final Approvals approvals;
  private final TellEvent events;

  ImportGate(
      PublishGate gate,
      MeasureReach reach,
      ReleaseArtifacts artifacts,
      Approvals approvals,
      TellEvent events) {
    this.gate = gate;
    this.reach = reach;
    this.artifacts = artifacts;
    this.approvals = approvals;
    this.events = events;
  }

  /** What an import may not do to the releases that it makes or changes. */
  ImportRules rules(Map<ReleaseId, Optional<Release>> differing, Instant now) {
    return new ImportRules(differing, approvals.areNeeded(), now);
  }

  /** What is found in products as they would be. */
  Uni<List<Finding>> check(CatalogueStore.Content content) {
    return gate.check(content);
  }

  /** How far a document reaches that makes these differences. */
  Uni<MeasureReach.OfImport> reach(MeasureReach.Differences differences, Instant now) {
    return reach.ofImport(differences, now);
  }

  /** Its images can be downloaded, and others hear of it; in the transaction that writes it. */
  Uni<Void> take(Catalogue catalogue, CatalogueStore.Changes changes) {
    return artifacts
        .take(catalogue)
        .chain(
            () ->
                events.that(
                    EventTopic.CATALOGUE_IMPORTED,
                    Map.of(
                        "snapshot", changes.revision().id(),
                        "releasesCreated", changes.releases().created(),
                        "releasesChanged", changes.releases().changed())));
  }
}
