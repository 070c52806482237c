package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.BesideTheApplication;
import io.towncrier.testing.LoopbackCollector;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.ServerProcess;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged server lets be seen of its work, and what not. */
@BesideTheApplication
@Tag("zoneless")
class ObservedServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LoopbackFcm FCM = new LoopbackFcm();
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String ADDRESS = "canary-push-address-0123456789";
  private static final String TITLE = "Canary title";
  private static final String COHORT = "77";

  @TempDir Path directory;

  private ServerProcess server;

  @BeforeAll
  static void startFcm() {
    FCM.start();
  }

  @AfterAll
  static void stopFcm() {
    FCM.stop();
  }

  @BeforeEach
  void notStarted() {
    server =
        new ServerProcess(directory)
            .with("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN)
            .with("TOWNCRIER_FCM_CREDENTIALS", FCM.credentials().toString())
            .with("TOWNCRIER_FCM_ENDPOINT", FCM.endpoint());
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
  }

  @Test
  void oneTraceLeadsFromTheRequestThatStartsANoticeToItsPushes() throws Exception {
    try (LoopbackCollector collector = new LoopbackCollector()) {
      start(
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
              "true"));
      Phone phone = phone(ADDRESS);
      String notice = draft();
      HttpResponse<String> started =
          send(
              operator("/v1/admin/notices/" + notice + "/start")
                  .header("X-Request-Id", "start-1")
                  .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                  .POST(HttpRequest.BodyPublishers.noBody()));
      assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
      assertThat(started.headers().firstValue("X-Request-Id")).contains("start-1");
      Await.patiently("the push", () -> FCM.to(ADDRESS).size() == 1);
      Await.patiently("its span", () -> !collector.named("push").isEmpty());
      send(request("/v1/devices/" + phone.id + "?cohort=" + COHORT, phone.secret).GET());
      String metrics = server.details("/q/metrics").body();
      stop();

      Span request = collector.named("POST /v1/admin/notices/{noticeId}/start").get(0);
      Span push = collector.named("push").get(0);
      assertThat(LoopbackCollector.traceId(request)).isEqualTo(TRACE);
      assertThat(LoopbackCollector.traceId(push)).isEqualTo(TRACE);
      assertThat(push.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(LoopbackCollector.attribute(request, "towncrier.request")).isEqualTo("start-1");
      assertThat(LoopbackCollector.attribute(request, "http.response.status_code"))
          .isEqualTo("200");
      assertThat(LoopbackCollector.attribute(push, "towncrier.notice")).isEqualTo(notice);
      assertThat(LoopbackCollector.attribute(push, "towncrier.pushes.accepted")).isEqualTo("1");

      List<JsonNode> lines = lines();
      assertThat(lines)
          .as("what a request wrote")
          .anySatisfy(
              line -> {
                assertThat(line.path("message").asText()).contains("is running");
                assertThat(line.at("/mdc/requestId").asText()).isEqualTo("start-1");
                assertThat(line.at("/mdc/noticeId").asText()).isEqualTo(notice);
                assertThat(line.at("/mdc/traceId").asText()).isEqualTo(TRACE);
              });
      assertThat(lines)
          .as("what the drain wrote")
          .anySatisfy(
              line -> {
                assertThat(line.path("message").asText()).contains("1 accepted");
                assertThat(line.at("/mdc/noticeId").asText()).isEqualTo(notice);
              });

      assertThat(collector.named("GET /v1/devices/{deviceId}")).isNotEmpty();
      assertThat(metrics).contains("towncrier_delivery_pushes_total", "towncrier_updates_checks");
      for (String seen : List.of(collector.text(), server.log(), metrics)) {
        assertThat(seen)
            .doesNotContain(phone.id)
            .doesNotContain(phone.secret)
            .doesNotContain(ADDRESS)
            .doesNotContain(TITLE)
            .doesNotContain("cohort=")
            .doesNotContain(TestPostgres.OPERATOR_TOKEN);
      }
      assertThat(collector.text()).doesNotContain("127.0.0.1").doesNotContain("Java-http-client");
    }
  }

  @Test
  void theTraceOfWhoeverScheduledANoticeGoesOnWhenItsMomentHasCome() throws Exception {
    try (LoopbackCollector collector = new LoopbackCollector()) {
      start(
          Map.of(
              "TOWNCRIER_TRACING_ENDPOINT",
              collector.endpoint(),
              "TOWNCRIER_SERVER_NOTICES_EVERY",
              "1s"));
      phone("scheduled-phone");
      String notice = draft(",\"schedule\":{\"at\":\"" + Instant.now().plusSeconds(2) + "\"}");
      send(
          operator("/v1/admin/notices/" + notice + "/start")
              .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-00")
              .POST(HttpRequest.BodyPublishers.noBody()));
      assertThat(FCM.to("scheduled-phone")).isEmpty();
      Await.patiently("its span", () -> !collector.named("push").isEmpty());
      Span request = collector.named("POST /v1/admin/notices/{noticeId}/start").get(0);
      Span start = collector.named("start notice").get(0);
      Span push = collector.named("push").get(0);
      assertThat(LoopbackCollector.traceId(push)).isEqualTo(TRACE);
      assertThat(start.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(push.getParentSpanId()).isEqualTo(start.getSpanId());
    }
  }

  @Test
  void withoutACollectorNothingIsTracedAndEveryRequestHasItsIdAllTheSame() throws Exception {
    start(Map.of());
    HttpResponse<String> about = send(request("/v1/about", null).GET());
    assertThat(about.headers().firstValue("X-Request-Id"))
        .hasValueSatisfying(ObservedServerIT::isOurs);
    String device = "dev_" + "0".repeat(26);
    for (String odd : List.of("a b;c", "x".repeat(65), device, "dvs_" + "0".repeat(52))) {
      HttpResponse<String> renamed =
          send(request("/v1/about", null).header("X-Request-Id", odd).GET());
      assertThat(renamed.headers().firstValue("X-Request-Id"))
          .hasValueSatisfying(ObservedServerIT::isOurs);
    }
    HttpResponse<String> unknown = send(request("/v1/nothing", null).GET());
    assertThat(unknown.headers().firstValue("X-Request-Id"))
        .hasValueSatisfying(ObservedServerIT::isOurs);
    HttpResponse<String> check =
        send(request("/v1/products/towncrier_ax3000/update?version=1.2.0", null).GET());
    assertThat(check.statusCode()).isEqualTo(200);
    assertThat(check.headers().firstValue("X-Request-Id")).as("shared caches keep it").isEmpty();
    stop();
    assertThat(server.log()).doesNotContain("{\"timestamp").doesNotContain("export");
    assertThat(server.log()).contains("is up at");
  }

  private static void isOurs(String id) {
    assertThat(id).matches("req_[0-9a-z]{26}");
  }

  /** Every line, each of which has to be one JSON object. */
  private List<JsonNode> lines() throws IOException {
    return Files.readAllLines(server.logFile()).stream()
        .map(
            line -> {
              try {
                JsonNode json = JSON.readTree(line);
                assertThat(json.isObject()).as(line).isTrue();
                return json;
              } catch (JsonProcessingException noJson) {
                throw new AssertionError(line, noJson);
              }
            })
        .toList();
  }

  private Phone phone(String address) throws Exception {
    JsonNode made =
        JSON.readTree(
            send(request("/v1/devices", null)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            """
                                {"kind":"phone","product":"router-app-android","version":"3.0.1",
                                 "country":"DE","timezone":"Europe/Berlin","language":"de"}
                                """)))
                .body());
    Phone phone = new Phone(made.path("deviceId").asText(), made.path("secret").asText());
    String path = "/v1/devices/" + phone.id + "/push-address";
    send(
        request(path, phone.secret)
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"provider\":\"fcm\",\"kind\":\"token\",\"value\":\"" + address + "\"}")));
    String challenge = FCM.challengesTo(address).get(0);
    HttpResponse<String> proved =
        send(
            request(path + "/confirm", phone.secret)
                .POST(
                    HttpRequest.BodyPublishers.ofString("{\"challenge\":\"" + challenge + "\"}")));
    assertThat(proved.statusCode()).as(proved.body()).isEqualTo(204);
    return phone;
  }

  private String draft() throws Exception {
    return draft("");
  }

  private String draft(String more) throws Exception {
    HttpResponse<String> written =
        send(
            operator("/v1/admin/notices")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"kind":"announcement","defaultLanguage":"en",
                         "texts":{"en":{"title":"%s","body":"Canary title as well"}}%s}
                        """
                            .formatted(TITLE, more))));
    assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    return JSON.readTree(written.body()).path("id").asText();
  }

  private void start(Map<String, String> settings) throws Exception {
    server.start(settings);
    server.post("/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, Api.sampleCatalogue());
  }

  private HttpRequest.Builder operator(String path) {
    return request(path, TestPostgres.OPERATOR_TOKEN);
  }

  private HttpRequest.Builder request(String path, String token) {
    return server.request(path, token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    return ServerProcess.send(request);
  }

  private record Phone(String id, String secret) {}
}
