package io.towncrier.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What operations have in common is given by each that documents it: an operation that is new is
 * tried without anybody thinking of it. What is given and not documented fails in every test.
 */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class CommonProblemsIT {
  /** What is not there is a matter of their body, or of a setting: their own tests show it. */
  private static final Set<String> BY_BODY_OR_SETTING =
      Set.of(
          "signInToConsole",
          "signOutOfConsole",
          "importDevices",
          "makeGatewayToken",
          "sendTestNotice",
          "pollAsRaucDevice",
          "correctMyData",
          "pollAsRauc");

  private static final int TOO_LARGE = 70_000;
  private static final String OPERATOR = Tokens.operator("olga");

  // A new one for each operation: some change its secret, or delete it.
  private Api.Registered phone = null;

  private record Operation(String method, String path, JsonNode said) {
    boolean documents(String status) {
      return said.path("responses").has(status);
    }

    boolean hasBody() {
      return said.has("requestBody");
    }

    JsonNode header(String name) {
      for (JsonNode parameter : said.path("parameters")) {
        if (parameter.path("name").asText().equals(name)) {
          return parameter;
        }
      }
      return MissingNode.getInstance();
    }

    @Override
    public String toString() {
      return said.path("operationId").asText();
    }
  }

  @BeforeEach
  void importSample() {
    Api.as(OPERATOR).body(Api.sampleCatalogue()).post("/v1/admin/catalogue");
  }

  @Test
  void whoShowsNoCredentialIsTold() {
    compare("401", operation -> given().header("Content-Type", "application/json"), "{}");
  }

  @Test
  void anEncodedBodyIsRefused() {
    compare("415", operation -> credential(operation).header("Content-Encoding", "br"), "{}");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    compare("413", this::credential, "{\"x\":\"" + "x".repeat(TOO_LARGE) + "\"}");
  }

  @Test
  void whoWantsNoJsonIsTold() {
    compare("406", operation -> credential(operation).accept("image/png"), "{}");
  }

  @Test
  void whatCannotBeReadIsRefused() {
    compare(
        "400",
        operation ->
            credential(operation)
                .urlEncodingEnabled(false)
                .queryParam("limit", "0")
                .header("If-Match", "no tag"),
        operation -> "{}",
        path -> filled(path).replaceAll("(none|ax3000|:9|dev_\\w+)", "$1;"));
  }

  @Test
  void whatIsNotThereIsTold() {
    compare(
        "404",
        operation ->
            credential(operation).header("If-Match", "\"0\"").queryParams(query(operation)),
        this::bodyOfNothing,
        this::nowhere);
  }

  @Test
  void aHeaderIsDemandedWhereItIsRequired() {
    phone = Api.phone("en");
    for (String header : List.of("If-Match", "Towncrier-Reason")) {
      Set<String> required = new TreeSet<>();
      Set<String> demanded = new TreeSet<>();
      for (Operation operation : operations()) {
        JsonNode parameter = operation.header(header);
        if (parameter.isMissingNode()) {
          continue;
        }
        if (parameter.path("required").asBoolean()) {
          required.add(operation.toString());
        }
        RequestSpecification request =
            header.equals("If-Match") ? credential(operation) : Api.as(OPERATOR);
        if (operation.hasBody()) {
          request.body(bodyOfNothing(operation));
        }
        Response answer = request.request(operation.method(), nowhere(operation.path()));
        if (answer.statusCode() == 400
            && answer.jsonPath().getList("errors.field").contains(header)) {
          demanded.add(operation.toString());
        }
      }
      assertThat(demanded).as(header).isNotEmpty().isEqualTo(required);
    }
  }

  @Test
  void aBodyThatIsDemandedIsRequired() {
    phone = Api.phone("en");
    for (Operation operation : operations()) {
      if (operation.said().has("requestBody")) {
        Response answer =
            credential(operation)
                .header("If-Match", "\"0\"")
                .request(operation.method(), nowhere(operation.path()));
        boolean demanded =
            answer.statusCode() == 400
                && answer.jsonPath().getList("errors.field").contains("body");
        assertThat(!demanded || operation.said().at("/requestBody/required").asBoolean())
            .as(operation + " demands a body")
            .isTrue();
      }
    }
  }

  @Test
  void whatHasATagIsNotSentAgain() {
    List<String> tagged = new ArrayList<>();
    for (Operation operation : operations()) {
      // The update check has tags of its own, for tests of its own.
      if (!operation.documents("304") || !operation.path().startsWith("/v1/admin/")) {
        continue;
      }
      Response first = look(operation).get(filled(operation.path()));
      if (first.statusCode() == 200) {
        String tag = first.header("ETag");
        assertThat(tag).as(operation + " answers an ETag").isNotNull();
        Response again = look(operation).header("If-None-Match", tag).get(filled(operation.path()));
        assertThat(again.statusCode() == 304 || !tag.equals(again.header("ETag")))
            .as(operation + " is not sent again")
            .isTrue();
        tagged.add(operation.toString());
      }
    }
    assertThat(tagged).contains("listProducts", "getProduct", "getOutcomePolicy", "verifyAudit");
  }

  private RequestSpecification look(Operation operation) {
    return credential(operation).queryParams(query(operation));
  }

  /** A valid request, about a thing that does not exist. */
  private String bodyOfNothing(Operation operation) {
    String release =
        """
        "version":"9","severity":"optional","notes":{"en":{"title":"T","body":"B"}}\
        """;
    return switch (operation.toString()) {
      case "replaceReleaseDraft" -> "{" + release + "}";
      case "createRelease" -> "{\"product\":\"nothing\"," + release + "}";
      case "setRolloutPhases" -> "{\"phases\":[]}";
      case "changeProduct" -> "{\"name\":\"N\",\"kind\":\"firmware\",\"defaultLanguage\":\"en\"}";
      case "replaceNoticeDraft" ->
          "{\"kind\":\"announcement\",\"defaultLanguage\":\"en\","
              + "\"texts\":{\"en\":{\"title\":\"T\",\"body\":\"B\"}}}";
      case "registerDevice" -> "{\"kind\":\"phone\",\"product\":\"nothing\",\"version\":\"1\"}";
      case "explainUpdate" -> "{\"product\":\"nothing\",\"version\":\"1\"}";
      case "simulateChange" -> "{\"draft\":\"nothing:1\"}";
      case "checkForUpdateWithBody" -> "{\"version\":\"1\"}";
      case "promoteRollout" -> "{\"from\":0,\"reason\":\"R\"}";
      case "retryUpdate" -> "{\"version\":\"9\",\"reason\":\"R\"}";
      case "reportOutcome" -> "{\"id\":\"1\",\"version\":\"0.0.1\",\"state\":\"installed\"}";
      case "revealPersonalValue" -> "{\"value\":\"subject\",\"authorization\":\"CASE-1\"}";
      case "answerPrivacyRequest" -> "{\"answer\":\"deleted\"}";
      case "refusePrivacyRequest" -> "{\"refusal\":\"trade-secret\",\"decidedBy\":\"Ada\"}";
      case "answerDeviceConsent", "answerMyConsent" ->
          "{\"given\":false,\"textVersion\":\"1\",\"language\":\"en\"}";
      default -> "{}";
    };
  }

  private static Map<String, String> query(Operation operation) {
    return switch (operation.toString()) {
      case "lintCatalogue" -> Map.of("product", "nothing");
      case "checkForUpdate", "checkForUpdateAsLines" -> Map.of("version", "1");
      default -> Map.of();
    };
  }

  /** Ids that could be ones; only the device that asks is there. */
  private String nowhere(String path) {
    return path.replace("{product}", "nothing")
        .replace("{release}", "nothing:9")
        .replace("{noticeId}", "ntc_2xr9tst06r5zdc4dp0ph0tgwmn")
        .replace("{requestId}", "prq_2xr9tst06r5zdc4dp0ph0tgwmn")
        .replace("{artifactId}", "art_2xr9tst06r5zdc4dp0ph0tgwmn")
        .replace("{number}", "1")
        .replace("{exportId}", "rep_2xr9tst06r5zdc4dp0ph0tgwmn")
        .replace("{previewId}", "rep_2xr9tst06r5zdc4dp0ph0tgwmn")
        .replace("{part}", "1")
        .replace("{letter}", "evt_2xr9tst06r5zdc4dp0ph0tgwmn:crm")
        .replace(
            "{deviceId}",
            path.startsWith("/v1/devices/") ? phone.id() : "dev_2xr9tst06r5zdc4dp0ph0tgwmn")
        .replaceAll("\\{\\w+}", "none");
  }

  private interface Caller {
    RequestSpecification of(Operation operation);
  }

  private void compare(String status, Caller caller, String body) {
    compare(status, caller, operation -> body, this::filled);
  }

  /** Sends the same to all operations: those that document the status give it. */
  private void compare(
      String status, Caller caller, Function<Operation, String> body, UnaryOperator<String> path) {
    List<String> documented = new ArrayList<>();
    List<String> given = new ArrayList<>();
    for (Operation operation : operations()) {
      if (Set.of("importCatalogue", "previewImport", "putArtifactPart")
              .contains(operation.toString())
          && !status.startsWith("40")) {
        // It has limits of its own.
        continue;
      }
      phone = Api.phone("en");
      if (operation.documents(status)) {
        documented.add(operation.toString());
      }
      String filled = path.apply(operation.path());
      RequestSpecification request = caller.of(operation);
      boolean mayHaveBody =
          !operation.method().equals("GET") && !operation.method().equals("DELETE");
      if (mayHaveBody && (operation.documents(status) || operation.said().has("requestBody"))) {
        request.body(body.apply(operation));
      }
      int answered = request.request(operation.method(), filled).statusCode();
      if (answered == Integer.parseInt(status)) {
        given.add(operation.toString());
      }
    }
    // Where an instance has not heard of a product yet that its device was registered for.
    documented.removeIf(operation -> status.equals("404") && operation.equals("checkAsDevice"));
    documented.removeIf(
        operation -> status.equals("404") && BY_BODY_OR_SETTING.contains(operation));
    // Nothing of it is read where no network of Getui's is named: GetuiReceiptsIT.
    documented.removeIf(operation -> status.equals("400") && operation.equals("takeGetuiReceipts"));
    // It is itself where a credential is shown: in its body.
    documented.removeIf(operation -> status.equals("401") && operation.equals("signInToConsole"));
    assertThat(given).as("answered " + status).containsAll(documented);
  }

  private RequestSpecification credential(Operation operation) {
    String path = operation.path();
    if (path.startsWith("/v1/admin/")) {
      return Api.as(OPERATOR).header("Towncrier-Reason", "a test asks");
    }
    if (path.startsWith("/v1/devices/") && !path.endsWith("/account")) {
      return phone.as();
    }
    return Api.as(Tokens.user("common"));
  }

  private String filled(String path) {
    return path.replace("{product}", "towncrier_ax3000")
        .replace("{release}", "towncrier_ax3000:9")
        .replace("{deviceId}", path.startsWith("/v1/devices/") ? phone.id() : "dev_none")
        .replaceAll("\\{\\w+}", "none");
  }

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    Contract.committed()
        .paths()
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        o ->
                            all.add(
                                new Operation(
                                    o.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    o.getValue()))));
    return all;
  }
}
