package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console sends along with an act, so that the service holds it to what was shown. */
@QuarkusTest
@Tag("zoneless")
class ConsoleGuardsIT {
  private static final String PRODUCT = "console_guards";
  private static final String RELEASE = PRODUCT + ":1.0.0";
  private static final String REASON = "ticket 4711 says so";

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aPersonInFrontOfTheScreen() {
    Api.importSample();
    browser = VISIT.browser();
  }

  @Test
  void phasesAreHeldToTheirNumberAndAWithdrawalHasItsReason() {
    published();
    Page page = browser.signedIn("#/releases/" + RELEASE);
    browser.button("Change the phases ...").click();
    page.getByLabel("Share in percent").first().fill("2");
    browser.button("Change ...").click();
    Request sent =
        page.waitForRequest("**/releases/*/rollout", () -> act(page, "Change the phases").click());
    assertThat(sent.method()).isEqualTo("PUT");
    assertThat(sent.postData()).contains("\"expectedAtMost\":0");
    assertThat(page.getByText("The phases of " + RELEASE + " are changed.")).isVisible();

    browser.button("Withdraw ...").click();
    Locator dialog = page.locator("dialog[open]");
    dialog.getByLabel("Type 1.0.0 to confirm").fill("1.0.0");
    assertThat(act(page, "Withdraw")).hasAttribute("aria-disabled", "true");
    dialog.getByLabel("Reason").fill(REASON);
    act(page, "Withdraw").click();
    assertThat(page.getByText(RELEASE + " is withdrawn.")).isVisible();
    audited(RELEASE, "release.withdrawn");
  }

  @Test
  void aResumptionOfANoticeIsHeldToItsNumberAndACancellationHasItsReason() {
    String notice = running();
    Page page = browser.signedIn("#/notices/" + notice);
    browser.button("Pause").click();
    browser.button("Resume ...").click();
    Locator dialog = page.locator("dialog[open]");
    dialog.getByLabel("Type the number 3 to confirm").fill("3");
    Request sent = page.waitForRequest("**/notices/*/resume", () -> act(page, "Resume").click());
    assertThat(sent.postData()).isEqualTo("{\"expectedAtMost\":3}");
    assertThat(page.getByText("The notice goes on.")).isVisible();

    browser.button("Cancel").click();
    dialog.getByLabel("Type Guarded to confirm").fill("Guarded");
    assertThat(act(page, "Cancel the notice")).hasAttribute("aria-disabled", "true");
    dialog.getByLabel("Reason").fill(REASON);
    act(page, "Cancel the notice").click();
    assertThat(page.getByText("The notice is cancelled.")).isVisible();
    audited(notice, "notice.cancelled");
  }

  private static Locator act(Page page, String label) {
    return page.locator("dialog[open]")
        .getByText(label, new Locator.GetByTextOptions().setExact(true));
  }

  private static void audited(String subject, String action) {
    Api.operator()
        .queryParam("subject", subject)
        .get("/v1/admin/audit")
        .then()
        .body("items.find { it.action == '" + action + "' }.detail", containsString(REASON));
  }

  private static void published() {
    Api.operator()
        .body(Map.of("id", PRODUCT, "name", "Guards", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products");
    Api.operator()
        .body(
            Map.of(
                "product",
                PRODUCT,
                "version",
                "1.0.0",
                "severity",
                "recommended",
                "notes",
                Map.of("en", Map.of("title", "First", "body", "What is new.")),
                "rollout",
                Map.of(
                    "phases",
                    List.of(Map.of("percentage", 1, "soak", "PT24H"), Map.of("percentage", 100)))))
        .post("/v1/admin/releases");
    Api.operator()
        .body(Map.of("revision", 0))
        .post("/v1/admin/releases/" + RELEASE + "/publish")
        .then()
        .statusCode(200);
  }

  /** Three pushes of it are due within half a day. */
  private static String running() {
    List<String> phones = Stream.generate(() -> Api.phone("en").id()).limit(3).toList();
    Map<String, Object> notice =
        new HashMap<>(Api.announcement("Guarded", Map.of("devices", phones)));
    notice.put("schedule", Map.of("spreadSeconds", 43_200));
    String id = Api.operator().body(notice).post("/v1/admin/notices").path("id");
    Api.operator().post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }
}
