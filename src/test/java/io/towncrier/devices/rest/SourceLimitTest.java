package io.towncrier.devices.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.testing.Configs;
import io.towncrier.testing.RouterServer;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which setting says how many proxies stand before the limits by source: one, by either name. */
@Tag("zoneless")
class SourceLimitTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-30T12:00:00Z"));
  private static final String NAME = "TOWNCRIER_HTTP_TRUSTED_PROXIES";
  private static final String FORMER = "TOWNCRIER_DEVICES_REGISTRATION_TRUSTED_PROXIES";

  private RouterServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {NAME, FORMER})
  void byEitherNameAloneEachClientOfTheProxyHasItsOwnBudget(String name) throws IOException {
    serve(Map.of(name, "1"));

    assertThat(take("203.0.113.7")).isEqualTo(200);
    assertThat(take("203.0.113.7")).isEqualTo(429);
    assertThat(take("203.0.113.8")).isEqualTo(200);
  }

  @Test
  void ofBothNamesTheNewOneCounts() throws IOException {
    serve(Map.of(NAME, "0", FORMER, "1"));

    assertThat(take("203.0.113.7")).isEqualTo(200);
    assertThat(take("203.0.113.8")).isEqualTo(429);
  }

  @Test
  void withNeitherNobodyIsBelieved() throws IOException {
    serve(Map.of());

    assertThat(take("203.0.113.7")).isEqualTo(200);
    assertThat(take("203.0.113.8")).isEqualTo(429);
  }

  private void serve(Map<String, String> proxies) throws IOException {
    Map<String, String> environment = new HashMap<>(proxies);
    environment.put("TOWNCRIER_DEVICES_REGISTRATION_BURST", "1");
    environment.put("TOWNCRIER_DEVICES_REGISTRATION_EVERY", "1h");
    SourceLimit limit =
        new SourceLimit(
            Configs.ofEnvironment(DevicesConfig.class, environment),
            Configs.ofEnvironment(TowncrierConfig.class, environment),
            CLOCK);
    server =
        new RouterServer(
            router ->
                router
                    .route()
                    .handler(
                        context -> {
                          try {
                            limit.take(context.request(), "requests");
                            context.end();
                          } catch (ProblemException refused) {
                            context.response().setStatusCode(429).end();
                          }
                        }));
  }

  private int take(String client) throws IOException {
    return server
        .send(
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: "
                + client
                + "\r\n\r\n")
        .status();
  }
}
