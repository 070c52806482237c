package io.towncrier.updates.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.rest.ProblemAnswers;
import io.towncrier.platform.rest.edge.CheckForm;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.towncrier.testing.Configs;
import io.towncrier.testing.RawHttp;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.UpdatesConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckLimitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String CHECK = "/v1/products/a/update?version=1";

  private final Vertx vertx = Vertx.vertx();
  private final CheckCounters counters = new CheckCounters();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aSourceAboveItsRateIsRefusedAndNothingOfItIsKept() throws IOException {
    HttpServer server = server(Map.of("towncrier.updates.checks-per-source", "3"));
    List<RawHttp.Answer> answers = new ArrayList<>();
    // In two seconds at most; the third of them begins a new count.
    for (int i = 0; i < 50; i++) {
      answers.add(check(server, "203.0.113." + i));
    }
    List<RawHttp.Answer> refused =
        answers.stream().filter(answer -> answer.status() == 429).toList();
    assertThat(refused).hasSizeGreaterThan(20);
    assertThat(refused)
        .allSatisfy(
            answer ->
                assertThat(answer.text())
                    .containsIgnoringCase("Cache-Control: no-store")
                    .containsIgnoringCase("Retry-After: 1")
                    .contains("application/problem+json", "\"code\":\"too-many-requests\""));
    assertThat(counters.refusals()).isEqualTo(refused.size());
    assertThat(RawHttp.send(server.actualPort(), RawHttp.get("/v1/about"), PATIENCE).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void everyFormOfTheCheckIsLimited(CheckForm form) throws IOException {
    String path = form.route().replaceAll("[{}]", "");
    for (String line : List.of("GET " + path + "?version=1", "POST " + path, "GET " + path + "/")) {
      HttpServer server = server(Map.of("towncrier.updates.checks-per-source", "3"));

      assertThat(statuses(server, line)).as(line).contains(200, 429);
    }
    assertThat(counters.refusals()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/devices",
        "GET /v1/devices/dev_1",
        "GET /v1/products/a/other",
        "POST /v1/devices/dev_1/outcomes",
        "POST /default/controller/v1/dev_1/deploymentBase/7/feedback",
        "GET /v1/about"
      })
  void nothingElseIs(String line) throws IOException {
    HttpServer server = server(Map.of("towncrier.updates.checks-per-source", "3"));

    assertThat(statuses(server, line)).containsOnly(200);
  }

  private static List<Integer> statuses(HttpServer server, String line) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      statuses.add(
          RawHttp.send(
                  server.actualPort(),
                  line
                      + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                      + "Connection: close\r\n\r\n",
                  PATIENCE)
              .status());
    }
    return statuses;
  }

  @Test
  void behindAProxyEachOfItsClientsHasItsOwnRate() throws IOException {
    HttpServer server =
        server(
            Map.of(
                "towncrier.updates.checks-per-source", "3", "towncrier.http.trusted-proxies", "1"));
    for (int i = 0; i < 20; i++) {
      assertThat(check(server, "203.0.113." + i + ":4711").status()).isEqualTo(200);
    }
  }

  @Test
  void sourcesAreCountedWhenTheirAddressesCanBeBelieved() {
    assertThat(CheckLimit.ORDER).isGreaterThan(ClientAddress.KNOWN_BEHIND);
  }

  @Test
  void aCdnIsExcepted() throws IOException {
    HttpServer server =
        server(
            Map.of(
                "towncrier.updates.checks-per-source",
                "1",
                "towncrier.updates.unlimited-sources",
                "198.51.100.0/24,127.0.0.0/8"));
    for (int i = 0; i < 20; i++) {
      assertThat(check(server, "203.0.113.1").status()).isEqualTo(200);
    }
  }

  @Test
  void zeroIsNoLimit() throws IOException {
    HttpServer server = server(Map.of("towncrier.updates.checks-per-source", "0"));
    for (int i = 0; i < 20; i++) {
      assertThat(check(server, "203.0.113.1").status()).isEqualTo(200);
    }
  }

  private static Map<String, String> proxies(Map<String, String> given) {
    Map<String, String> http = new HashMap<>(given);
    http.keySet().removeIf(name -> !name.startsWith("towncrier.http."));
    return http;
  }

  private HttpServer server(Map<String, String> given) {
    Map<String, String> settings = new HashMap<>(given);
    Router router = Router.router(vertx);
    new CheckLimit(
            Configs.of(UpdatesConfig.class, settings),
            Configs.of(TowncrierConfig.class, proxies(given)),
            counters,
            new ProblemAnswers(new ObjectMapper().registerModule(new Jdk8Module())))
        .register(router);
    router.route().handler(context -> context.end("x"));
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static RawHttp.Answer check(HttpServer server, String forwarded) throws IOException {
    return RawHttp.send(
        server.actualPort(),
        "GET "
            + CHECK
            + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: "
            + forwarded
            + "\r\nConnection: close\r\n\r\n",
        PATIENCE);
  }
}
