package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.trace.v1.Span;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackCollector;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import io.towncrier.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the functions let be seen of their work before Lambda may freeze them. */
@Tag("zip")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservedFunctionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDRESS = "canary-lambda-address-0123456789";
  private static final String API = "io.towncrier.functions.ApiFunction::handle";
  private static final String DELIVER = "io.towncrier.functions.DeliverFunction::handle";
  private static final String CHECK = "io.towncrier.functions.CheckFunction::handle";
  private static final TestPostgres POSTGRES = new TestPostgres();
  private static final LoopbackFcm FCM = new LoopbackFcm();

  @TempDir static Path unpacked;

  private static Map<String, String> environment;
  private static LoopbackCollector collector;

  @BeforeAll
  static void unpack() throws Exception {
    POSTGRES.start();
    FCM.start();
    collector = new LoopbackCollector();
    environment =
        new HashMap<>(
            Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", POSTGRES.url(),
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                "TOWNCRIER_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]),
                "TOWNCRIER_FCM_CREDENTIALS", FCM.credentials().toString(),
                "TOWNCRIER_FCM_ENDPOINT", FCM.endpoint(),
                "QUARKUS_OIDC_PUBLIC_KEY", Tokens.publicKey(),
                "QUARKUS_OIDC_TOKEN_ISSUER", Tokens.ISSUER,
                "QUARKUS_OIDC_TOKEN_AUDIENCE", Tokens.AUDIENCE));
    try (ZipFile zip = new ZipFile(System.getProperty("function.zip"))) {
      for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
        Path target = unpacked.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip.getInputStream(entry), target);
        }
      }
    }
  }

  @AfterAll
  static void stop() {
    collector.close();
    FCM.stop();
    POSTGRES.stop();
  }

  @Test
  @Order(1)
  void whenAResultIsHandedOverItsSpansAndMetricsHaveLeft() throws Exception {
    String notice;
    Span start;
    try (FunctionProcess api = start(API, collector.endpoint())) {
      http(api, "POST", "/v1/admin/catalogue", operator(), Api.sampleCatalogue());
      phone(api);
      notice =
          JSON.readTree(
                  http(
                          api,
                          "POST",
                          "/v1/admin/notices",
                          operator(),
                          """
                          {"kind":"announcement","defaultLanguage":"en",
                           "texts":{"en":{"title":"Canary title","body":"World"}}}
                          """)
                      .path("body")
                      .asText())
              .path("id")
              .asText();
      JsonNode answer =
          http(api, "POST", "/v1/admin/notices/" + notice + "/start", operator(), null);
      List<Span> spans = collector.named("POST /v1/admin/notices/{noticeId}/start");
      assertThat(spans).as("the collector has it when the result arrives").hasSize(1);
      start = spans.get(0);
      String requestId = api.lastRequestId();
      assertThat(LoopbackCollector.attribute(start, "towncrier.request")).isEqualTo(requestId);
      assertThat(answer.at("/headers/X-Request-Id").asText()).as("%s", answer).isEqualTo(requestId);
      assertThat(metricsOf(api, requestId).path("Function").asText()).isEqualTo("api");
      assertThat(lines(api))
          .anySatisfy(
              line -> {
                assertThat(line.path("message").asText()).contains("is running");
                assertThat(line.at("/mdc/requestId").asText()).isEqualTo(requestId);
                assertThat(line.at("/mdc/noticeId").asText()).isEqualTo(notice);
              });
    }
    try (FunctionProcess deliver = start(DELIVER, collector.endpoint())) {
      deliver.invoke(
          "{\"Records\":[{\"messageId\":\"m\",\"body\":\"{\\\"notice\\\":\\\"%s\\\"}\"}]}"
              .formatted(notice));
      assertThat(FCM.to(ADDRESS)).hasSize(1);
      List<Span> pushes = collector.named("push");
      assertThat(pushes).as("the collector has it when the result arrives").hasSize(1);
      assertThat(pushes.get(0).getTraceId()).isEqualTo(start.getTraceId());
      assertThat(pushes.get(0).getParentSpanId()).isEqualTo(start.getSpanId());
      String requestId = deliver.lastRequestId();
      Span invocation = collector.named("deliver").get(0);
      assertThat(LoopbackCollector.attribute(invocation, "faas.invocation_id"))
          .isEqualTo(requestId);
      JsonNode metrics = metricsOf(deliver, requestId);
      assertThat(metrics.path("PushesAccepted").asInt()).isEqualTo(1);
      assertThat(metrics.path("Requests").asInt()).isEqualTo(1);
      assertThat(metrics.has("Errors")).isTrue();
      assertThat(metrics.path("Errors").asInt()).isZero();
      assertThat(lines(deliver))
          .anySatisfy(
              line -> {
                assertThat(line.path("message").asText()).contains("1 accepted");
                assertThat(line.at("/mdc/noticeId").asText()).isEqualTo(notice);
                assertThat(line.at("/mdc/requestId").asText()).isEqualTo(requestId);
              });
      assertThat(collector.text() + deliver.log())
          .doesNotContain(ADDRESS)
          .doesNotContain("Canary title");
    }
  }

  @Test
  @Order(2)
  void whatFailsIsCountedAndIsAnErrorOfItsInvocation() throws Exception {
    try (FunctionProcess deliver = start(DELIVER, collector.endpoint())) {
      deliver.invoke("{\"Records\":[{\"messageId\":\"m\",\"body\":\"{\"}]}");
      assertThat(metricsOf(deliver, deliver.lastRequestId()).path("Errors").asInt()).isEqualTo(1);
      assertThat(deliver.invoke("[")).startsWith("error ");
      assertThat(metricsOf(deliver, deliver.lastRequestId()).path("Errors").asInt()).isEqualTo(1);
    }
  }

  @Test
  @Order(3)
  void checksAreCountedByWhatWasDecidedOncePerInvocation() throws Exception {
    try (FunctionProcess check = start(CHECK, collector.endpoint())) {
      String event = "{\"product\":\"towncrier_ax3000\",\"version\":\"1.2.0\",\"country\":\"DE\"}";
      for (int i = 0; i < 2; i++) {
        check.invoke(event);
        JsonNode metrics = metricsOf(check, check.lastRequestId());
        assertThat(metrics.path("ChecksOffered").asInt(-1)).as(metrics.toString()).isEqualTo(1);
        assertThat(metrics.path("DurationMillis").asDouble()).isPositive();
        assertThat(metrics.has("PushesAccepted")).isFalse();
      }
    }
  }

  @Test
  @Order(4)
  void aSilentCollectorCostsOneWaitAndFailsNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        FunctionProcess check = start(CHECK, "http://127.0.0.1:" + silent.getLocalPort())) {
      String event = "{\"product\":\"towncrier_ax3000\",\"version\":\"1.2.0\",\"country\":\"DE\"}";
      check.invoke(event);
      long began = System.nanoTime();
      String answer = check.invoke(event);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(900));
      assertThat(JSON.readTree(answer).path("decision").asText()).isEqualTo("offer");
    }
  }

  private static FunctionProcess start(String handler, String endpoint) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("TOWNCRIER_TRACING_ENDPOINT", endpoint);
    return new FunctionProcess(unpacked, handler, all);
  }

  /** The line that CloudWatch makes metrics of; there is exactly one. */
  private static JsonNode metricsOf(FunctionProcess function, String requestId) throws IOException {
    List<JsonNode> found =
        lines(function).stream()
            .filter(line -> line.has("_aws") && line.path("requestId").asText().equals(requestId))
            .toList();
    assertThat(found).as(function.log()).hasSize(1);
    return found.get(0);
  }

  /** Every line is one JSON object, but those of the runtime itself. */
  private static List<JsonNode> lines(FunctionProcess function) throws IOException {
    return function
        .log()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(
            line -> {
              try {
                return JSON.readTree(line);
              } catch (JsonProcessingException noJson) {
                throw new AssertionError(line, noJson);
              }
            })
        .toList();
  }

  private static void phone(FunctionProcess api) throws Exception {
    JsonNode phone =
        JSON.readTree(
            http(
                    api,
                    "POST",
                    "/v1/devices",
                    null,
                    """
                    {"kind":"phone","product":"router-app-android","version":"3.0.1",
                     "country":"DE","timezone":"Europe/Berlin","language":"de"}
                    """)
                .path("body")
                .asText());
    String path = "/v1/devices/" + phone.path("deviceId").asText() + "/push-address";
    String secret = phone.path("secret").asText();
    http(
        api,
        "PUT",
        path,
        secret,
        "{\"provider\":\"fcm\",\"kind\":\"token\",\"value\":\"" + ADDRESS + "\"}");
    http(
        api,
        "POST",
        path + "/confirm",
        secret,
        "{\"challenge\":\"" + FCM.challengesTo(ADDRESS).get(0) + "\"}");
  }

  private static JsonNode http(
      FunctionProcess api, String method, String path, String token, String body) throws Exception {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", "$default");
    event.put("rawPath", path).put("rawQueryString", "").put("isBase64Encoded", false);
    ObjectNode headers = event.putObject("headers");
    headers.put("host", "api.example.com").put("content-type", "application/json");
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    event
        .putObject("requestContext")
        .put("stage", "$default")
        .put("requestId", "gateway-1")
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "192.0.2.1");
    if (body != null) {
      event.put("body", body);
    }
    JsonNode answer = JSON.readTree(api.invoke(event.toString()));
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isBetween(200, 299);
    return answer;
  }

  private static String operator() {
    return Tokens.operator("olga");
  }
}
