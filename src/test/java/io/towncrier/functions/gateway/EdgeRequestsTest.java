package io.towncrier.functions.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.rest.edge.ClientAddress;
import io.towncrier.testing.Await;
import io.towncrier.testing.Configs;
import io.towncrier.testing.RouterServer;
import io.towncrier.updates.UpdatesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which address a request counts in a cell with a CDN. */
class EdgeRequestsTest {
  private static final String CONNECTION = "127.0.0.1";
  // API Gateway appends the CDN, and the CDN its client.
  private static final int BETWEEN = 2;

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch silence = new CountDownLatch(1);
  private volatile boolean isAway;
  private volatile boolean isSilent;
  private RouterServer server;

  @BeforeEach
  void start() {
    server = server("0", Duration.ofSeconds(2), 0);
  }

  private RouterServer server(String checksPerSource, Duration atMost, int countedAt) {
    EdgeRequests edge =
        new EdgeRequests(
            Configs.of(EdgeConfig.class, Map.of("towncrier.edge.secret", "secretsmanager:edge")),
            Configs.of(
                UpdatesConfig.class,
                Map.of("towncrier.updates.checks-per-source", checksPerSource)),
            this::reveal,
            atMost);
    return new RouterServer(
        router -> {
          edge.register(router);
          router
              .route()
              .order(countedAt)
              .handler(context -> context.end(ClientAddress.of(context.request(), BETWEEN)));
        });
  }

  private String reveal(String where) {
    asked.incrementAndGet();
    if (isAway) {
      throw new IllegalStateException("away");
    }
    if (isSilent) {
      Await.opened(silence);
    }
    return "known-to-the-cdn";
  }

  @AfterEach
  void stop() {
    silence.countDown();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/devices",
        "POST /v1/devices/",
        "PUT /v1/devices/dev_1/push-address",
        "POST /v1/devices/dev_1/outcomes",
        "POST /v1/devices/dev_1/check",
        "GET /default/controller/v1/dev_1",
        "POST /console/session",
        "GET /console/callback"
      })
  void everyPathCountsTheClientOfTheCdn(String line) throws IOException {
    assertThat(counted(line, "203.0.113.7", "known-to-the-cdn")).isEqualTo("203.0.113.7");
    assertThat(counted(line, "203.0.113.8", "known-to-the-cdn")).isEqualTo("203.0.113.8");
    assertThat(counted(line, "203.0.113.9", "guessed")).isEqualTo(CONNECTION);
    assertThat(counted(line, "203.0.113.9", null)).isEqualTo(CONNECTION);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aSecretThatCannotBeReadIsNotWaitedForByEachRequest() throws IOException {
    isAway = true;
    for (int i = 0; i < 5; i++) {
      assertThat(counted("PUT /v1/devices/d/push-address", "203.0.113.7", "known-to-the-cdn"))
          .isEqualTo(CONNECTION);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void aSecretThatDoesNotComeIsWaitedForOnceAndTakenLater() throws IOException {
    server.close();
    server = server("0", Duration.ofMillis(50), 0);
    isSilent = true;
    for (int i = 0; i < 5; i++) {
      assertThat(counted("POST /v1/devices", "203.0.113.7", "known-to-the-cdn"))
          .isEqualTo(CONNECTION);
    }
    assertThat(asked).hasValue(1);
    silence.countDown();
    Await.patiently(
        "the secret is known",
        () -> counts("POST /v1/devices", "203.0.113.7").equals("203.0.113.7"));
    assertThat(asked).hasValue(1);
  }

  /** A caller who writes the header would get around the limit of checks otherwise. */
  @Test
  void whereChecksAreLimitedTheHeaderIsTakenAwayBeforeTheyAreCounted() throws IOException {
    server.close();
    server = server("200", Duration.ofSeconds(2), ClientAddress.KNOWN_BEHIND + 1);
    String check = "GET /v1/products/a/update?version=1";
    assertThat(counted(check, "203.0.113.9", "guessed")).isEqualTo(CONNECTION);
    assertThat(counted(check, "203.0.113.9", null)).isEqualTo(CONNECTION);
    assertThat(counted(check, "203.0.113.7", "known-to-the-cdn")).isEqualTo("203.0.113.7");
  }

  private String counts(String line, String client) {
    try {
      return counted(line, client, "known-to-the-cdn");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String counted(String line, String client, String shown) throws IOException {
    return server
        .send(
            line
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                + "X-Forwarded-For: "
                + client
                + ", 192.0.2.1\r\n"
                + (shown == null ? "" : "X-Towncrier-Edge: " + shown + "\r\n")
                + "\r\n")
        .body();
  }
}
