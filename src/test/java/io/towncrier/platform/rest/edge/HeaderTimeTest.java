package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A header that never ends, in front of the server that Quarkus uses. */
class HeaderTimeTest {
  private static final Duration MUCH_LONGER_THAN_THE_BOUND = Duration.ofSeconds(20);
  private static final int PACE_MILLIS = 20;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aBodyThatComesAsSlowlyAsItMayHasItsTime() {
    HttpServerOptions options = new HttpServerOptions().setIdleTimeout(120);
    HeaderTime.bound(options, Duration.ofMinutes(18));
    assertThat(options.getWriteIdleTimeout()).isEqualTo(18 * 60 + 120);
    options.setIdleTimeout(120_000).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    HeaderTime.bound(options, Duration.ofMinutes(18));
    assertThat(options.getWriteIdleTimeout()).isEqualTo((18 * 60 + 120) * 1_000);
  }

  @Test
  void aHeaderThatIsSentByteByByteEndsTheConnection() throws Exception {
    assertEnds("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  }

  @Test
  void theHeaderBehindAnAnswerDoesSoToo() throws Exception {
    String first = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertEnds(first + "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  }

  private void assertEnds(String begin) throws Exception {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setIdleTimeout(1_000)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    HeaderTime.bound(options, Duration.ofSeconds(1));
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(request -> request.response().end("answered"))
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      client.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
      client.setSoTimeout(PACE_MILLIS);
      assertThat(isEndedWhileItSends(client)).isTrue();
    }
  }

  private static boolean isEndedWhileItSends(Socket client) throws IOException {
    long end = System.nanoTime() + MUCH_LONGER_THAN_THE_BOUND.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (client.getInputStream().read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException silent) {
        try {
          client.getOutputStream().write('a');
        } catch (SocketException ended) {
          return true;
        }
      } catch (SocketException ended) {
        return true;
      }
    }
    return false;
  }
}
