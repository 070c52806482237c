package io.towncrier.releases.editing;

import io.towncrier.platform.FieldError;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.editing.ImportCatalogue.Outcome;
import io.towncrier.releases.reach.MeasureReach;
import io.towncrier.releases.version.VersionScheme;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the transaction of an import did, that may be rolled back yet. All of it was read under the
 * lock of the catalogue, so that it is about what was written.
 *
 * @param differing what stood there of the releases that it made or changed
 * @param ruledOtherwise products whose rules it changed
 * @param channels that were known before
 */
record Written(
    CatalogueStore.Revision before,
    Outcome outcome,
    Map<ReleaseId, Optional<Release>> differing,
    Set<String> ruledOtherwise,
    Channels channels) {
  static Written refused(CatalogueStore.Revision before, List<FieldError> errors) {
    return new Written(
        before, new Outcome.Refused(errors), Map.of(), Set.of(), new Channels(List.of()));
  }

  Optional<CatalogueStore.Changes> changed() {
    return outcome instanceof Outcome.Imported imported && !imported.changes().nothing()
        ? Optional.of(imported.changes())
        : Optional.empty();
  }

  /**
   * What it made other than it was.
   *
   * @param content the products concerned, as they are with it
   */
  MeasureReach.Differences differences(Catalogue catalogue, CatalogueStore.Content content) {
    Map<ReleaseId, Release> given = new HashMap<>();
    for (Catalogue.Entry entry : catalogue.releases()) {
      for (String product : entry.products()) {
        ReleaseId id = new ReleaseId(product, entry.release().version());
        if (differing.containsKey(id)) {
          given.put(id, entry.release());
        }
      }
    }
    return new MeasureReach.Differences(
        differing,
        given,
        ruledOtherwise(given, content),
        catalogue.channels().filter(after -> !after.keepsOrderOf(channels)).isPresent(),
        catalogue.channels().map(after -> after.without(channels)).orElse(Set.of()));
  }

  /** In a sequence a release says itself where its version stands: siblings are affected by it. */
  private Set<String> ruledOtherwise(
      Map<ReleaseId, Release> given, CatalogueStore.Content content) {
    Set<String> all = new HashSet<>(ruledOtherwise);
    Set<String> sequences = new HashSet<>();
    for (Product product : content.products().keySet()) {
      if (product.scheme() == VersionScheme.SEQUENCE) {
        sequences.add(product.id());
      }
    }
    given.forEach(
        (id, release) -> {
          if (sequences.contains(id.product()) && release.state() != Release.State.DRAFT) {
            all.add(id.product());
          }
        });
    return all;
  }
}
