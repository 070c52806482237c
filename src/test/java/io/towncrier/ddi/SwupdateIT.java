package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.ddi.Fleet.Router;
import io.towncrier.testing.Await;
import io.towncrier.testing.SelfSigned;
import io.towncrier.testing.Sql;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The real swupdate against this service, by bench/swupdate. Skipped where Debian's packages cannot
 * be had.
 */
@QuarkusTest
@TestProfile(SwupdateIT.OnThisMachine.class)
@Tag("bench")
class SwupdateIT {
  /** Its links lead to where it listens, and not to the name of another machine. */
  public static final class OnThisMachine implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("towncrier.public-url", "");
    }
  }

  private static final int SLOW_BYTES = 4_000_000;
  private static final int PIECE = 20_000;
  private static final String STATE =
      "SELECT coalesce(max(state), 'NONE') FROM ddi_action"
          + " JOIN device ON device.id = ddi_action.device_id WHERE device.product_id = ?";

  private static final Map<String, SwuImage> IMAGES = new ConcurrentHashMap<>();
  private static Optional<List<String>> client = Optional.empty();
  private static Path folder;
  private static Vertx vertx;
  private static HttpServer files;

  @TestHTTPResource("/")
  URL service;

  private Fleet fleet;

  @BeforeAll
  static void unpackTheClientAndServeImages() throws IOException {
    client = Swupdate.unpack();
    if (client.isEmpty()) {
      System.err.println(
          "SKIPPED: Debian's swupdate cannot be had here, so DDI is not proved by it");
    }
    assumeTrue(client.isPresent(), "SKIPPED: Debian's swupdate cannot be had here");
    folder = Files.createTempDirectory("swupdate");
    SwuImage.makeKey(folder);
    byte[] large = new byte[SLOW_BYTES];
    new Random(18).nextBytes(large);
    byte[] small = "hello firmware".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    IMAGES.put("good.swu", SwuImage.make(folder, "good", small, true));
    IMAGES.put("bad.swu", SwuImage.make(folder, "bad", small, false));
    IMAGES.put("slow.swu", SwuImage.make(folder, "slow", large, true));
    vertx = Vertx.vertx();
    files =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions()
                            .setPath(SelfSigned.make().store().toString())
                            .setPassword("loopback")))
            .requestHandler(SwupdateIT::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterAll
  static void stopServing() {
    if (vertx != null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void serve(HttpServerRequest request) {
    byte[] image = IMAGES.get(request.path().substring(1)).bytes();
    request.response().putHeader("Content-Length", Integer.toString(image.length));
    if (request.path().equals("/slow.swu")) {
      piece(request, image, 0);
    } else {
      request.response().end(Buffer.buffer(image));
    }
  }

  /** Some 200 kB a second: time enough to be asked to cancel. */
  private static void piece(HttpServerRequest request, byte[] image, int from) {
    int to = Math.min(image.length, from + PIECE);
    if (request.response().closed()) {
      return;
    }
    request.response().write(Buffer.buffer().appendBytes(image, from, to - from));
    if (to == image.length) {
      request.response().end();
    } else {
      vertx.setTimer(100, timer -> piece(request, image, to));
    }
  }

  @BeforeEach
  void newFleet() {
    fleet = new Fleet();
  }

  @Test
  void aGoodImageIsInstalledAndConfirmedBehindTheRestart() {
    publish("good.swu", Map.of());
    Router router = fleet.router();
    try (Swupdate swupdate = start(router, "1.0")) {
      awaitSaying(swupdate, "SWUPDATE successful");
      assertThat(IMAGES.get("good.swu").installed()).exists();
      // It reports no success before its restart, and asks no more.
      awaitSaying(swupdate, "All Chunks Installed");
    }
    assertThat(state()).isEqualTo("RUNNING");
    try (Swupdate restarted = start(router, "2.0", "-c", "2")) {
      awaitState("SUCCEEDED", restarted);
      awaitVersion(router, "2.0", restarted);
    }
    // Whatever is lost on the way is said again.
    try (Swupdate again = start(router, "2.0", "-c", "2")) {
      awaitSaying(again, "No pending action on server");
      assertThat(again.isAlive()).isTrue();
    }
    assertThat(state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void anImageThatCannotBeInstalledIsAFailure() {
    publish("bad.swu", Map.of());
    try (Swupdate swupdate = start(fleet.router(), "1.0")) {
      awaitState("FAILED", swupdate);
    }
    assertThat(IMAGES.get("bad.swu").installed()).doesNotExist();
  }

  @Test
  void aFailureBehindTheRestartIsOneToo() {
    publish("good.swu", Map.of());
    Router router = fleet.router();
    try (Swupdate swupdate = start(router, "1.0")) {
      awaitSaying(swupdate, "All Chunks Installed");
    }
    try (Swupdate fellBack = start(router, "1.0", "-c", "3")) {
      awaitState("FAILED", fellBack);
    }
  }

  @Test
  void aDownloadIsCancelledWhenTheReleaseIsTakenBack() {
    publish("slow.swu", Map.of());
    try (Swupdate swupdate = start(fleet.router(), "1.0")) {
      awaitState("RUNNING", swupdate);
      fleet.withdraw("2.0");
      awaitState("CANCELLED", swupdate);
      assertThat(swupdate.isAlive()).isTrue();
    }
    assertThat(IMAGES.get("slow.swu").installed()).doesNotExist();
  }

  @Test
  void outsideOfTheWindowItSaysWhatItIsAndInstallsNothing() {
    String opens =
        LocalDateTime.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC)
            .plusDays(2)
            .truncatedTo(ChronoUnit.MINUTES)
            .toString();
    publish("good.swu", Map.of("install", Map.of("notBefore", opens)));
    Router router = fleet.router();
    try (Swupdate swupdate = start(router, "1.0")) {
      awaitVersion(router, "1.0", swupdate);
      awaitSaying(swupdate, "No pending action on server");
      assertThat(swupdate.isAlive()).isTrue();
      assertThat(swupdate.says("SWUPDATE successful")).isFalse();
    }
    assertThat(state()).isEqualTo("NONE");
  }

  private void publish(String file, Map<String, ?> more) {
    SwuImage image = IMAGES.get(file);
    fleet.publish(
        "2.0",
        List.of(
            Map.of(
                "name",
                file,
                "url",
                "https://localhost:" + files.actualPort() + "/" + file,
                "size",
                image.bytes().length,
                "sha256",
                image.sum("SHA-256"),
                "sha1",
                image.sum("SHA-1"))),
        more);
  }

  private Swupdate start(Router router, String version, String... more) {
    return Swupdate.start(client.orElseThrow(), folder, service.getPort(), router, version, more);
  }

  private String state() {
    return Sql.text(STATE, fleet.product);
  }

  private void awaitState(String state, Swupdate swupdate) {
    await("the action is " + state, swupdate, () -> state().equals(state));
  }

  private void awaitVersion(Router router, String version, Swupdate swupdate) {
    await(
        "it says " + version,
        swupdate,
        () ->
            Sql.text("SELECT max(version) FROM device WHERE product_id = ?", fleet.product)
                .equals(version));
  }

  private static void awaitSaying(Swupdate swupdate, String words) {
    await("it says: " + words, swupdate, () -> swupdate.says(words));
  }

  private static void await(
      String what, Swupdate swupdate, java.util.function.BooleanSupplier happened) {
    try {
      Await.patiently(what, happened);
    } catch (AssertionError late) {
      String said = swupdate.said();
      throw new AssertionError(
          late.getMessage() + "\n" + said.substring(Math.max(0, said.length() - 6_000)), late);
    }
  }
}
