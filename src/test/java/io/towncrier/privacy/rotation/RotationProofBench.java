package io.towncrier.privacy.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.delivery.KillField;
import io.towncrier.delivery.KillablePostgres;
import io.towncrier.devices.PushAddress;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.TestKeys;
import io.towncrier.privacy.Vault;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged server rotates the keys of a database that was used before there were versions:
 * under reads, and killed at random moments. Run by bench/rotation.
 */
@Tag("bench")
class RotationProofBench {
  private static final int DEVICES = Integer.getInteger("devices", 200_000);
  private static final int READS = Integer.getInteger("reads", 1_000_000);
  private static final int KILLS = Integer.getInteger("kills", 50);
  private static final int READERS = 8;
  private static final int PHONES = 400;
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Path REPORT = Path.of("target", "rotation.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String PHASE =
      "SELECT coalesce((SELECT key_rotation.phase FROM key_rotation), '')";
  private static final String SEALED_BEFORE =
      "SELECT count(*) FROM device WHERE get_byte(device.push_sealed, 0) = 1";

  private final Random random = new Random(Long.getLong("seed", 20261130));
  private final HttpClient client = HttpClient.newHttpClient();
  private KillablePostgres postgres;
  private PackagedServer server;

  @BeforeEach
  void start() throws Exception {
    postgres = KillablePostgres.start();
    new KillField(postgres::connect).plan(DEVICES);
    server =
        new PackagedServer(
            postgres.url(),
            Map.of(
                "TOWNCRIER_MASTER_KEY",
                KillField.MASTER_KEY,
                "TOWNCRIER_OPERATOR_TOKEN",
                TestPostgres.OPERATOR_TOKEN,
                "TOWNCRIER_DEVICES_REGISTRATION_BURST",
                "1000000",
                "TOWNCRIER_SERVER_MARK_EVERY",
                "0.3s"));
    server.startIfDead();
  }

  @AfterEach
  void stop() throws Exception {
    server.kill();
    postgres.stop();
  }

  @Test
  void readsGoOnWhileTheKeysAreRotated() throws Exception {
    List<JsonNode> phones = phones();
    begin();
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    AtomicLong reads = new AtomicLong();
    AtomicLong failures = new AtomicLong();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      Random of = new Random(i);
      all.add(
          readers.submit(
              () -> {
                while (reads.incrementAndGet() <= READS) {
                  if (read(phones.get(of.nextInt(PHONES))) != 200) {
                    failures.incrementAndGet();
                  }
                }
              }));
    }
    switchOver();
    Await.until("it is sealed anew", LONG, () -> text(PHASE).equals("WAITING"));
    boolean whileReading = reads.get() < READS;
    for (Future<?> reader : all) {
      reader.get();
    }
    readers.shutdown();
    report(
        "| %,d devices, %,d reads meanwhile | %d failed | 0 |"
            .formatted(DEVICES, READS, failures.get()));
    report(
        "| values left under the former keys | %s sealed, %s hashes that only a device can renew | 0, counted |"
            .formatted(text(SEALED_BEFORE), text("SELECT last_left FROM key_rotation")));
    assertThat(failures).hasValue(0);
    assertThat(text(SEALED_BEFORE)).isEqualTo("0");
    assertThat(text("SELECT last_left FROM key_rotation")).isEqualTo(Integer.toString(PHONES));
    assertThat(whileReading || READS < 100_000).as("it was rotated while they read").isTrue();
  }

  @Test
  void killsAtRandomMomentsLoseNothing() throws Exception {
    begin();
    switchOver();
    int kills = 0;
    while (kills < KILLS) {
      Thread.sleep(random.nextInt(700));
      if (text(PHASE).equals("RESEALING")) {
        server.kill();
        kills++;
        server.startIfDead();
      } else if (text(PHASE).equals("WAITING")) {
        sql("UPDATE key_rotation SET since = since - interval '3 minutes'");
      } else if (text(PHASE).isEmpty()) {
        begin();
        switchOver();
      }
    }
    Await.until("it is sealed anew", LONG, () -> text(PHASE).equals("WAITING"));
    String opened = Integer.toString(opened());
    report("| `kill -9` at random moments while sealing anew | %d | |".formatted(kills));
    report(
        "| of %,d addresses open afterwards, each its own | %s | all |".formatted(DEVICES, opened));
    assertThat(opened).isEqualTo(Integer.toString(DEVICES));
    assertThat(text("SELECT count(DISTINCT push_index) FROM device"))
        .isEqualTo(Integer.toString(DEVICES));
  }

  private void begin() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            "java",
            "-jar",
            System.getProperty("server.jar", "target/quarkus-app/quarkus-run.jar"),
            "keys",
            "rotate");
    command
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                postgres.url(),
                "QUARKUS_DATASOURCE_USERNAME",
                "postgres",
                "QUARKUS_DATASOURCE_PASSWORD",
                "postgres",
                "TOWNCRIER_MASTER_KEY",
                KillField.MASTER_KEY));
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** The server has looked at the versions by then: it does so three times a second here. */
  private void switchOver() {
    Await.aWhile(Duration.ofSeconds(2));
    sql("UPDATE key_rotation SET since = since - interval '3 minutes'");
    Await.until("it is switched", LONG, () -> text(PHASE).equals("SWITCHED"));
    Await.aWhile(Duration.ofSeconds(2));
    sql("UPDATE key_rotation SET since = since - interval '3 minutes'");
  }

  private int opened() throws SQLException {
    int opened = 0;
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, push_sealed FROM device")) {
      Vault vault = TestKeys.vaultOf(connection);
      while (rows.next()) {
        String id = rows.getString(1);
        opened +=
            vault
                    .open(new Sealed(rows.getBytes(2)), PushAddress.placeOf(id))
                    .reveal()
                    .equals(KillField.addressOf(id))
                ? 1
                : 0;
      }
    }
    return opened;
  }

  private List<JsonNode> phones() throws IOException, InterruptedException {
    send("POST", "/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, Api.sampleCatalogue());
    List<JsonNode> phones = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      phones.add(
          JSON.readTree(
              send(
                      "POST",
                      "/v1/devices",
                      "",
                      "{\"kind\":\"phone\",\"product\":\"router-app-android\",\"version\":\"3.0.1\"}")
                  .body()));
    }
    return phones;
  }

  private int read(JsonNode phone) {
    try {
      return send(
              "GET",
              "/v1/devices/" + phone.path("deviceId").asText(),
              phone.path("secret").asText(),
              "")
          .statusCode();
    } catch (IOException lost) {
      return 0;
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  private HttpResponse<String> send(String method, String path, String credential, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!credential.isEmpty()) {
      request.header("Authorization", "Bearer " + credential);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void sql(String statement) {
    try (Connection connection = postgres.connect();
        Statement update = connection.createStatement()) {
      update.execute(statement);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private String text(String query) {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void report(String line) throws IOException {
    Files.writeString(REPORT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
