package io.towncrier.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.towncrier.platform.rest.RouteName;
import io.towncrier.testing.RouterServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("zoneless")
class HttpSeriesTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private RouterServer server;

  @BeforeEach
  void start() {
    server =
        new RouterServer(
            router -> {
              new HttpSeries(registry).register(router);
              router
                  .get("/v1/things/:id")
                  .handler(
                      context -> {
                        context.put(RouteName.OF_REQUEST, "/v1/things/{id}");
                        context.end("x");
                      });
              router.get("/page").handler(context -> context.end("x"));
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRequestCountsByItsRouteAndNotByItsPath() throws IOException {
    call("GET", "/v1/things/dev_1");
    call("GET", "/v1/things/dev_2");

    Timer timer =
        registry
            .get("http.server.requests")
            .tags("method", "GET", "uri", "/v1/things/{id}", "status", "200", "outcome", "SUCCESS")
            .timer();
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(registry.get("http.server.active.requests").gauge().value()).isZero();
  }

  @Test
  void noTextOfACallerIsATagAndTheirNumberEnds() throws IOException {
    Random random = new Random(20261129);
    for (int i = 0; i < 300; i++) {
      String method = i % 3 == 0 ? "GET" : "M" + Integer.toHexString(random.nextInt());
      String path = "/" + List.of("", "page", "v1/things/x", "canary").get(random.nextInt(4));
      call(method.toUpperCase(Locale.ROOT), path + (i % 5 == 0 ? "canary" + i : ""));
    }
    // A method in lower case is another method (RFC 9110 section 9.1).
    call("get", "/page");
    // Refused by the router itself, before any handler.
    server.send("XCANARY /canary HTTP/1.1\r\n\r\n", Duration.ofMillis(200));

    List<Meter> series =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().equals("http.server.requests"))
            .toList();
    assertThat(series).hasSizeBetween(4, 12);
    assertThat(series)
        .allSatisfy(
            meter -> {
              assertThat(meter.getId().getTag("method")).isIn("GET", "OTHER");
              assertThat(meter.getId().getTag("uri")).isIn("/v1/things/{id}", "NOT_FOUND", "OTHER");
            });
  }

  private void call(String method, String path) throws IOException {
    server.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }
}
