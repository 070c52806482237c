package io.towncrier.releases.editing;

import static io.towncrier.releases.SampleProduct.product;
import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.CatalogueStore.Changes;
import io.towncrier.releases.CatalogueStore.Changes.Count;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.reach.MeasureReach.Differences;
import io.towncrier.releases.version.VersionScheme;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WrittenTest {
  private static final CatalogueStore.Revision REVISION = new CatalogueStore.Revision("cat_1", 1);
  private static final Channels KNOWN = new Channels(List.of("stable", "beta"));

  @Test
  void whatStandsThereAlreadyIsNoDifference() {
    Catalogue catalogue = catalogue(Optional.empty(), release("1.0").build());

    Differences differences =
        written(Map.of(new ReleaseId("other", "1.0"), Optional.empty()))
            .differences(catalogue, content(product("archer").build()));

    assertThat(differences.after()).isEmpty();
    assertThat(differences.ruledOtherwise()).containsExactly("ruled");
    assertThat(differences.reordered()).isFalse();
  }

  @Test
  void aReleaseOfASequenceAffectsItsSiblingsUnlessItIsADraft() {
    ReleaseId id = new ReleaseId("archer", "1.0");
    CatalogueStore.Content content =
        content(product("archer").ordered(VersionScheme.SEQUENCE).build());
    Written written = written(Map.of(id, Optional.empty()));

    assertThat(
            written
                .differences(catalogue(Optional.empty(), release("1.0").build()), content)
                .ruledOtherwise())
        .containsExactlyInAnyOrder("ruled", "archer");
    assertThat(
            written
                .differences(catalogue(Optional.empty(), release("1.0").draft().build()), content)
                .ruledOtherwise())
        .containsExactly("ruled");
  }

  @Test
  void channelsAreComparedWithThoseThatWereKnown() {
    Differences moved =
        written(Map.of())
            .differences(
                catalogue(Optional.of(new Channels(List.of("beta", "stable", "daily")))),
                content());

    assertThat(moved.reordered()).isTrue();
    assertThat(moved.newChannels()).containsExactly("daily");
  }

  private static Written written(Map<ReleaseId, Optional<Release>> differing) {
    return new Written(
        REVISION,
        new ImportCatalogue.Outcome.Imported(
            new Changes(REVISION, 0, new Count(0, 0), new Count(1, 0))),
        differing,
        Set.of("ruled"),
        KNOWN);
  }

  private static Catalogue catalogue(Optional<Channels> channels, Release... releases) {
    return new Catalogue(
        channels,
        List.of(),
        Stream.of(releases).map(each -> new Catalogue.Entry(List.of("archer"), each)).toList());
  }

  private static CatalogueStore.Content content(Product... products) {
    return new CatalogueStore.Content(
        REVISION,
        KNOWN,
        Stream.of(products).collect(Collectors.toMap(each -> each, each -> List.<Release>of())));
  }
}
