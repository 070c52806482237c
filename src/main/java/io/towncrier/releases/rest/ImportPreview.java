package io.towncrier.releases.rest;

import io.towncrier.platform.rest.guards.ReachGuard.ReachNow;
import io.towncrier.releases.CatalogueStore.Changes.Count;
import io.towncrier.releases.Finding;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.editing.ImportCatalogue.Preview;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an import would do.
 *
 * @param snapshot the catalogue that it was tried on
 * @param changes the first of the releases that it would make or change, those that reach most
 *     first
 * @param findings the first of the linter's warnings
 */
@Schema(name = "ImportPreview")
record ImportPreview(
    String snapshot,
    int channels,
    Count products,
    Count releases,
    ReachNow reach,
    List<Change> changes,
    List<Warning> findings,
    long warnings) {
  private static final int MOST = 200;

  static ImportPreview of(Preview.Accepted preview) {
    return new ImportPreview(
        preview.before().id(),
        preview.changes().channels(),
        preview.changes().products(),
        preview.changes().releases(),
        new ReachNow(preview.reach().atMost(), preview.reach().asOf()),
        preview.differing().keySet().stream()
            .map(id -> Change.of(id, preview))
            .sorted(
                Comparator.comparingLong(Change::atMost).reversed().thenComparing(Change::release))
            .limit(MOST)
            .toList(),
        preview.findings().stream().limit(MOST).map(Warning::of).toList(),
        preview.findings().size());
  }

  /**
   * A release that an import would make or change.
   *
   * @param atMost how many devices it can be offered to at most; 0 of a draft, and of what is
   *     halted or withdrawn
   */
  @Schema(name = "ImportedRelease")
  record Change(String release, boolean created, long atMost) {
    static Change of(ReleaseId id, Preview.Accepted preview) {
      return new Change(
          id.toString(),
          preview.differing().getOrDefault(id, Optional.empty()).isEmpty(),
          preview.reach().byRelease().getOrDefault(id, 0L));
    }
  }

  /** A warning of the linter; the place is empty when it is the product as a whole. */
  @Schema(name = "ImportWarning")
  record Warning(String code, String product, String place, String message) {
    static Warning of(Finding finding) {
      return new Warning(finding.code(), finding.product(), finding.place(), finding.message());
    }
  }
}
