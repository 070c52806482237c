package io.towncrier.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towncrier.clients.RouterFront.Answer;
import io.towncrier.testing.BesideTheApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The router's kit as devices run it: round after round, with their downloaders, and cut off at bad
 * moments. The service's answers are made up here.
 */
@BesideTheApplication
@Tag("zoneless")
class RouterRunIT {
  private static final byte[] IMAGE = new byte[200_000];
  private static final List<String> SH = List.of("sh");
  private static final Path KIT = Path.of("clients/router/towncrier-update");

  @TempDir Path directory;
  private RouterFront front;
  private RouterCommands commands;
  private String hash;

  @BeforeEach
  void start() throws Exception {
    new Random(7).nextBytes(IMAGE);
    hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(IMAGE));
    front = new RouterFront("http://127.0.0.1:1");
    front.serve(IMAGE);
    front.answerInPlace(offers());
    commands = new RouterCommands();
  }

  @AfterEach
  void stop() throws IOException {
    front.close();
    commands.close();
  }

  private Answer offers() {
    return Answer.plain(front.offer("kit-router", "1.0", hash, IMAGE.length, "9.0"));
  }

  @Test
  void itGoesOnRoundAfterRoundAndInstallsOnce() throws Exception {
    Router router = router("run").with("SHORTEST", "1").with("FIRST_WITHIN", "1");
    front.answerInPlace(
        Answer.plain(
            front
                .offer("kit-router", "1.0", hash, IMAGE.length, "9.0")
                .replaceFirst("nextCheckSeconds=\\d+", "nextCheckSeconds=1")));
    Process run = router.begin("run");
    try {
      // The first round asks twice: the answer does not say what matters.
      await(run, () -> front.checks().size() >= 4);
      front.answerInPlace(Answer.of(503, null));
      await(run, () -> said(router).contains("asked to come later (503)"));
    } finally {
      run.destroy();
    }
    assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).isEqualTo(143);
    assertThat(router.said()).contains("9.0 is installed").contains("it is not tried again");
    assertThat(router.installed()).containsExactly("9.0 " + hash);
    assertThat(router.work().resolve("lock")).doesNotExist();
  }

  @Test
  void openWrtsDownloaderBringsTheImageAnewAfterAStop() throws Exception {
    for (String downloader : List.of("uclient-fetch", RouterCommands.OPENWRTS_WGET)) {
      Router router = router(downloader).onPath(commands.with(downloader));
      front.answerInPlace(Answer.of(503, "120"));
      assertThat(router.once()).as("it tells no status").contains("no answer (000)");
      front.answerInPlace(Answer.plain("<html>Log in</html>"));
      assertThat(router.once()).contains("that was no answer of the service");
      front.answerInPlace(offers());
      front.cutAfter(70_000);
      assertThat(router.once()).contains("the download stopped");
      front.cutAfter(Integer.MAX_VALUE);
      assertThat(router.once()).contains("9.0 is installed");
      assertThat(front.ranges()).isEmpty();
      assertThat(router.once()).contains("it is not tried again");
      assertThat(router.sums()).containsExactly(hash);
    }
  }

  @Test
  void aDownloadThatStopsIsTriedLessAndLessOften() throws Exception {
    Path folder = commands.with("uclient-fetch");
    String sleep = RouterCommands.path("sleep");
    RouterCommands.put(folder, "sleep", "#!/bin/sh\nexec " + sleep + " 0.05\n");
    front.answerInPlace(offers());
    front.cutAfter(70_000);
    Router router = router("stops").onPath(folder);
    Process run = router.begin("run");
    try {
      await(run, () -> waitsAfterStops(router).size() >= 4);
    } finally {
      run.destroy();
    }
    List<Integer> waits = waitsAfterStops(router);
    for (int stops = 0; stops < 4; stops++) {
      int least = 60 << stops;
      assertThat(waits.get(stops)).isBetween(least, 2 * least);
    }
  }

  private static List<Integer> waitsAfterStops(Router router) {
    return Pattern.compile("the download stopped; next check in (\\d+) s")
        .matcher(said(router))
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  @Test
  void twoRoundsAtOnceAreOneWhateverTheScriptIsCalled() throws Exception {
    Path kit = Files.copy(KIT, directory.resolve("firmware"));
    Router first = router("first").withKit(kit);
    Router second = router("second").withKit(kit).beside(first);
    first.holdInstaller(true);
    Process held = first.begin("once");
    await(held, () -> installedBy(first) == 1);
    Process late = second.begin("once");
    assertThat(late.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second.said()).contains("another runs");
    assertThat(late.exitValue()).isZero();
    first.holdInstaller(false);
    assertThat(held.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second.installed()).isEmpty();
    assertThat(first.work().resolve("lock")).doesNotExist();
  }

  @Test
  void aPersonMayAskWhileTheOtherProcessSleeps() throws Exception {
    Router sleeping = router("sleeping").with("FIRST_WITHIN", "1");
    Process run = sleeping.begin("run");
    try {
      await(run, () -> said(sleeping).contains("9.0 is installed"));
      await(run, () -> !Files.exists(sleeping.work().resolve("lock")));
      Router asked = router("asked").beside(sleeping);
      assertThat(asked.run("now")).contains("9.0 was installed once");
    } finally {
      List<ProcessHandle> begun = run.descendants().toList();
      run.destroy();
      begun.forEach(ProcessHandle::destroy);
    }
    assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theLockOfAProcessThatIsGoneDoesNotCount() throws Exception {
    Router router = router("r");
    Path lock = Files.createDirectories(router.work().resolve("lock"));
    // Linux has no process with so high a number.
    Files.writeString(lock.resolve("pid"), "99999999\n");
    assertThat(router.once()).contains("9.0 is installed");
    // Another program has the number meanwhile.
    Files.createDirectories(lock);
    Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + "\n");
    assertThat(router.once()).contains("it is not tried again");
    assertThat(lock).doesNotExist();
  }

  @Test
  void whoComesFirstToALockWithoutANumberHasIt() throws Exception {
    Router router = router("first");
    Path lock = Files.createDirectories(router.work().resolve("lock"));
    assertThat(router.once()).as("who made it is gone").contains("9.0 is installed");

    Router later = router("later");
    Path taken = Files.createDirectories(later.work().resolve("lock"));
    // Another writes its number in the moment before this one does.
    Path folder = commands.with("curl");
    String script =
        "#!/bin/sh\n%s \"$@\" || exit\ncase $* in *-p*/lock) echo 7 >\"$2/pid\" ;; esac\n";
    RouterCommands.put(folder, "mkdir", script.formatted(RouterCommands.path("mkdir")));
    later.onPath(folder).once();
    assertThat(later.installed()).isEmpty();
    assertThat(taken.resolve("pid")).as("it stays the other's").hasContent("7");
    assertThat(lock).doesNotExist();
  }

  @Test
  void whoHasLostTheLockInTheMeantimeInstallsNothing() throws Exception {
    Router router = router("slow");
    Path number = router.work().resolve("lock").resolve("pid");
    front.whenAsked(() -> write(number, "7\n"));
    assertThat(router.once()).contains("another runs");
    assertThat(router.installed()).isEmpty();
    assertThat(number).as("it is the other's to remove").hasContent("7");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void halvesThatDoNotFitAreNoDefectOfTheImage() throws Exception {
    Router router = router("halves").with("DOWNLOADS", "1").onPath(commands.with("curl"));
    byte[] other = IMAGE.clone();
    other[5]++;
    front.serve(other);
    front.cutAfter(70_000);
    assertThat(router.once()).contains("the download stopped");
    front.serve(IMAGE);
    front.cutAfter(Integer.MAX_VALUE);
    assertThat(router.once()).contains("another size or hash");
    assertThat(router.once()).contains("9.0 is installed");
  }

  @Test
  void aServerThatServesNoPartsIsAskedForTheWhole() throws Exception {
    Router router = router("whole").onPath(commands.with("curl"));
    front.withoutRanges();
    front.cutAfter(70_000);
    assertThat(router.once()).contains("the download stopped");
    front.cutAfter(Integer.MAX_VALUE);
    assertThat(router.once()).contains("the download stopped");
    assertThat(router.once()).contains("9.0 is installed");
  }

  @Test
  void busyboxBringsTheImageWithItsOwnWget() throws Exception {
    assumeTrue(RouterCommands.has("busybox"), "SKIPPED: no busybox here");
    Path busybox = commands.busyboxAlone();
    Process own =
        new ProcessBuilder(
                busybox.resolve("wget").toString(),
                "-q",
                "-O",
                "/dev/null",
                front.url() + "/images/a")
            .start();
    assumeTrue(own.waitFor() == 0, "SKIPPED: busybox' own wget does not work on this machine");
    Router router =
        new Router(
                directory.resolve("own"),
                front.url(),
                List.of(RouterCommands.path("busybox"), "ash"))
            .onPath(busybox);
    assertThat(router.once()).contains("9.0 is installed");
    assertThat(router.once()).contains("it is not tried again");
    assertThat(router.sums()).containsExactly(hash);
  }

  /** It is handed over once, the next start says so, and the version that runs decides. */
  @Test
  void whatIsCutOffIsHandedOverOnce() throws Exception {
    for (boolean meanwhile : List.of(true, false)) {
      Router router = cutOff(KIT, meanwhile);
      assertThat(router.installed()).containsExactly("9.0 " + hash);
      assertThat(Files.readString(router.state().resolve("attempt")))
          .matches(hash + " 1 open [-0-9a-f]*\n");
      assertThat(router.said()).contains("9.0 was cut off and 1.0 runs: it is not tried again");
      // A person may try it again.
      router.onPath(commands.with("curl"));
      assertThat(router.begin("now").waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(router.installed()).hasSize(2);
      assertThat(Files.readString(router.state().resolve("attempt"))).startsWith(hash + " 2 yes");
      router.with("VERSION", "9.0");
      front.answerInPlace(
          Answer.plain("decision=up-to-date\nproduct=kit-router\ninstalled=9.0\ncomplete=true\n"));
      assertThat(router.once()).contains("up-to-date");
      front.answerInPlace(offers());
      commands.close();
      commands = new RouterCommands();
    }
  }

  @Test
  void aKitThatNotesTheAttemptAsBeforeIsFoundOut() throws Exception {
    String kit = Files.readString(KIT);
    assertThat(kit).contains("$now open $boot");
    Path former =
        Files.writeString(directory.resolve("former"), kit.replace("$now open", "$now no"));
    for (boolean meanwhile : List.of(true, false)) {
      assertThat(cutOff(former, meanwhile).installed()).hasSizeGreaterThan(1);
    }
  }

  /**
   * A router whose script is killed while it installs, or between the installer's answer and its
   * record; then it checks twice.
   */
  private Router cutOff(Path kit, boolean meanwhile) throws Exception {
    Router router = router(kit.getFileName() + "-" + meanwhile).withKit(kit);
    Path folder = commands.with("curl");
    router.onPath(folder);
    if (meanwhile) {
      router.cutInstaller(true);
    } else {
      RouterCommands.put(
          folder,
          "sync",
          "#!/bin/sh\ngrep -q ' yes$' \"%s/attempt.new\" && kill -9 $PPID\nexit 0\n"
              .formatted(router.state()));
    }
    Process cut = router.begin("once");
    assertThat(cut.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(cut.exitValue()).as(router.said()).isEqualTo(137);
    router.cutInstaller(false);
    RouterCommands.put(folder, "sync", "#!/bin/sh\nexit 0\n");
    router.once();
    router.once();
    commands.close();
    commands = new RouterCommands();
    return router;
  }

  @Test
  void aKillAtAnyMomentHandsNothingOverTwice() throws Exception {
    Random random = new Random(20261130);
    for (int device = 0; device < 3; device++) {
      Router router = router("k" + device);
      for (int kill = 0; kill < 6; kill++) {
        Process process = router.begin("once");
        if (!process.waitFor(random.nextInt(900), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
        }
      }
      router.once();
      assertThat(router.once()).contains("it is not tried again");
      assertThat(router.installed()).hasSizeLessThanOrEqualTo(1);
      assertThat(Files.readString(router.state().resolve("attempt")))
          .startsWith(hash + " 1 ")
          .containsAnyOf(" open", " yes");
    }
  }

  private Router router(String name) throws IOException {
    return new Router(directory.resolve(name), front.url(), SH);
  }

  private static int installedBy(Router router) {
    try {
      return router.installed().size();
    } catch (IOException none) {
      return 0;
    }
  }

  private static String said(Router router) {
    try {
      return router.said();
    } catch (IOException none) {
      return "";
    }
  }

  private static void await(Process running, BooleanSupplier condition) throws Exception {
    for (int i = 0; i < 300 && !condition.getAsBoolean(); i++) {
      assertThat(running.waitFor(100, TimeUnit.MILLISECONDS)).as("it has ended").isFalse();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
