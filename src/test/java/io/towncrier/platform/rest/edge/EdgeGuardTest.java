package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.rest.ProblemAnswers;
import io.towncrier.platform.rest.body.BodyTime;
import io.towncrier.testing.Configs;
import io.towncrier.testing.RawHttp;
import io.towncrier.testing.RawHttp.Answer;
import io.towncrier.testing.RouterServer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard in front of a server of its own. */
@Tag("zoneless")
class EdgeGuardTest {
  private static final List<String> BROKEN =
      List.of("version=1&cohort=50%", "version=1&cohort=%zz&country=DE");

  private final AtomicInteger reached = new AtomicInteger();
  private RouterServer server;

  @BeforeEach
  void start() {
    TowncrierConfig config =
        Configs.of(TowncrierConfig.class, Map.of("towncrier.limits.body-time", "PT0.2S"));
    ProblemAnswers answers =
        new ProblemAnswers(new ObjectMapper().registerModule(new Jdk8Module()));
    server =
        new RouterServer(
            router -> {
              new EdgeGuard(answers, new BodyTime(config, answers)).register(router);
              router.route().handler(this::reach);
            });
  }

  private void reach(RoutingContext context) {
    reached.incrementAndGet();
    context.request().endHandler(all -> context.response().end("reached")).resume();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPlainRequestPasses() throws IOException {
    Answer answer = server.send(RawHttp.get("/v1/about?x=1;2"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(reached).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void aFormOfTheCheckWithFactsInItsQueryReadsABrokenEscapeItself(CheckForm form)
      throws IOException {
    String path = form.route().replaceAll("[{}]", "");
    for (String end : new String[] {"", "/"}) {
      for (String query : BROKEN) {
        assertThat(server.send(RawHttp.get(path + end + "?" + query)).status())
            .as(query)
            .isEqualTo(form.hasFactsInItsQuery() ? 200 : 400);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/about",
        "/v1/products/p",
        "/v1/products/p/q/update",
        "/v1/products/p/updates",
        "/v1/products/p/update.txt.gz",
        "/v1/devices/dev_1/raucs",
        "/v1/admin/devices"
      })
  void everyOtherPathRefusesABrokenEscape(String path) throws IOException {
    refused(server.send(RawHttp.get(path + "?version=1&cohort=50%")), 400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1;x/about", "/a/%2e%2e/b", "/a%2Fb", "/a%5cb?q=1", "/%", "http://h/v1;x/about"})
  void aPathWithTwoMeaningsIsRefusedBeforeItIsRouted(String path) throws IOException {
    refused(server.send(RawHttp.get(path)), 400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: a b\r\n",
        "Host: @\r\n",
        "Host: a/b\r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nhost: other\r\n"
      })
  void aHostThatIsMissingOrWrongOrTwoIsRefused(String hosts) throws IOException {
    refused(
        server.send(
            "GET /v1/devices/dev_SECRET?t=SECRET HTTP/1.1\r\n"
                + hosts
                + "Connection: close\r\n\r\n"),
        400,
        "invalid-request");
  }

  @Test
  void halfABodyIsNotWaitedForWithoutEnd() throws IOException {
    Answer announced =
        server.send("PUT /v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345");
    assertThat(announced.closed()).isTrue();
    assertThat(announced.status()).isEqualTo(408);
    assertThat(announced.text()).contains("connection: close", "\"code\":\"request-timeout\"");

    Answer chunked =
        server.send(
            "POST /v1/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12");
    assertThat(chunked.closed()).isTrue();
    assertThat(chunked.status()).isEqualTo(408);
  }

  @Test
  void aBodyThatComesInTimeIsTaken() throws IOException {
    Answer answer =
        server.send(
            "POST /v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: 3\r\n\r\n123");

    assertThat(answer.status()).isEqualTo(200);
  }

  private void refused(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text())
        .contains("application/problem+json", "\"code\":\"" + code + "\"")
        .doesNotContain("SECRET");
    assertThat(reached).hasValue(0);
  }
}
