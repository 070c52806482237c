package io.towncrier.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.towncrier.testing.Api;
import io.towncrier.testing.BesideTheApplication;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.ServerProcess;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app's kit, clients/app, against the packaged server: in Node, and in a browser. */
@BesideTheApplication
@Tag("zoneless")
class AppKitIT {
  private static final Path KIT = Path.of("clients/app/towncrier.js");
  private static final LoopbackFcm FCM = new LoopbackFcm();

  @TempDir static Path directory;
  private static ServerProcess server;
  private static AppFront front;

  @BeforeAll
  static void start() throws IOException {
    FCM.start();
    server =
        new ServerProcess(directory)
            .with("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN)
            .with("TOWNCRIER_FCM_CREDENTIALS", FCM.credentials().toString())
            .with("TOWNCRIER_FCM_ENDPOINT", FCM.endpoint());
    server.start();
    server.post("/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, Api.sampleCatalogue());
    front = new AppFront(server, FCM);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    front.close();
    server.stop();
    FCM.stop();
  }

  @Test
  void theStoryOfAnAppHoldsWithFaults() throws Exception {
    assumeTrue(PhoneKitTest.hasNode(), "SKIPPED: the kit's story needs Node");
    assertThat(tell("src/test/kit/story.test.mjs")).hasSize(11);
  }

  @Test
  void noCallTakesAnotherAnswerForTheService() throws Exception {
    assumeTrue(PhoneKitTest.hasNode(), "SKIPPED: the kit's faults need Node");
    assertThat(tell("src/test/kit/faults.test.mjs")).hasSize(19);
  }

  private static List<String> tell(String story) throws Exception {
    Process process =
        new ProcessBuilder("node", story, front.url()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    front.mend();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said.lines()).allMatch(line -> line.startsWith("ok "));
    return said.lines().toList();
  }

  @Test
  void itRunsInABrowser() {
    try (Chromium chromium = Chromium.start()) {
      Page page = chromium.profile(new Browser.NewContextOptions()).newPage();
      page.navigate(front.url() + "/kit/");
      Object seen =
          page.evaluate(
              """
              async (url) => {
                const { Towncrier, web } = await import('/kit/towncrier.js');
                const make = () => new Towncrier(
                    { url, product: 'router-app-android', version: '3.0.1', ...web() });
                const app = make();
                await app.register({ identifier: 'browser', country: 'DE', language: 'de' });
                const update = await app.check();
                await app.setAlert('push', false);
                const kept = make();
                const again = await kept.check();
                const seen = [app.deviceId === kept.deviceId, update.decision, again.fresh,
                    app.alerts.switches.push.state];
                for (const mode of ['portal', 'redirect', 'login-404', '503', 'down']) {
                  await fetch('/fault', { method: 'POST', body: JSON.stringify({ mode }) });
                  await app.setAlert('push', !app.alerts.switches.push.value);
                  const lost = await app.loadAlerts().then(() => 'answered', (e) => e.temporary);
                  seen.push(mode, app.alerts.switches.push.state, lost);
                }
                await fetch('/fault', { method: 'POST', body: JSON.stringify({ mode: 'none' }) });
                const end = (await make().flush()).switches.push;
                return [...seen, end.value, end.state].join(' ');
              }
              """,
              front.url());
      assertThat(seen)
          .isEqualTo(
              "true offer false saved portal queued true redirect queued true login-404 queued true"
                  + " 503 queued true down queued true true saved");
    } finally {
      front.mend();
    }
  }

  @Test
  void itStaysSmallAndWithoutDependencies() throws IOException {
    assertThat(Files.readAllLines(KIT)).hasSizeLessThanOrEqualTo(720);
    assertThat(Files.readString(KIT)).doesNotContainPattern("(?m)^import |require\\(");
  }
}
