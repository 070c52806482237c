package io.towncrier.releases.editing;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.FieldError;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a document refers to must be in it, or be known already. */
class ImportReferencesTest {
  private static final Channels STABLE_AND_BETA = new Channels(List.of("stable", "beta"));
  private static final CatalogueStore.Known KNOWN =
      new CatalogueStore.Known(
          STABLE_AND_BETA,
          Map.of("archer", new LanguageTag("en"), "speedport", new LanguageTag("de")));

  @Test
  void aDocumentThatFitsWhatIsKnownHasNoDefect() {
    assertThat(errorsOf(entry(release("1.0"), "archer"))).isEmpty();
  }

  @Test
  void anEmptyDocumentHasNoDefect() {
    assertThat(errorsOf()).isEmpty();
  }

  @Test
  void aReleaseOfAnUnknownProductIsNamed() {
    assertThat(errorsOf(entry(release("1.0"), "archer", "nobody")))
        .containsExactly(new FieldError("releases[0].products[1]", "is not a known product"));
  }

  @Test
  void aProductOfTheSameDocumentIsKnown() {
    Catalogue catalogue =
        new Catalogue(
            Optional.empty(),
            List.of(product("fresh", "fr")),
            List.of(entry(release("1.0").withNotesIn("fr"), "fresh")));

    assertThat(ImportRules.brokenReferences(catalogue, KNOWN)).isEmpty();
  }

  @Test
  void aReleaseOnAnUnknownChannelIsNamed() {
    assertThat(errorsOf(entry(release("1.0"), "archer"), entry(release("2.0").on("x"), "archer")))
        .containsExactly(new FieldError("releases[1].channel", "is not one of the channels"));
  }

  @Test
  void aChannelOfTheSameDocumentIsKnown() {
    Catalogue catalogue =
        new Catalogue(
            Optional.of(new Channels(List.of("stable", "beta", "nightly"))),
            List.of(),
            List.of(entry(release("1.0").on("nightly"), "archer")));

    assertThat(ImportRules.brokenReferences(catalogue, KNOWN)).isEmpty();
  }

  @Test
  void aKnownChannelMustNotGo() {
    Catalogue catalogue =
        new Catalogue(
            Optional.of(new Channels(List.of("stable"))),
            List.of(),
            List.of(entry(release("1.0").on("beta"), "archer")));

    assertThat(ImportRules.brokenReferences(catalogue, KNOWN))
        .extracting(FieldError::field)
        .containsExactly("channels", "releases[0].channel");
  }

  @Test
  void channelsMayChangeTheirOrder() {
    Catalogue catalogue =
        new Catalogue(Optional.of(new Channels(List.of("beta", "stable"))), List.of(), List.of());

    assertThat(ImportRules.brokenReferences(catalogue, KNOWN)).isEmpty();
  }

  @Test
  void notesInTheDefaultLanguageOfEveryProductAreRequired() {
    assertThat(errorsOf(entry(release("1.0").withNotesIn("en", "fr"), "archer", "speedport")))
        .containsExactly(
            new FieldError("releases[0].notes.de", "is required: default language of products[1]"));
  }

  @Test
  void theDefaultLanguageThatTheDocumentBringsCounts() {
    Catalogue catalogue =
        new Catalogue(
            Optional.empty(),
            List.of(product("archer", "sv")),
            List.of(entry(release("1.0").withNotesIn("en"), "archer")));

    assertThat(ImportRules.brokenReferences(catalogue, KNOWN))
        .extracting(FieldError::field)
        .containsExactly("releases[0].notes.sv");
  }

  @Test
  void aBroaderLanguageDoesNotStandInForTheDefault() {
    Catalogue catalogue =
        new Catalogue(
            Optional.empty(),
            List.of(product("archer", "pt-BR")),
            List.of(entry(release("1.0").withNotesIn("pt"), "archer")));

    assertThat(ImportRules.brokenReferences(catalogue, KNOWN)).hasSize(1);
  }

  @Test
  void noDefectIsLeftOut() {
    Catalogue catalogue =
        new Catalogue(
            Optional.empty(),
            List.of(),
            Collections.nCopies(300, entry(release("1.0"), "nobody", "nowhere")));

    assertThat(ImportRules.brokenReferences(catalogue, KNOWN)).hasSize(600);
  }

  private static List<FieldError> errorsOf(Catalogue.Entry... entries) {
    return ImportRules.brokenReferences(
        new Catalogue(Optional.empty(), List.of(), List.of(entries)), KNOWN);
  }

  private static Catalogue.Entry entry(SampleRelease release, String... products) {
    return new Catalogue.Entry(List.of(products), release.build());
  }

  private static Product product(String id, String language) {
    return SampleProduct.product(id).speaking(language).build();
  }
}
