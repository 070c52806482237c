package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.trace.v1.Span;
import io.towncrier.testing.Api;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackCollector;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.QueueReader;
import io.towncrier.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the functions let be seen of their work before Lambda may freeze them. */
@Tag("zip")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservedFunctionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDRESS = "canary-lambda-address-0123456789";
  private static LoopbackCell cell;
  private static LoopbackCollector collector;

  @BeforeAll
  static void begin() throws Exception {
    cell = LoopbackCell.shared();
    collector = new LoopbackCollector();
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  @Test
  @Order(1)
  void whenAResultIsHandedOverItsSpansAndMetricsHaveLeft() throws Exception {
    String notice;
    Span start;
    try (FunctionProcess api = start(FunctionPackage.API, collector.endpoint())) {
      http(api, "POST", "/v1/admin/catalogue", operator(), Api.sampleCatalogue());
      String phone = phone(api);
      notice =
          JSON.readTree(
                  http(
                          api,
                          "POST",
                          "/v1/admin/notices",
                          operator(),
                          """
                          {"kind":"announcement","defaultLanguage":"en",
                           "audience":{"devices":["%s"]},
                           "texts":{"en":{"title":"Canary title","body":"World"}}}
                          """
                              .formatted(phone))
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
    try (FunctionProcess deliver = start(FunctionPackage.DELIVER, collector.endpoint())) {
      deliver.invoke(
          QueueReader.event(
                  List.of(
                      "{\"deliver\":\"%s\",\"shard\":1,\"of\":1,\"planned\":\"%s\"}"
                          .formatted(notice, Instant.now())))
              .toString());
      assertThat(cell.fcm().to(ADDRESS)).hasSize(1);
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
    try (FunctionProcess deliver = start(FunctionPackage.DELIVER, collector.endpoint())) {
      deliver.invoke("{\"Records\":[{\"messageId\":\"m\",\"body\":\"{\"}]}");
      assertThat(metricsOf(deliver, deliver.lastRequestId()).path("Errors").asInt()).isEqualTo(1);
      deliver.invoke(
          QueueReader.event(
                  List.of(
                      "{\"deliver\":\"ntc_00000000000000000000000000\",\"shard\":1,\"of\":1,\"planned\":\"%s\"}"
                          .formatted(Instant.now())))
              .toString());
      assertThat(metricsOf(deliver, deliver.lastRequestId()).path("Errors").asInt())
          .as("a shard of a notice that nobody here knows")
          .isEqualTo(1);
      assertThat(deliver.invoke("[")).startsWith("error ");
      assertThat(metricsOf(deliver, deliver.lastRequestId()).path("Errors").asInt()).isEqualTo(1);
    }
  }

  @Test
  @Order(3)
  void checksAreCountedByWhatWasDecidedOncePerInvocation() throws Exception {
    try (FunctionProcess check = start(FunctionPackage.CHECK, collector.endpoint())) {
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
        FunctionProcess check =
            cell.start(
                FunctionPackage.CHECK,
                Map.of(
                    "TOWNCRIER_TRACING_ENDPOINT", "http://127.0.0.1:" + silent.getLocalPort()))) {
      String event = "{\"product\":\"towncrier_ax3000\",\"version\":\"1.2.0\",\"country\":\"DE\"}";
      check.invoke(event);
      long began = System.nanoTime();
      String answer = check.invoke(event);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(900));
      assertThat(JSON.readTree(answer).path("decision").asText()).isEqualTo("offer");
    }
  }

  /** Waits for a collector that answers, even on a machine that has much to do. */
  private static FunctionProcess start(String handler, String endpoint) throws Exception {
    return cell.start(
        handler,
        Map.of("TOWNCRIER_TRACING_ENDPOINT", endpoint, "TOWNCRIER_TRACING_FLUSH_TIMEOUT", "20s"));
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

  private static String phone(FunctionProcess api) throws Exception {
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
        "{\"challenge\":\"" + cell.fcm().challengesTo(ADDRESS).get(0) + "\"}");
    return phone.path("deviceId").asText();
  }

  private static JsonNode http(
      FunctionProcess api, String method, String path, String token, String body) throws Exception {
    Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/json"));
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    ObjectNode event = LoopbackGateway.event(method, path, "", headers, body);
    JsonNode answer = JSON.readTree(api.invoke(event.toString()));
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isBetween(200, 299);
    return answer;
  }

  private static String operator() {
    return Tokens.operator("olga");
  }
}
