package io.towncrier.functions.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.Secrets;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.towncrier.testing.Configs;
import io.towncrier.testing.RouterServer;
import java.io.IOException;
import java.util.Map;
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
  private boolean isAway;
  private RouterServer server;

  @BeforeEach
  void start() {
    Secrets secrets =
        where -> {
          asked.incrementAndGet();
          if (isAway) {
            throw new IllegalStateException("away");
          }
          return "known-to-the-cdn";
        };
    Filters filters = new Filters();
    new EdgeRequests(
            Configs.of(EdgeConfig.class, Map.of("towncrier.edge.secret", "secretsmanager:edge")),
            secrets)
        .register(filters);
    server =
        new RouterServer(
            router -> {
              filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
              router
                  .route()
                  .handler(context -> context.end(ClientAddress.of(context.request(), BETWEEN)));
            });
  }

  @AfterEach
  void stop() {
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
