package io.towncrier.platform.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;
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

  private static byte[] document(String... schemas) {
    return ("openapi: 3.1.0\ncomponents:\n  schemas:\n    " + String.join("\n    ", schemas) + "\n")
        .getBytes(UTF_8);
  }
}
