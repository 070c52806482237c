package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.testing.Api;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP events as API Gateway may hand them over, and as it should not. */
@Tag("zip")
class FunctionHttpIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SIX_MEGABYTES = 6_000_000;
  private static final String REGISTRATION =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
       "timezone":"Europe/Berlin","language":"en"}
      """;

  private static FunctionProcess api;

  @BeforeAll
  static void start() throws Exception {
    api = LoopbackCell.shared().start(FunctionPackage.API);
  }

  @AfterAll
  static void stop() throws Exception {
    api.close();
  }

  @Test
  void aBodyInBase64IsRead() throws Exception {
    ObjectNode event = event("POST", "/v1/admin/catalogue", operator(), null);
    event.put("isBase64Encoded", true);
    event.put(
        "body",
        Base64.getEncoder().encodeToString(Api.sampleCatalogue().getBytes(StandardCharsets.UTF_8)));
    assertThat(status(event)).isEqualTo(200);

    event.put("body", "this is no base64!");
    assertThat(status(event)).isGreaterThanOrEqualTo(400);
    stillAnswers();
  }

  @Test
  void anEventWithoutHeadersIsAnswered() throws Exception {
    ObjectNode event = event("GET", "/v1/about", Map.of(), null);
    event.remove("headers");
    assertThat(status(event)).isEqualTo(200);
    event = event("GET", "/v1/admin/notices", Map.of(), null);
    event.remove("headers");
    assertThat(status(event)).isEqualTo(401);
  }

  @Test
  void aPathWithTwoMeaningsIsRefusedHereToo() throws Exception {
    for (String path : new String[] {"/v1;x/about", "/v1/%2e%2e/v1/about", "/v1%2Fabout", "/%"}) {
      JsonNode refused = answer(event("GET", path, Map.of(), null));
      assertThat(refused.path("statusCode").asInt()).as(path).isEqualTo(400);
      assertThat(JSON.readTree(refused.path("body").asText()).path("code").asText())
          .isEqualTo("invalid-request");
    }
    assertThat(answer(event("GET", "/q/health/ready", Map.of(), null)).path("body").asText())
        .contains("\"status\":\"UP\"")
        .doesNotContain("checks");
    assertThat(status(event("GET", "/q/health", Map.of(), null))).isEqualTo(404);
  }

  @Test
  void sixMegabytesAreRefusedWhereTheyAreNoImport() throws Exception {
    String large = "{\"kind\":\"" + "x".repeat(SIX_MEGABYTES) + "\"}";
    JsonNode refused = answer(event("POST", "/v1/devices", Map.of(), large));
    assertThat(refused.path("statusCode").asInt()).isEqualTo(413);
    assertThat(JSON.readTree(refused.path("body").asText()).path("code").asText())
        .isEqualTo("body-too-large");
    assertThat(status(event("POST", "/v1/admin/catalogue", operator(), large))).isEqualTo(400);
    stillAnswers();
  }

  @Test
  void anEventThatIsNoRequestIsAnErrorOfTheFunctionAndNotItsEnd() throws Exception {
    for (String event : new String[] {"{}", "[]", "null", "\"text\"", "{\"rawPath\":7}"}) {
      api.invoke(event);
    }
    stillAnswers();
  }

  @Test
  void severalValuesInAHeaderAreReadAsOneList() throws Exception {
    JsonNode page =
        answer(
            event(
                "GET",
                "/personal-center/notification-alerts",
                Map.of("accept-language", "fr-CH, de;q=0.9, en;q=0.1"),
                null));
    assertThat(header(page, "content-language")).isEqualTo("de");

    assertThat(status(event("POST", "/v1/admin/catalogue", operator(), Api.sampleCatalogue())))
        .isEqualTo(200);
    String tag = header(answer(check(null)), "etag");
    assertThat(tag).startsWith("\"");
    for (String known :
        List.of(tag, "\"another\", " + tag, tag + ",\"another\"", "\"a\", W/" + tag + ", \"b\"")) {
      assertThat(status(check(known))).as(known).isEqualTo(304);
    }
    assertThat(status(check("\"another\", \"and another\""))).isEqualTo(200);
  }

  // HTTP APIs decode the path, whatever it then has in it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a\tb c",
        "a/b",
        "a%",
        "a%zz",
        "\u00fc",
        "a\"b",
        "a<b>",
        "a|b",
        "a+b",
        "\ud83d\ude00"
      })
  void aPathThatTheGatewayHasDecodedIsNoFailure(String product) throws Exception {
    ObjectNode event = event("GET", "/v1/products/" + product + "/update", Map.of(), null);
    event.put("rawQueryString", "version=1.0.0");
    assertThat(status(event)).isBetween(400, 499);
    stillAnswers();
  }

  private static ObjectNode check(String known) {
    ObjectNode event =
        event(
            "GET",
            "/v1/products/router-app-android/update",
            known == null ? Map.of() : Map.of("if-none-match", known),
            null);
    return event.put("rawQueryString", "version=3.0.1&country=DE");
  }

  private static String header(JsonNode answer, String name) {
    for (String where : List.of("headers", "multiValueHeaders")) {
      for (Map.Entry<String, JsonNode> each : answer.path(where).properties()) {
        if (each.getKey().equalsIgnoreCase(name)) {
          return each.getValue().isArray()
              ? each.getValue().path(0).asText()
              : each.getValue().asText();
        }
      }
    }
    return "";
  }

  @Test
  void whoComesPastTheCdnIsCountedByHisConnectionWhateverHeWrites() throws Exception {
    Map<String, String> behindACdn =
        Map.of(
            "TOWNCRIER_HTTP_TRUSTED_PROXIES", "2",
            "TOWNCRIER_DEVICES_REGISTRATION_BURST", "1",
            "TOWNCRIER_DEVICES_REGISTRATION_EVERY", "1h",
            "TOWNCRIER_EDGE_SECRET", "known-to-the-cdn");
    try (FunctionProcess one = LoopbackCell.shared().start(FunctionPackage.API, behindACdn)) {
      assertThat(registers(one, "198.51.100.1", null)).isEqualTo(201);
      assertThat(registers(one, "198.51.100.2", null)).as("invented").isEqualTo(429);
      assertThat(registers(one, "198.51.100.3", "guessed")).as("invented").isEqualTo(429);
      assertThat(registers(one, "198.51.100.4", "known-to-the-cdn")).isEqualTo(201);
      assertThat(registers(one, "198.51.100.5", "known-to-the-cdn")).isEqualTo(201);
      assertThat(registers(one, "198.51.100.4", "known-to-the-cdn")).isEqualTo(429);
    }
  }

  private static int registers(FunctionProcess function, String written, String shown)
      throws Exception {
    ObjectNode event =
        event(
            "POST",
            "/v1/devices",
            Map.of("x-forwarded-for", written + ", 192.0.2.1"),
            REGISTRATION);
    if (shown != null) {
      ((ObjectNode) event.path("headers")).put("x-towncrier-edge", shown);
    }
    return JSON.readTree(function.invoke(event.toString())).path("statusCode").asInt();
  }

  private static void stillAnswers() throws Exception {
    assertThat(status(event("GET", "/v1/about", Map.of(), null))).isEqualTo(200);
  }

  private static Map<String, String> operator() {
    return Map.of("authorization", "Bearer " + Tokens.operator("olga"));
  }

  private static ObjectNode event(
      String method, String path, Map<String, String> headers, String body) {
    ObjectNode event = LoopbackGateway.event(method, path, "", headers, body);
    ((ObjectNode) event.path("headers")).put("content-type", "application/json");
    return event;
  }

  private static int status(ObjectNode event) throws Exception {
    return answer(event).path("statusCode").asInt();
  }

  private static JsonNode answer(ObjectNode event) throws Exception {
    String result = api.invoke(event.toString());
    return result.startsWith("error ")
        ? JSON.createObjectNode().put("statusCode", 502).put("error", result)
        : JSON.readTree(result);
  }
}
