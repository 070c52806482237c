package io.towncrier.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towncrier.clients.RouterFront.Answer;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.testing.BesideTheApplication;
import io.towncrier.testing.ServerProcess;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The router's kit, clients/router, against the packaged server, with what goes wrong on the way.
 */
@BesideTheApplication
@Tag("zoneless")
class RouterKitIT {
  private static final byte[] IMAGE = new byte[200_000];
  private static final String HASH;
  private static final List<String> SH = List.of("sh");

  private static final String COHORT =
      sha256("towncrier 00:11:22:33:44:55".getBytes(StandardCharsets.UTF_8)).substring(0, 16);

  static {
    new Random(7).nextBytes(IMAGE);
    HASH = sha256(IMAGE);
  }

  @TempDir static Path forServer;
  private static ServerProcess server;

  @TempDir Path directory;
  private RouterFront front;
  private RouterCommands commands;

  @BeforeAll
  static void startServer() throws IOException {
    server =
        new ServerProcess(forServer).with("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN);
    server.start();
    publish("2.0", "");
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    server.stop();
  }

  @BeforeEach
  void startFront() throws IOException {
    front = new RouterFront("http://127.0.0.1:" + server.port());
    front.serve(IMAGE);
    commands = new RouterCommands();
  }

  @AfterEach
  void stopFront() throws IOException {
    front.close();
    commands.close();
  }

  @Test
  void eachShellAndDownloaderBringsTheImageToTheInstallerOnce() throws Exception {
    for (String downloader : List.of("curl", "wget")) {
      Router router = new Router(directory.resolve(downloader), front.url(), SH);
      router.onPath(commands.with(downloader));
      bringsItOnce(router);
    }
    if (RouterCommands.has("busybox")) {
      List<String> ash = List.of(RouterCommands.path("busybox"), "ash");
      Router router = new Router(directory.resolve("busybox"), front.url(), ash);
      router.onPath(commands.busybox());
      bringsItOnce(router);
    }
  }

  private void bringsItOnce(Router router) throws Exception {
    assertThat(router.once()).contains("2.0 is installed");
    assertThat(router.installed()).containsExactly("2.0 " + HASH);
    assertThat(router.sums()).containsExactly(HASH);
    assertThat(router.once()).as("it has not restarted yet").contains("it is not tried again");
    assertThat(front.tags()).as("the second check had the tag of the first").isNotEmpty();
    router.with("VERSION", "2.0");
    assertThat(router.once()).contains("up-to-date");
    router.with("VERSION", "1.0");
    assertThat(router.once()).as("it came back").contains("it is not tried again");
    assertThat(router.installed()).hasSize(1);
  }

  @Test
  void itSaysWhatMattersAndNothingElse() throws Exception {
    Router router = talkative("r").with("VERSION", "1.0+a b&c");
    router.once();
    router.run("now");
    assertThat(front.checks())
        .containsExactly("version=1.0%2Ba%20b%26c", "version=1.0%2Ba%20b%26c&manual=true");
  }

  @Test
  void whatBeginsToMatterItSaysAtOnceAndWithinTwoRequests() throws Exception {
    Router router = talkative("r");
    String first =
        """
        matters=country,channel,cohort,manual
        rollouts=2
        rollout.1.id=2f9c0k1v
        rollout.1.salt=kit-router/2.0
        rollout.1.share=%d
        rollout.2.id=8a0m3p4t
        rollout.2.salt=$(touch broken) =\s
        rollout.2.share=%d
        askAgainWith=country,cohort
        """
            .formatted(bucketOf("kit-router/2.0") + 1, bucketOf("$(touch broken) ="));
    front.answerInPlace(
        Answer.plain(first + front.offer("kit-router", "1.0", HASH, IMAGE.length, "9.0")));
    String all = "version=1.0&country=DE&channel=stable&rollouts=2f9c0k1v-in.8a0m3p4t-out";

    assertThat(router.once()).contains("9.0 is installed");
    assertThat(front.checks()).containsExactly("version=1.0", all);
    router.once();
    assertThat(front.checks()).as("the next time").hasSize(3).last().isEqualTo(all);
    assertThat(router.work().resolve("broken")).doesNotExist();
  }

  @Test
  void onAnAnswerThatAsksForMoreItDoesNotAct() throws Exception {
    Router router = talkative("r");
    front.answerOnce(
        Answer.plain(
            "matters=country\naskAgainWith=country\n"
                + front.offer("kit-router", "1.0", HASH, IMAGE.length, "9.0")));

    assertThat(router.once()).contains("2.0 is installed");
    assertThat(front.checks()).containsExactly("version=1.0", "version=1.0&country=DE");
    assertThat(router.installed()).containsExactly("2.0 " + HASH);
  }

  @Test
  void anOlderServiceIsToldEverything() throws Exception {
    Router router = talkative("r");
    front.answerInPlace(Answer.plain(front.offer("kit-router", "1.0", HASH, IMAGE.length, "9.0")));
    router.once();
    assertThat(front.checks())
        .containsExactly(
            "version=1.0",
            "version=1.0&country=DE&timezone=Europe%2FBerlin&language=de_DE.UTF-8&channel=stable"
                + "&hardware=B1&counter=3&cohort="
                + COHORT);
  }

  private Router talkative(String name) throws IOException {
    return new Router(directory.resolve(name), front.url(), SH)
        .with("COUNTRY", "DE")
        .with("TIMEZONE", "Europe/Berlin")
        .with("HARDWARE", "B1")
        .with("COUNTER", "3")
        .with("LANGUAGE", "de_DE.UTF-8");
  }

  private static int bucketOf(String salt) {
    return Bucket.of(salt, COHORT);
  }

  @Test
  void nothingThatGoesWrongInACheckInstallsOrLosesAnything() throws Exception {
    Router router = new Router(directory.resolve("r"), front.url(), SH);
    front.answerInPlace(Answer.of(429, "120"));
    assertThat(router.once()).contains("asked to come later (429)");
    front.answerInPlace(Answer.of(503, null));
    assertThat(router.once()).contains("asked to come later (503)");
    front.answerInPlace(Answer.of(500, null));
    assertThat(router.once()).contains("no answer (500)");
    front.answerInPlace(Answer.plain("<html><body>Log in to the hotel's network</body></html>"));
    assertThat(router.once()).contains("that was no answer of the service");
    front.answerInPlace(
        Answer.plain("decision=offer\nproduct=kit-router\ninstalled=1.0\nversion=9"));
    assertThat(router.once()).as("cut short").contains("that was no answer of the service");
    front.answerInPlace(
        Answer.plain(front.offer("other-router", "1.0", HASH, IMAGE.length, "9.0")));
    assertThat(router.once()).as("of another product").contains("that was no answer");
    front.answerInPlace(Answer.plain(front.offer("kit-router", "0.9", HASH, IMAGE.length, "9.0")));
    assertThat(router.once()).as("of another version").contains("that was no answer");
    front.answerInPlace(Answer.plain("x".repeat(300_000)));
    assertThat(router.once()).contains("next check in");
    assertThat(new Router(directory.resolve("away"), "http://127.0.0.1:1", SH).once())
        .contains("no answer (000)");
    assertThat(router.installed()).isEmpty();

    front.answerInPlace(null);
    assertThat(router.once()).contains("2.0 is installed");
  }

  @Test
  void whatIsOfferedForNobodyIsNotFetched() throws Exception {
    Router router = new Router(directory.resolve("r"), front.url(), SH).with("COUNTER", "5");
    for (String bad :
        List.of(
            front.offer("kit-router", "1.0", "0".repeat(63), 5, "9.0"),
            front.offer("kit-router", "1.0", "$(reboot)" + "0".repeat(55), 5, "9.0"),
            front.offer("kit-router", "1.0", HASH, -5, "9.0"),
            front
                .offer("kit-router", "1.0", HASH, IMAGE.length, "9.0")
                .replace(front.url(), "ftp://x"),
            front
                .offer("kit-router", "1.0", HASH, IMAGE.length, "9.0")
                .replace("artifact.1.", "a."),
            front
                .offer("kit-router", "1.0", HASH, IMAGE.length, "9.0")
                .replace("version=", "counter=4\nversion="))) {
      front.answerInPlace(Answer.plain(bad));
      assertThat(router.once()).as(bad).contains("is not for this device");
    }
    assertThat(router.installed()).isEmpty();
  }

  @Test
  void aDownloadGoesOnWhereItStopped() throws Exception {
    Router router = new Router(directory.resolve("curl"), front.url(), SH);
    router.onPath(commands.with("curl"));
    front.cutAfter(70_000);
    for (int i = 0; i < 2; i++) {
      assertThat(router.once()).contains("the download stopped");
    }
    assertThat(router.installed()).isEmpty();
    front.cutAfter(Integer.MAX_VALUE);
    assertThat(router.once()).contains("2.0 is installed");
    assertThat(front.ranges()).last().asString().contains("140000");
    assertThat(router.sums()).containsExactly(HASH);

    // GNU's wget asks for the rest by itself.
    front.ranges().clear();
    front.cutAfter(70_000);
    Router other = new Router(directory.resolve("wget"), front.url(), SH);
    other.onPath(commands.with("wget"));
    assertThat(other.once()).contains("2.0 is installed");
    assertThat(front.ranges()).last().asString().contains("140000");
    assertThat(other.sums()).containsExactly(HASH);
  }

  @Test
  void anImageThatIsNotWhatWasAnnouncedIsNotFetchedForEver() throws Exception {
    Router router = new Router(directory.resolve("r"), front.url(), SH).with("DOWNLOADS", "2");
    byte[] other = IMAGE.clone();
    other[100_000]++;
    front.serve(other);
    for (int i = 0; i < 2; i++) {
      assertThat(router.once()).contains("another size or hash");
    }
    assertThat(router.once()).contains("given up");
    assertThat(router.installed()).isEmpty();
    front.serve(IMAGE);
    assertThat(router.once()).contains("given up");
  }

  @Test
  void anInstallerThatFailsIsCalledThreeTimes() throws Exception {
    Router router = new Router(directory.resolve("r"), front.url(), SH);
    router.breakInstaller(true);
    for (int i = 0; i < 3; i++) {
      assertThat(router.once()).contains("the installer failed");
    }
    assertThat(router.once()).contains("failed 3 times");
    router.breakInstaller(false);
    assertThat(router.once()).contains("failed 3 times");
    assertThat(router.installed()).hasSize(3);
  }

  @Test
  void theHoursAreKeptUnlessTheUserAsks() throws Exception {
    Router router = new Router(directory.resolve("r"), front.url(), SH);
    String offer = front.offer("kit-router", "1.0", HASH, IMAGE.length, "9.0");
    front.answerInPlace(Answer.plain("window.opensInSeconds=120\n" + offer));
    assertThat(router.once()).contains("installed in its hours; next check in 120 s");
    front.answerInPlace(
        Answer.plain("window.opensInSeconds=0\nwindow.closesInSeconds=30\n" + offer));
    assertThat(router.once()).contains("too little is left of the hours");
    assertThat(router.installed()).isEmpty();
    assertThat(router.run("now")).contains("9.0 is installed");
  }

  @Test
  void onAFullDiskNothingIsInstalled() throws Exception {
    Path small = Files.createDirectory(directory.resolve("small"));
    assumeTrue(
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "none", small.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor()
            == 0,
        "SKIPPED: no small file system can be mounted here");
    try {
      Router noWork = new Router(directory.resolve("a"), front.url(), SH);
      noWork.with("WORK", small.resolve("work").toString());
      assertThat(noWork.once()).contains("the download stopped");
      assertThat(noWork.installed()).isEmpty();
      assertThat(new ProcessBuilder("rm", "-rf", small + "/work").start().waitFor()).isZero();

      Router noState = new Router(directory.resolve("b"), front.url(), SH);
      noState.with("STATE", small.resolve("state").toString());
      Files.createDirectories(small.resolve("state"));
      fill(small);
      assertThat(noState.once()).contains("no room in");
      assertThat(noState.installed()).isEmpty();
      Files.delete(small.resolve("full"));
      assertThat(noState.once()).contains("2.0 is installed");
    } finally {
      new ProcessBuilder("umount", small.toString()).start().waitFor();
    }
  }

  @Test
  void itAsksForNoTimeOfDay() throws IOException {
    // So that a clock of 1970 changes nothing.
    assertThat(Files.readString(Path.of("clients/router/towncrier-update")))
        .doesNotContainPattern("(?m)^[^#]*\\b(date|find|touch|strftime|systime)\\b[^:]");
    assertThat(Files.readAllLines(Path.of("clients/router/towncrier-update")))
        .hasSizeLessThanOrEqualTo(300);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void fill(Path folder) {
    try {
      Files.write(folder.resolve("full"), new byte[1_000_000]);
    } catch (IOException full) {
      // As it is meant to be.
      return;
    }
    throw new AssertionError("it has room");
  }

  private static void publish(String version, String more) throws IOException {
    HttpResponse<String> imported =
        server.post(
            "/v1/admin/catalogue",
            TestPostgres.OPERATOR_TOKEN,
            """
            {"products":[{"id":"kit-router","name":"Kit","kind":"firmware","defaultLanguage":"en"}],
             "releases":[{"products":["kit-router"],"version":"%s","severity":"recommended",
               "publishedAt":"2026-01-01T00:00:00Z",
               "notes":{"en":{"title":"It's $(touch broken) = `x`","body":"B"}},
               "artifacts":[{"name":"a.bin","url":"https://downloads.example.com/a.bin",
                 "size":%d,"sha256":"%s"}]%s}]}
            """
                .formatted(version, IMAGE.length, HASH, more));
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
  }
}
