package io.towncrier.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit's report at a start of the device, by a real shell against the service. */
@QuarkusTest
@Tag("zoneless")
class RouterReportIT {
  private static final String SHA = "ab".repeat(32);
  private static final String RELEASE = "1.3.0";

  @TempDir Path state;
  private Api.Registered router;
  private String path = System.getenv("PATH");

  @BeforeEach
  void handOverAnImage() throws IOException {
    Api.importSample();
    router =
        Api.register(Map.of("kind", "router", "product", "towncrier_ax3000", "version", "1.2.0"));
    Files.writeString(state.resolve("secret"), router.secret() + "\n");
    answer(RELEASE);
    boot("first");
  }

  private void answer(String offered) throws IOException {
    Files.writeString(
        state.resolve("answer"),
        "decision=offer\nversion=" + offered + "\nartifact.1.sha256=" + SHA + "\ncomplete=true\n");
  }

  @Test
  void aPowerCutBetweenInstallingAndReportingLosesNothing() throws Exception {
    attempt(1, "yes");
    // The power is cut here: nothing was reported. The device starts with its new version.
    boot("second");
    assertThat(report(RELEASE)).isZero();
    outcomes()
        .body("outcomes[0].version", equalTo(RELEASE), "outcomes[0].state", equalTo("restarting"))
        .body("outcomes[0].transitions", hasSize(1));
    assertThat(report(RELEASE)).isZero();
    outcomes().body("outcomes[0].transitions", hasSize(1));
  }

  @Test
  void anInstallationThatFailsIsToldAndThenItsEnd() throws Exception {
    attempt(1, "no");
    boot("second");
    assertThat(report("1.2.0")).isZero();
    outcomes().body("outcomes[0].state", equalTo("installing"));
    attempt(3, "no");
    assertThat(report("1.2.0")).isZero();
    outcomes().body("outcomes[0].state", equalTo("failed"));
  }

  @Test
  void oneThatWasCutOffHasFailedAfterTheNextStart() throws Exception {
    attempt(1, "open first");
    assertThat(report("1.2.0")).isZero();
    outcomes().body("outcomes[0].state", equalTo("installing"));
    boot("second");
    assertThat(report("1.2.0")).isZero();
    outcomes().body("outcomes[0].state", equalTo("failed"));
  }

  @Test
  void oneThatWasCutOffAndRunsIsInstalled() throws Exception {
    attempt(1, "open first");
    boot("second");
    assertThat(report(RELEASE)).isZero();
    outcomes().body("outcomes[0].state", equalTo("restarting"));
  }

  @Test
  void aFallBackIsSeenAfterTheNextStart() throws Exception {
    attempt(1, "yes");
    assertThat(report("1.2.0")).isZero();
    outcomes().body("outcomes[0].state", equalTo("restarting"));
    boot("second");
    assertThat(report("1.2.0")).isZero();
    outcomes().body("outcomes[0].state", equalTo("rolled-back"));
  }

  @Test
  void whatCannotBeDeliveredIsSentAgain() throws Exception {
    attempt(1, "yes");
    assertThat(report(RELEASE, "http://127.0.0.1:9")).isOne();
    assertThat(state.resolve("reported")).doesNotExist();
    assertThat(report(RELEASE)).isZero();
    outcomes().body("outcomes[0].state", equalTo("restarting"));
  }

  /** It is told also what gets no better by telling it again. */
  @Test
  void eachDownloaderReports() throws Exception {
    try (RouterCommands commands = new RouterCommands()) {
      for (String downloader :
          List.of("curl", "wget", "uclient-fetch", RouterCommands.OPENWRTS_WGET)) {
        path = commands.with(downloader).toString();
        handOverAnImage();
        Files.deleteIfExists(state.resolve("reported"));
        attempt(1, "yes");
        assertThat(report(RELEASE)).as(downloader).isZero();
        outcomes().body("outcomes[0].state", equalTo("restarting"));

        answer("9.9.9");
        attempt(2, "yes");
        Files.delete(state.resolve("reported"));
        assertThat(report(RELEASE)).as(downloader + ", an unknown release").isZero();
        assertThat(state.resolve("reported")).exists();
      }
    }
  }

  private void attempt(int tried, String ended) throws IOException {
    Files.writeString(state.resolve("attempt"), SHA + " " + tried + " " + ended + "\n");
  }

  private void boot(String id) throws IOException {
    Files.writeString(state.resolve("boot"), id + "\n");
  }

  private int report(String runs) throws Exception {
    return report(runs, "http://127.0.0.1:" + RestAssured.port);
  }

  private int report(String runs, String url) throws Exception {
    Path config = state.resolve("conf");
    Files.writeString(
        config,
        """
        URL=%s PRODUCT=towncrier_ax3000 VERSION=%s STATE=%s
        DEVICE=%s SECRET_FILE=%s BOOT_ID=%s
        """
            .formatted(
                url, runs, state, router.id(), state.resolve("secret"), state.resolve("boot")));
    ProcessBuilder builder =
        new ProcessBuilder("sh", "clients/router/towncrier-report", "-c", config.toString())
            .inheritIO();
    builder.environment().put("PATH", path);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private ValidatableResponse outcomes() {
    return Api.operator().get("/v1/admin/devices/" + router.id() + "/outcomes").then();
  }
}
