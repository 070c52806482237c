package io.towncrier.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is not as the contract says is found, and what is as it says is not. */
@Tag("zoneless")
class ContractTest {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String NOTICE = "/v1/admin/notices/n";
  private static final String ABOUT =
      """
      {"name":"towncrier","version":"0.2.0","commit":"unknown"}""";

  private final Contract contract = Contract.committed();

  @Test
  void whatIsDocumentedIsNoDefect() {
    assertThat(contract.defects("GET", "/v1/about", 200, JSON, ABOUT)).isEmpty();
    assertThat(contract.defects("GET", NOTICE, 404, PROBLEM, problem("unknown-notice"))).isEmpty();
    assertThat(contract.defects("GET", NOTICE, 414, PROBLEM, problem("uri-too-long"))).isEmpty();
  }

  @Test
  void aStatusThatIsNotDocumentedIsFound() {
    assertThat(contract.defects("GET", "/v1/about", 202, JSON, ABOUT))
        .singleElement()
        .asString()
        .contains("getAbout has no answer 202");
    assertThat(contract.defects("GET", NOTICE, 409, PROBLEM, problem("stale-revision")))
        .singleElement()
        .asString()
        .contains("has no answer 409");
  }

  @Test
  void aCodeThatIsNotDocumentedIsFound() {
    assertThat(contract.defects("GET", NOTICE, 404, PROBLEM, problem("unknown-device")))
        .anyMatch(defect -> defect.contains("has no code unknown-device"));
  }

  @Test
  void aMemberThatIsNotDocumentedOrMissesIsFound() {
    String more = ABOUT.replace("{", "{\"mood\":\"good\",");
    assertThat(contract.defects("GET", "/v1/about", 200, JSON, more))
        .anyMatch(defect -> defect.contains("mood"));
    assertThat(contract.defects("GET", "/v1/about", 200, JSON, "{\"name\":\"towncrier\"}"))
        .anyMatch(defect -> defect.contains("version"));
  }

  @Test
  void aBodyWithoutASchemaIsFound() {
    JsonNode copy = Contract.read(Path.of("api", "openapi.yaml")).deepCopy();
    ((ObjectNode) copy.at("/paths/~1v1~1about/get/responses/200/content/application~1json"))
        .remove("schema");
    assertThat(new Contract(copy).defects("GET", "/v1/about", 200, JSON, ABOUT))
        .singleElement()
        .asString()
        .contains("has a body without a schema");
  }

  @Test
  void aBodyWhereThereIsNoneOrOfAnotherTypeIsFound() {
    assertThat(contract.defects("DELETE", "/v1/devices/d", 204, "", "{}"))
        .anyMatch(defect -> defect.contains("has a body"));
    assertThat(contract.defects("GET", "/v1/about", 200, "text/html", "<p>"))
        .anyMatch(defect -> defect.contains("is text/html"));
  }

  @Test
  void aTagThatIsLongerThanDocumentedIsFound() {
    assertThat(contract.tagDefects("GET", NOTICE, 200, "\"0-" + "a".repeat(24) + '"')).isEmpty();
    assertThat(contract.tagDefects("GET", NOTICE, 200, "\"" + "a".repeat(24) + '"')).isNotEmpty();
    assertThat(contract.tagDefects("GET", "/v1/admin/products", 200, "\"" + "a".repeat(99) + '"'))
        .isNotEmpty();
  }

  private static String problem(String code) {
    return "{\"code\":\"%s\",\"title\":\"T\",\"status\":400,\"detail\":\"D\",\"errors\":[]}"
        .formatted(code);
  }
}
