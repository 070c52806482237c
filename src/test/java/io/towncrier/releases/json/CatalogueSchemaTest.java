package io.towncrier.releases.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The documented schema says what the reader does, as far as a schema can. */
class CatalogueSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path BAD = Path.of("src/test/resources/catalogue/bad");

  /** What JSON Schema cannot say, or does not say by default (formats are annotations). */
  private static final Set<String> ONLY_THE_READER_KNOWS =
      Set.of(
          "artifact-size-beyond-64-bits",
          "artifact-url-malformed",
          "artifact-url-with-a-password",
          "artifact-url-without-a-host",
          "country-allowed-and-denied",
          "country-not-assigned",
          "notes-language-twice-by-case",
          "notes-language-unknown",
          "product-id-twice",
          "product-language-unknown",
          "product-supported-until-not-a-date",
          "product-twice-in-a-release",
          "published-at-out-of-range",
          "published-at-without-an-offset",
          "install-of-no-length",
          "install-too-short",
          "rollout-paused-since-never",
          "rollout-soak-not-a-duration",
          "rollout-that-shrinks",
          "rule-country-not-assigned",
          "rule-name-twice",
          "rule-only-and-except-the-same",
          "version-twice-by-text");

  private final JsonSchema schema = schema();

  @Test
  void theSampleAndAGoodDocumentFollowTheSchema() throws IOException {
    for (String good :
        List.of(
            "src/main/resources/sample-catalogue.json",
            "src/test/resources/catalogue/good/catalogue.json")) {
      assertThat(messages(Path.of(good))).as(good).isEmpty();
    }
  }

  @Test
  void whatTheReaderRefusesTheSchemaRefusesTooWhereItCan() throws IOException {
    Set<String> accepted = new TreeSet<>();
    try (var folders = Files.list(BAD)) {
      for (Path folder : folders.toList()) {
        if (messages(folder.resolve("catalogue.json")).isEmpty()) {
          accepted.add(folder.getFileName().toString());
        }
      }
    }
    assertThat(accepted).isSubsetOf(ONLY_THE_READER_KNOWS);
  }

  private Set<ValidationMessage> messages(Path document) throws IOException {
    return schema.validate(JSON.readTree(Files.readAllBytes(document)));
  }

  private static JsonSchema schema() {
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Files.readString(Path.of("docs/catalogue.schema.json")));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
