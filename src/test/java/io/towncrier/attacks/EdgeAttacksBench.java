package io.towncrier.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.attacks.Target.Answer;
import io.towncrier.testing.RawHttp;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a stranger without any credential can do at the edge. Run by bench/attacks. */
@Tag("bench")
class EdgeAttacksBench {
  private static final int SETTINGS_FRAME = 4;
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final int USUAL_SECONDS = 6 * 3_600;
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  // Who is offered something is never asked to come later.
  private static final String NOTHING_NEW = "/v1/products/router-app-android/update?version=3.1.0";

  private static Target target;

  @BeforeAll
  static void start() throws Exception {
    target =
        Target.start(
            Map.of(
                "TOWNCRIER_HTTP_TRUSTED_PROXIES", "1",
                "TOWNCRIER_UPDATES_CHECKS_PER_SECOND", "100",
                "TOWNCRIER_DEVICES_REGISTRATION_AN_HOUR", "60",
                "TOWNCRIER_LIMITS_BODY_TIME", "2s"));
  }

  @AfterAll
  static void stop() throws Exception {
    target.close();
  }

  @Test
  void attack06InventedMethodsAndPathsMakeNoSeries() throws Exception {
    long before = series();
    for (int i = 0; i < 1_000; i++) {
      raw("M%07dX /v1/about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(i));
      target.get("/v1/admin/devices/dev_attacker" + i + "/revoke", Map.of());
    }
    assertThat(series() - before).as("new series").isLessThan(60);
    assertThat(metrics().text()).doesNotContain("dev_attacker", "M0000001X");
  }

  private static long series() throws InterruptedException {
    return metrics().text().lines().filter(line -> !line.startsWith("#")).count();
  }

  private static Answer metrics() throws InterruptedException {
    Answer inside = Target.send(target.server.managementPort(), "GET", "/q/metrics", Map.of(), "");
    return inside.status() == 200 ? inside : target.get("/q/metrics", Map.of());
  }

  @Test
  void attack15MetricsAndDetailsOfHealthAreNotForEverybody() throws Exception {
    assertThat(target.get("/q/metrics", Map.of()).status()).isEqualTo(404);
    assertThat(target.get("/q/health", Map.of()).text()).doesNotContain("snapshot", "push");
  }

  @Test
  void attack08OneClientDoesNotMakeEverybodyComeLater() throws Exception {
    Map<String, String> polite = Map.of("X-Forwarded-For", "198.51.100.2");
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
    for (int i = 0; i < 4; i++) {
      Thread thread = new Thread(() -> flood(end));
      thread.start();
      threads.add(thread);
    }
    long latest = 0;
    while (System.nanoTime() < end + Duration.ofSeconds(2).toNanos()) {
      Answer answer = target.get(NOTHING_NEW, polite);
      assertThat(answer.status()).isEqualTo(200);
      latest = Math.max(latest, answer.body().path("nextCheckSeconds").asLong());
      Thread.sleep(200);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(latest).as("nextCheckSeconds").isBetween(1L, 2 * USUAL_SECONDS * 11 / 10L);
  }

  private static void flood(long end) {
    String one =
        "GET "
            + NOTHING_NEW
            + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 198.51.100.1\r\n\r\n";
    byte[] fifty = one.repeat(50).getBytes(StandardCharsets.US_ASCII);
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.server.port())) {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        byte[] seen = new byte[1 << 16];
        while (System.nanoTime() < end) {
          socket.getOutputStream().write(fifty);
          if (socket.getInputStream().read(seen) < 0) {
            break;
          }
        }
      } catch (IOException refused) {
        // It comes again.
      }
    }
  }

  @Test
  void attack12ASupplyOfSourcesIsNoSupplyOfDevices() throws Exception {
    int made = 0;
    for (int i = 0; i < 150; i++) {
      String source = "2001:db8:" + Integer.toHexString(i) + "::1";
      Answer answer =
          target.post(
              "/v1/devices",
              Map.of("X-Forwarded-For", source),
              """
              {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
               "timezone":"Europe/Berlin","language":"en"}
              """);
      made += answer.status() == 201 ? 1 : 0;
    }
    // At the turn of an hour it is twice as many.
    assertThat(made).as("registered of 150, where the cell takes 60 an hour").isLessThan(125);
  }

  @Test
  void attack13HalfABodyIsNotWaitedForWithoutEnd() throws Exception {
    RawHttp.Answer answer =
        RawHttp.send(
            target.server.port(),
            "POST /v1/devices HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{\"kind\":",
            PATIENCE);
    assertThat(answer.closed()).as("the connection ends").isTrue();
    assertThat(answer.status()).isEqualTo(408);
  }

  @Test
  void attack13StreamsOfOneConnectionAreLimited() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.server.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[] {0, 0, 0, SETTINGS_FRAME, 0, 0, 0, 0, 0});
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      assertThat(in.readUnsignedByte()).as("a SETTINGS frame").isEqualTo(SETTINGS_FRAME);
      in.skipNBytes(5);
      long streams = Long.MAX_VALUE;
      for (int read = 0; read < length; read += 6) {
        int setting = in.readUnsignedShort();
        long value = in.readInt() & 0xffff_ffffL;
        streams = setting == MAX_CONCURRENT_STREAMS ? value : streams;
      }
      assertThat(streams).as("streams at a time").isLessThanOrEqualTo(1_000);
    }
  }

  @Test
  void attack05APathWithTwoMeaningsIsRefused() throws Exception {
    for (String path :
        List.of(
            "/v1/devices;x=1/dev_1",
            "/v1;x/about",
            "/v1/devices/;/dev_1",
            "/v1%2Fabout",
            "/v1/x/../about",
            "/v1/about%00",
            "/v1/x%5Cabout",
            "/v1/about%3Bx")) {
      assertThat(raw(RawHttp.get(path)).status()).as(path).isEqualTo(400);
    }
  }

  @Test
  void attack16ARequestWithoutHostWritesNothingOfItsPathIntoTheLog() throws Exception {
    raw("GET /v1/devices/dev_X/x?token=S3CRET-IN-A-QUERY HTTP/1.1\r\nConnection: close\r\n\r\n");
    raw("GET /v1/x?token=S3CRET-IN-A-QUERY HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n");
    assertThat(target.server.log()).doesNotContain("S3CRET-IN-A-QUERY");
  }

  @Test
  void attack20TwoHostsAndTooLargeBodiesAreProblemsAndEnd() throws Exception {
    RawHttp.Answer hosts =
        raw("GET /v1/about HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n");
    assertThat(hosts.status()).isEqualTo(400);
    assertThat(hosts.body()).contains("\"code\"");
    RawHttp.Answer large =
        raw(
            "POST /v1/devices HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 900000000\r\n\r\n{");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.closed()).as("the connection ends").isTrue();
  }

  private static RawHttp.Answer raw(String bytes) throws IOException {
    return RawHttp.send(target.server.port(), bytes, PATIENCE);
  }
}
