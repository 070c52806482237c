package io.towncrier.faults;

import io.towncrier.delivery.KillablePostgres;
import io.towncrier.testing.Api;
import io.towncrier.testing.FaultyWire;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two packaged servers on one PostgreSQL and one loopback FCM, with what it takes to make each of
 * them fail. Ends only what it has started itself.
 */
final class FaultField {
  static final Duration LEASE = Duration.ofSeconds(45);
  private static final int DATABASE_MEGABYTES = 1_500;
  private static final int FOLDER_MEGABYTES = 96;

  final LoopbackFcm fcm = new LoopbackFcm();
  final List<Downtime> away = List.of(new Downtime(), new Downtime());
  final List<PackagedServer> servers = new ArrayList<>();
  final List<Optional<ShiftedClock>> serverClocks = new ArrayList<>();
  KillablePostgres postgres;
  FaultyWire toDatabase;
  FaultyWire toProvider;
  Optional<SmallDisk> disk = Optional.empty();
  Optional<SmallDisk> folder = Optional.empty();
  Optional<ShiftedClock> databaseClock = Optional.empty();
  private boolean closed;

  void start() throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeQuietly));
    Map<String, String> toFcm = fcm.start();
    fcm.latency(() -> Duration.ofMillis(50));
    int fcmPort = URI.create(fcm.endpoint()).getPort();
    toProvider = new FaultyWire(fcmPort);
    disk = SmallDisk.mount("faults-disk", DATABASE_MEGABYTES);
    folder = SmallDisk.mount("faults-folder", FOLDER_MEGABYTES);
    databaseClock = ShiftedClock.make("database");
    startDatabase();
    toDatabase = new FaultyWire(postgres.port());
    Path credentials = throughTheWire(Path.of(toFcm.get("towncrier.fcm.credentials")), fcmPort);
    for (int i = 0; i < Traffic.SERVERS; i++) {
      serverClocks.add(ShiftedClock.make("server"));
      servers.add(server(i, credentials));
      servers.get(i).startIfDead();
    }
    importCatalogue();
    // The second server looks for another catalogue every two seconds at the latest.
    Thread.sleep(4_000);
  }

  private void startDatabase() throws IOException, InterruptedException {
    Path data = disk.isPresent() ? disk.get().path() : Files.createTempDirectory("faults-database");
    postgres =
        KillablePostgres.start(
            data.resolve("data"),
            Map.of("max_wal_size", "64MB", "min_wal_size", "32MB"),
            databaseClock.map(ShiftedClock::environment).orElse(Map.of()));
    // From here on with the clock that can be set.
    postgres.end();
    postgres.restart();
  }

  private Path throughTheWire(Path credentials, int fcmPort) throws IOException {
    Path rewritten = Files.createTempFile("faults-credentials", ".json");
    String text = Files.readString(credentials);
    Files.writeString(rewritten, text.replace(":" + fcmPort + "/", ":" + toProvider.port() + "/"));
    return rewritten;
  }

  private PackagedServer server(int number, Path credentials) throws IOException {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "TOWNCRIER_OPERATOR_TOKEN",
                TestPostgres.OPERATOR_TOKEN,
                "TOWNCRIER_FCM_CREDENTIALS",
                credentials.toString(),
                "TOWNCRIER_FCM_ENDPOINT",
                "http://127.0.0.1:" + toProvider.port(),
                "TOWNCRIER_DEVICES_REGISTRATION_BURST",
                "1000000",
                "TOWNCRIER_DEVICES_REGISTRATION_AN_HOUR",
                "1000000",
                "TOWNCRIER_DEVICES_CHALLENGES_AN_HOUR",
                "1000000",
                "TOWNCRIER_DELIVERY_LEASE",
                LEASE.toSeconds() + "s"));
    serverClocks.get(number).ifPresent(clock -> settings.putAll(clock.environment()));
    folder.ifPresent(
        small ->
            settings.put("TOWNCRIER_DATA_DIR", small.path().resolve("data" + number).toString()));
    return new PackagedServer(
        "postgresql://127.0.0.1:" + toDatabase.port() + "/postgres", settings);
  }

  private void importCatalogue() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + servers.get(0).port() + "/v1/admin/catalogue"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(Api.sampleCatalogue()))
            .build();
    int status =
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status != 200) {
      throw new IllegalStateException("the catalogue was answered " + status);
    }
  }

  /** The kinds that this machine can have; says loudly which it cannot. */
  List<Fault.Kind> possible() {
    List<Fault.Kind> kinds = new ArrayList<>(List.of(Fault.Kind.values()));
    if (disk.isEmpty() || folder.isEmpty()) {
      System.out.println("SKIPPED: no full disks, since nothing can be mounted here");
      kinds.removeIf(Fault.Kind::needsASmallDisk);
    }
    if (databaseClock.isEmpty() || serverClocks.stream().anyMatch(Optional::isEmpty)) {
      System.out.println("SKIPPED: no clocks that are set, since there is no C compiler here");
      kinds.removeIf(Fault.Kind::needsAClock);
    }
    return kinds;
  }

  int[] ports() {
    return servers.stream().mapToInt(PackagedServer::port).toArray();
  }

  /** Past the wire, for what is looked at afterwards. */
  Connection connect() throws SQLException {
    return postgres.connect();
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException | InterruptedException failure) {
      System.err.println("not all is cleaned up: " + failure);
    }
  }

  synchronized void close() throws IOException, InterruptedException {
    if (closed) {
      return;
    }
    closed = true;
    for (PackagedServer server : servers) {
      server.kill();
    }
    if (postgres != null) {
      postgres.stop();
      // Its other processes see that the first is gone.
      Thread.sleep(2_000);
    }
    for (Optional<SmallDisk> small : List.of(disk, folder)) {
      if (small.isPresent()) {
        small.get().unmount();
      }
    }
    for (Optional<ShiftedClock> clock : serverClocks) {
      if (clock.isPresent()) {
        clock.get().remove();
      }
    }
    fcm.stop();
  }
}
