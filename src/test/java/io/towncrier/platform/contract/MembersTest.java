package io.towncrier.platform.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A name whose meaning is said twice would have one of the two at random. */
@Tag("zoneless")
class MembersTest {
  private static final String ATTEMPTS = "attempts: {description: How often it was tried.}";

  @Test
  void theWordsOfTheContractSayNothingTwice() {
    assertThat(Members.read().of("DeadLetter", "attempts").map(Schema::getDescription))
        .contains("How often the delivery was tried.");
    assertThat(Members.read().of("OutcomePolicy", "attempts").map(Schema::getDescription))
        .contains("How many attempts a device has with one release; 3 when left out.");
  }

  @Test
  void aNameThatStandsInTwoDocumentsIsRefused() {
    Map<String, Schema> one = StaticSchemas.of(document(ATTEMPTS));
    Map<String, Schema> other = StaticSchemas.of(document("dueAt: {description: When.}"));
    assertThat(Members.joined(List.of(one, other)).of("dueAt")).isPresent();
    assertThatThrownBy(() -> Members.joined(List.of(one, other, one)))
        .hasMessageContaining("twice what attempts is");
  }

  @Test
  void aNameThatStandsTwiceInADocumentIsRefused() {
    assertThatThrownBy(() -> StaticSchemas.of(document(ATTEMPTS, ATTEMPTS)))
        .hasMessageContaining("attempts");
  }

  @Test
  void aNameOfAnOwnerHasTheDescriptionOfTheNameAlone() {
    Members members =
        Members.joined(
            List.of(
                StaticSchemas.of(
                    document(
                        "listNotices.sort: {enum: [createdAt]}",
                        "sort: {description: The order of the list.}",
                        "listOwn.sort: {description: Another one.}",
                        "listOf.sort: {$ref: '#/components/schemas/Order'}"))));
    assertThat(description(members, "listNotices")).contains("The order of the list.");
    assertThat(description(members, "listOwn")).contains("Another one.");
    assertThat(description(members, "listOf")).isEmpty();
  }

  @Test
  void noOwnerSaysAgainWhatANameMeans() throws IOException {
    Map<String, JsonNode> said = new HashMap<>();
    for (String resource : Members.RESOURCES) {
      new ObjectMapper(new YAMLFactory())
          .readTree(MembersTest.class.getResourceAsStream(resource))
          .at("/components/schemas")
          .properties()
          .forEach(name -> said.put(name.getKey(), name.getValue()));
    }
    assertThat(said.keySet())
        .filteredOn(name -> name.contains("."))
        .noneMatch(name -> isSaidAgain(said.get(name), said.get(alone(name))));
  }

  private static boolean isSaidAgain(JsonNode own, @Nullable JsonNode alone) {
    return own.equals(alone)
        || (alone != null
            && own.has("description")
            && own.path("description").equals(alone.path("description")));
  }

  private static String alone(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Optional<String> description(Members members, String owner) {
    return members.of(owner, "sort").map(Schema::getDescription);
  }

  private static byte[] document(String... schemas) {
    return ("openapi: 3.1.0\ncomponents:\n  schemas:\n    " + String.join("\n    ", schemas) + "\n")
        .getBytes(UTF_8);
  }
}
