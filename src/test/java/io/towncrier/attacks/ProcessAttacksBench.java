package io.towncrier.attacks;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.attacks.Target.Answer;
import io.towncrier.attacks.Target.Phone;
import io.towncrier.testing.Api;
import io.towncrier.testing.FaultyWire;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a wrong key, a neighbour on the machine, or a failing database can do. Run by bench/attacks.
 */
@Tag("bench")
class ProcessAttacksBench {
  private static final String OTHER_KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
  private static final Duration ANSWER = Duration.ofSeconds(6);
  private static final Map<String, String> NOBODY = Map.of();
  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
       "timezone":"Europe/Berlin","language":"en"}
      """;

  @TempDir Path directory;

  @Test
  void attack01AProcessWithAnotherKeyServesNobody() throws Exception {
    EmbeddedPostgres postgres = Target.database();
    String url = Target.url(postgres.getPort());
    PackagedServer first = new PackagedServer(url, Target.given(Map.of()));
    PackagedServer second =
        new PackagedServer(url, Target.given(Map.of("TOWNCRIER_MASTER_KEY", OTHER_KEY)));
    try {
      first.startIfDead();
      Target.send(first, "POST", "/v1/devices", NOBODY, PHONE);
      second.launchIfDead();
      boolean up = second.answersWithin(Duration.ofSeconds(30));
      int status = up ? Target.send(second, "POST", "/v1/devices", NOBODY, PHONE).status() : 503;
      assertThat(status).as("with another key").isEqualTo(503);
    } finally {
      second.kill();
      first.kill();
      postgres.close();
    }
  }

  @Test
  void attack01ALostKeyIsNotReplacedSilently() throws Exception {
    EmbeddedPostgres postgres = Target.database();
    PackagedServer server =
        new PackagedServer(
            Target.url(postgres.getPort()),
            Target.given(
                Map.of(
                    "TOWNCRIER_MASTER_KEY",
                    "",
                    "TOWNCRIER_DATA_DIR",
                    directory.resolve("data").toString())));
    Path key = directory.resolve("data/master.key");
    try {
      server.startIfDead();
      importSample(server);
      assertThat(Target.send(server, "POST", "/v1/devices", NOBODY, PHONE).status()).isEqualTo(201);
      server.end();
      Files.delete(key);
      server.launchIfDead();
      server.answersWithin(Duration.ofSeconds(30));
      assertThat(key).as("a key made beside existing data").doesNotExist();
    } finally {
      server.kill();
      postgres.close();
    }
  }

  private static void importSample(PackagedServer server) throws InterruptedException {
    Target.send(
        server,
        "POST",
        "/v1/admin/catalogue",
        Target.bearer(TestPostgres.OPERATOR_TOKEN),
        Api.sampleCatalogue());
  }

  @Test
  void attack02NoFolderOfItsIsOpenToOthers() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    try (Target target =
        Target.withItsOwnDatabase(
            Map.of(
                "TMPDIR", temporary.toString(),
                "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary,
                "TOWNCRIER_DATA_DIR", directory.resolve("data").toString()))) {
      target.get("/personal-center/alerts.js", NOBODY);
      assertThat(writableByOthers(temporary)).as("below the temporary folder").isEmpty();
      assertThat(writableByOthers(directory.resolve("data"))).isEmpty();
    }
  }

  /** Folders that others may write to and can get to: what is below one of its owner's is safe. */
  private static List<Path> writableByOthers(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      found.add(folder);
    }
    if (permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
      try (Stream<Path> below = Files.list(folder)) {
        for (Path one : below.filter(path -> Files.isDirectory(path, NOFOLLOW_LINKS)).toList()) {
          found.addAll(writableByOthers(one));
        }
      }
    }
    return found;
  }

  @Test
  void attack09ADeadDatabaseIs503AndComesBack() throws Exception {
    Path data = directory.resolve("data");
    try (Target target = Target.withItsOwnDatabase(Map.of("TOWNCRIER_DATA_DIR", data.toString()))) {
      target.register(NOBODY, "");
      ProcessHandle.of(postmaster(data)).orElseThrow().destroyForcibly();
      List<Integer> meanwhile = new ArrayList<>();
      long end = System.nanoTime() + Duration.ofSeconds(45).toNanos();
      int last = 0;
      while (last != 201 && System.nanoTime() < end) {
        last = target.post("/v1/devices", NOBODY, PHONE).status();
        meanwhile.add(last);
        Thread.sleep(100);
      }
      assertThat(last).as("45 s later").isEqualTo(201);
      assertThat(meanwhile).as("meanwhile").allMatch(status -> status == 201 || status == 503);
    }
  }

  private static long postmaster(Path data) throws IOException {
    return Long.parseLong(
        Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(0).strip());
  }

  @Test
  void attack09ASilentDatabaseIsAnsweredForInTime() throws Exception {
    EmbeddedPostgres postgres = Target.database();
    FaultyWire wire = new FaultyWire(postgres.getPort());
    PackagedServer server = new PackagedServer(Target.url(wire.port()), Target.given(Map.of()));
    try {
      server.startIfDead();
      importSample(server);
      wire.beSilent();
      long asked = System.nanoTime();
      Answer answer = Target.send(server, "POST", "/v1/devices", NOBODY, PHONE);
      assertThat(answer.status()).as(answer.text()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(ANSWER);
    } finally {
      wire.carry();
      server.kill();
      wire.close();
      postgres.close();
    }
  }

  @Test
  void attack10AStartKillsNoBystander() throws Exception {
    Path data = directory.resolve("data");
    Target target = Target.withItsOwnDatabase(Map.of("TOWNCRIER_DATA_DIR", data.toString()));
    Path pidFile = data.resolve("postgres/postmaster.pid");
    List<String> before = Files.readAllLines(pidFile);
    target.close();
    Path exporter =
        Files.copy(
            Path.of("/bin/sleep"),
            Files.createDirectory(directory.resolve("postgres_exporter")).resolve("postgres"));
    assertThat(exporter.toFile().setExecutable(true)).isTrue();
    Process bystander = new ProcessBuilder(exporter.toString(), "120").start();
    try {
      List<String> stale = new ArrayList<>(before);
      stale.set(0, Long.toString(bystander.pid()));
      Files.write(pidFile, stale);
      PackagedServer again =
          new PackagedServer("", Target.given(Map.of("TOWNCRIER_DATA_DIR", data.toString())));
      again.launchIfDead();
      boolean up = again.answersWithin(Duration.ofSeconds(40));
      again.end();
      assertThat(bystander.isAlive()).as("the bystander").isTrue();
      assertThat(up).as("the server starts all the same").isTrue();
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void attack17ALargeImportIsRefusedAndNotDiedOf() throws Exception {
    try (Target target = Target.start(Map.of("TOWNCRIER_LIMITS_BODY_TIME", "60s"))) {
      Phone phone = target.register(NOBODY, "");
      Answer answer =
          target.post(
              "/v1/admin/catalogue",
              Target.bearer(TestPostgres.OPERATOR_TOKEN),
              "{\"products\":[%s{}]}".formatted("{\"id\":\"p\"},".repeat(2_500_000)));
      assertThat(answer.status()).as(answer.text()).isEqualTo(413);
      assertThat(target.server.log()).doesNotContain("OutOfMemoryError");
      assertThat(target.get(phone.path(""), phone.credential()).status()).isEqualTo(200);
    }
  }
}
