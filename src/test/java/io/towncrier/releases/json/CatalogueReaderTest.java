package io.towncrier.releases.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.releases.version.VersionScheme;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueReaderTest {
  private static final Path DOCUMENTS = resource("/catalogue");

  @Test
  void aGoodDocumentIsReadAsItStands() throws IOException {
    Catalogue catalogue = read(DOCUMENTS.resolve("good/catalogue.json"));

    assertThat(catalogue.channels().orElseThrow().inOrder()).containsExactly("stable", "beta");
    assertThat(catalogue.products())
        .containsExactly(
            new Product(
                "tplink_archer-a7-v5",
                "TP-Link Archer A7 v5",
                Product.Kind.FIRMWARE,
                new LanguageTag("en"),
                Optional.of(LocalDate.parse("2027-12-31")),
                VersionScheme.NATURAL,
                false),
            new Product(
                "router-app-android",
                "Router app",
                Product.Kind.APP,
                new LanguageTag("pt-BR"),
                Optional.empty(),
                VersionScheme.SEMVER,
                true));
    assertThat(catalogue.releases()).hasSize(2);
  }

  @Test
  void aReleaseIsReadWithAllItsMembers() throws IOException {
    Catalogue.Entry entry = read(DOCUMENTS.resolve("good/catalogue.json")).releases().get(0);
    Release release = entry.release();

    assertThat(entry.products()).containsExactly("tplink_archer-a7-v5");
    assertThat(release.version()).isEqualTo("25.12.5");
    assertThat(release.targeting().channel()).isEqualTo("beta");
    assertThat(release.severity()).isEqualTo(Severity.SECURITY);
    assertThat(release.mandatory()).isTrue();
    assertThat(release.publishedAt()).isEqualTo(Instant.parse("2026-05-01T10:00:00Z"));
    assertThat(release.targeting().countries().allowed()).containsExactly(new CountryCode("DE"));
    assertThat(release.targeting().countries().denied()).containsExactly(new CountryCode("FR"));
    assertThat(release.content().notes().byLanguage())
        .containsEntry("en", new LocalizedText.Text("Fixes", "First line\nSecond\tline"))
        .containsKey("zh-Hant");
    assertThat(release.content().artifacts())
        .containsExactly(
            new Artifact(
                "archer.bin",
                URI.create("https://example.org/archer.bin"),
                7_471_104,
                "0123456789abcdef".repeat(4)));
  }

  @Test
  void whatMayBeLeftOutHasADefault() throws IOException {
    Release release = read(DOCUMENTS.resolve("good/catalogue.json")).releases().get(1).release();

    assertThat(release.targeting().channel()).isEqualTo("stable");
    assertThat(release.mandatory()).isFalse();
    assertThat(release.targeting().countries().refusal(facts())).isEmpty();
    assertThat(release.content().artifacts()).isEmpty();
  }

  @Test
  void anEmptyObjectIsAnEmptyCatalogue() throws IOException {
    Catalogue catalogue = new CatalogueReader().read(json("{}"));

    assertThat(catalogue.channels()).isEmpty();
    assertThat(catalogue.products()).isEmpty();
    assertThat(catalogue.releases()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void everyDefectIsNamedWithItsPlace(String defect) throws IOException {
    Path folder = DOCUMENTS.resolve("bad").resolve(defect);
    JsonNode document = json(Files.readString(folder.resolve("catalogue.json")));

    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> new CatalogueReader().read(document));

    assertThat(refused).as("it is refused").isNotNull();
    assertThat(refused.problem().code()).isEqualTo("invalid-request");
    assertThat(refused.problem().errors())
        .extracting(FieldError::field)
        .containsExactlyElementsOf(Files.readAllLines(folder.resolve("expected.txt")));
  }

  @Test
  void aThousandDefectsAreNamedAndAllAreCounted() throws IOException {
    JsonNode document = json("{\"releases\":[" + "7,".repeat(1_233) + "7]}");

    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> new CatalogueReader().read(document));

    assertThat(refused.problem().errors()).hasSize(CatalogueReader.MAX_ERRORS);
    assertThat(refused.problem().detail()).contains("There are 7404 defects");
  }

  @Test
  void thereAreDefectsToReadAtAll() throws IOException {
    assertThat(defects()).hasSizeGreaterThan(40);
  }

  static List<String> defects() throws IOException {
    try (Stream<Path> folders = Files.list(DOCUMENTS.resolve("bad"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  private static ClientFacts facts() {
    return SampleFacts.installed("1.0").build();
  }

  private static Catalogue read(Path file) throws IOException {
    return new CatalogueReader().read(json(Files.readString(file)));
  }

  private static JsonNode json(String text) throws IOException {
    return JsonMapper.builder().build().readTree(text);
  }

  private static Path resource(String name) {
    URL url = Objects.requireNonNull(CatalogueReaderTest.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
