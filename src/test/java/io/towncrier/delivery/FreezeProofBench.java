package io.towncrier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.TestKeys;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.PackagedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One of two servers on one PostgreSQL is stopped (SIGSTOP) while a notice runs and users opt out
 * at the other: that one goes on sending, opt-outs take the lease at most, and nothing is sent
 * after an acknowledgement, not by the stopped one either once it goes on. Run by bench/freeze.
 */
@Tag("bench")
class FreezeProofBench {
  private static final int[] SECONDS =
      Arrays.stream(System.getProperty("seconds", "20,60,120").split(","))
          .mapToInt(Integer::parseInt)
          .toArray();
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final int OPT_OUTS_A_SECOND = 2;
  private static final Duration BEHIND = Duration.ofSeconds(15);
  private static final int A_MINUTE = 6_000;
  private static final String OPERATOR = "op_for_tests_only_0123456789";
  private static final Path REPORT = Path.of("target", "freeze.md");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final LoopbackFcm fcm = new LoopbackFcm();
  private final Queue<OptOut> optOuts = new ConcurrentLinkedQueue<>();
  private final List<Registered> users = new ArrayList<>();
  private KillablePostgres postgres;
  private KillField field;
  private PackagedServer living;
  private PackagedServer frozen;

  @BeforeEach
  void start() throws Exception {
    Map<String, String> toFcm = fcm.start();
    fcm.latency(() -> Duration.ofMillis(50));
    postgres = KillablePostgres.start();
    living = server(toFcm);
    frozen = server(toFcm);
    living.startIfDead();
    send("POST", "/v1/admin/catalogue", OPERATOR, Api.sampleCatalogue());
    int seconds = Arrays.stream(SECONDS).sum();
    for (int i = 0; i < (seconds + 10 * SECONDS.length) * OPT_OUTS_A_SECOND; i++) {
      users.add(register());
    }
    field = new KillField(postgres::connect);
    int whole = seconds + 60 * SECONDS.length;
    field.plan(A_MINUTE / 60 * whole);
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      // All the time some are due, of those who opt out as well.
      statement.execute(
          "UPDATE delivery SET due_at = now() + random() * interval '%d seconds'".formatted(whole));
    }
    frozen.startIfDead();
  }

  @AfterEach
  void stop() throws Exception {
    living.kill();
    frozen.thaw();
    frozen.kill();
    postgres.stop();
    fcm.stop();
  }

  @Test
  void theOtherGoesOnAndNothingIsSentAfterAnAcknowledgement() throws Exception {
    StringBuilder report =
        new StringBuilder(
            """
            | SIGSTOP for | sent meanwhile | longest pause in sending | opt-outs | p50 | p99 | longest in all | longest answer | not yet effective |
            |---|---|---|---|---|---|---|---|---|
            """);
    int next = 0;
    List<Measured> all = new ArrayList<>();
    for (int seconds : SECONDS) {
      Thread.sleep(10_000);
      optOuts.clear();
      long from = System.nanoTime();
      frozen.freeze();
      List<Thread> asked = new ArrayList<>();
      for (int i = 0; i < seconds * OPT_OUTS_A_SECOND; i++) {
        Registered user = users.get(next++);
        Thread asking = new Thread(() -> optOut(user), "opt-out");
        asking.start();
        asked.add(asking);
        Thread.sleep(1_000 / OPT_OUTS_A_SECOND);
      }
      frozen.thaw();
      long to = System.nanoTime();
      for (Thread one : asked) {
        one.join();
      }
      Thread.sleep(BEHIND.toMillis());
      Measured measured = measure(seconds, from, to);
      all.add(measured);
      report.append(measured.row());
    }
    Files.writeString(REPORT, report);
    System.out.println(report);
    for (Measured one : all) {
      assertThat(one.afterAcknowledgement()).isZero();
      assertThat(one.longestPause()).isLessThan(Duration.ofSeconds(10));
      assertThat(one.longest()).isLessThan(LEASE.plusSeconds(5));
      assertThat(one.longestAnswer()).isLessThan(Duration.ofSeconds(22));
    }
  }

  private Measured measure(int seconds, long from, long to) {
    long[] arrivals =
        fcm.all().stream()
            .mapToLong(LoopbackFcm.Arrival::nanos)
            .filter(at -> at >= from && at <= to)
            .sorted()
            .toArray();
    long pause = 0;
    long last = from;
    for (long at : arrivals) {
      pause = Math.max(pause, at - last);
      last = at;
    }
    pause = Math.max(pause, to - last);
    long late =
        optOuts.stream()
            .filter(
                one ->
                    fcm.to(one.address()).stream()
                        .anyMatch(arrival -> arrival.nanos() > one.acknowledged()))
            .count();
    long[] took = optOuts.stream().mapToLong(OptOut::took).sorted().toArray();
    return new Measured(
        seconds,
        arrivals.length,
        Duration.ofNanos(pause),
        took.length,
        Duration.ofNanos(took[took.length / 2]),
        Duration.ofNanos(took[took.length * 99 / 100]),
        Duration.ofNanos(took[took.length - 1]),
        Duration.ofNanos(optOuts.stream().mapToLong(OptOut::longestAnswer).max().orElse(0)),
        optOuts.stream().mapToLong(OptOut::refused).sum(),
        late);
  }

  private void optOut(Registered user) {
    long began = System.nanoTime();
    long longest = 0;
    int refused = 0;
    while (true) {
      long asked = System.nanoTime();
      int status =
          send(
                  "PUT",
                  "/v1/devices/" + user.id() + "/notification-alerts",
                  user.secret(),
                  "{\"push\":false,\"revision\":0}")
              .statusCode();
      long answered = System.nanoTime();
      longest = Math.max(longest, answered - asked);
      if (status == 200) {
        optOuts.add(new OptOut(user.address(), answered, answered - began, longest, refused));
        return;
      }
      if (status != 503) {
        throw new IllegalStateException("answered " + status);
      }
      refused++;
    }
  }

  private PackagedServer server(Map<String, String> toFcm) throws IOException {
    return new PackagedServer(
        postgres.url(),
        Map.of(
            "TOWNCRIER_MASTER_KEY",
            KillField.MASTER_KEY,
            "TOWNCRIER_OPERATOR_TOKEN",
            OPERATOR,
            "TOWNCRIER_FCM_CREDENTIALS",
            toFcm.get("towncrier.fcm.credentials"),
            "TOWNCRIER_FCM_ENDPOINT",
            toFcm.get("towncrier.fcm.endpoint"),
            "TOWNCRIER_DEVICES_REGISTRATION_BURST",
            "1000000",
            "TOWNCRIER_DELIVERY_BATCH",
            "50",
            "TOWNCRIER_DELIVERY_QUOTA_PER_MINUTE",
            Integer.toString(4 * A_MINUTE),
            "TOWNCRIER_SERVER_DRAIN_EVERY",
            "0.2s"));
  }

  private Registered register() throws IOException, SQLException {
    JsonNode made =
        json.readTree(
            send(
                    "POST",
                    "/v1/devices",
                    "",
                    """
                    {"kind":"phone","product":"router-app-android","version":"3.0.1",
                     "country":"DE","timezone":"Europe/Berlin","language":"en"}
                    """)
                .body());
    Registered user =
        new Registered(
            made.path("deviceId").asText(),
            made.path("secret").asText(),
            KillField.addressOf(made.path("deviceId").asText()));
    try (Connection connection = postgres.connect();
        PreparedStatement reach =
            connection.prepareStatement(
                """
                UPDATE device SET push_provider = 'fcm', push_kind = 'TOKEN', push_sealed = ?,
                  push_index = decode(md5(id), 'hex')
                WHERE id = ?
                """)) {
      reach.setBytes(
          1,
          TestKeys.vaultOf(connection)
              .seal(new Secret(user.address()), PushAddress.placeOf(user.id()))
              .bytes());
      reach.setString(2, user.id());
      reach.executeUpdate();
    }
    return user;
  }

  private HttpResponse<String> send(String method, String path, String credential, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + living.port() + path))
            .timeout(Duration.ofMinutes(3))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!credential.isEmpty()) {
      request.header("Authorization", "Bearer " + credential);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private record Registered(String id, String secret, String address) {}

  private record OptOut(
      String address, long acknowledged, long took, long longestAnswer, int refused) {}

  private record Measured(
      int seconds,
      int sent,
      Duration longestPause,
      int optOuts,
      Duration median,
      Duration p99,
      Duration longest,
      Duration longestAnswer,
      long refused,
      long afterAcknowledgement) {
    String row() {
      return String.format(
          Locale.ROOT,
          "| %d s | %,d | %.1f s | %d | %d ms | %.1f s | %.1f s | %.1f s | %d |%n",
          seconds,
          sent,
          longestPause.toMillis() / 1e3,
          optOuts,
          median.toMillis(),
          p99.toMillis() / 1e3,
          longest.toMillis() / 1e3,
          longestAnswer.toMillis() / 1e3,
          refused);
    }
  }
}
