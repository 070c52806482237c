package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Outcomes of updates, requests by letter, and canaries, in a browser. */
@QuarkusTest
@Tag("zoneless")
class ConsoleServiceIT {
  private static final String VERSION = "3.1.0";
  private static final String REQUESTS = "/v1/admin/privacy-requests";

  private static final String CANARIES =
      """
      {"everySeconds":900,"withinSeconds":120,"missed":["getui"],"phones":[
        {"device":"dev_one","provider":"fcm","state":"shown","sentAt":"2026-05-04T08:00:00Z",
          "shownAfterSeconds":3.52},
        {"device":"dev_two","provider":"getui","state":"missed","because":"not-told",
          "sentAt":"2026-05-04T08:15:00Z"},
        {"device":"dev_three","provider":"getui","state":"late","sentAt":"2026-05-04T07:45:00Z",
          "shownAfterSeconds":155.5},
        {"device":"dev_four","state":"skipped","because":"<b>a newer code</b>"}]}
      """;

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aPersonInFrontOfTheScreen() {
    Api.importSample();
    browser = VISIT.browser();
  }

  @Test
  void aFailureIsShownByItsKindAndTheDeviceMayTryAgainBehindAReason() {
    Api.Registered phone = Api.phone("en");
    report(phone, "r1", "installing", Map.of());
    report(phone, "r2", "failed", Map.of("code", "signature-invalid"));
    Page page = browser.signedIn("#/outcomes");
    page.locator("main")
        .getByText(VERSION, new Locator.GetByTextOptions().setExact(true))
        .first()
        .click();
    // It reported what was not offered to it: it counts for nothing, and is shown.
    Locator uncounted = page.locator("section[aria-labelledby=uncounted]");
    assertThat(uncounted).containsText("Not offered");
    assertThat(page.locator("section[aria-labelledby=timeline]")).isVisible();

    page = browser.open("#/devices/" + phone.id());
    page.getByLabel("Why do you look at the data of this person?").fill("CASE-12");
    browser.button("Go on").click();
    Locator attempt = page.locator(".attempt");
    assertThat(attempt).containsText("the signature is not valid");
    assertThat(attempt).containsText("all attempts failed, an operator has to look");
    browser.button("Try again ...").click();
    Locator dialog = page.locator("dialog[open]");
    Locator act = ConsoleBrowser.exactly(dialog, "Let it try");
    assertThat(act).hasAttribute("aria-disabled", "true");
    dialog.getByLabel("Reason").fill("the key was mended");
    act.click();
    assertThat(page.getByText("The device may try " + VERSION + " again.")).isVisible();
    assertThat(attempt).not().containsText("an operator has to look");
    Locator timeline = page.locator("section[aria-labelledby=timeline]");
    assertThat(timeline).containsText("Registered");
    assertThat(timeline).containsText(VERSION + ": the installation failed");
    Api.operator()
        .get("/v1/admin/audit?limit=1&action=attempts.released")
        .then()
        .body("items[0].detail", containsString("the key was mended"));
  }

  @Test
  void thePageAuditShowsWhatTheDailyJobFound() {
    Sql.run(
        """
        INSERT INTO audit_verification (chain, intact, at, behind, broken_at)
        VALUES ('changes', false, now(), 1200, 1234)
        ON CONFLICT (chain, intact) DO UPDATE SET at = excluded.at, broken_at = excluded.broken_at
        """);
    try {
      Page page = browser.signedIn("#/audit");
      Locator looks = page.locator("section[aria-labelledby=last-verification]");
      assertThat(looks).containsText("Entry 1,234 does not fit the one before it.");
      assertThat(looks).containsText("Last signed head");
      page.setViewportSize(320, 900);
      browser.looksRight("audit-last-verification-narrow");
    } finally {
      Sql.run("DELETE FROM audit_verification WHERE chain = 'changes' AND NOT intact");
    }
  }

  @Test
  void thePageHealthSaysWhetherCanariesAreShown() {
    Page page = browser.signedIn("");
    page.route(
        "**/v1/admin/push/canary",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(CANARIES)));
    browser.open("#/health");
    Locator canary = page.locator("section[aria-labelledby=canary]");
    assertThat(canary.locator(".sentence"))
        .hasText("missed No phone has shown the last canary in time, by: Getui.");
    assertThat(canary.locator(".facts")).containsText("15 minutes");
    assertThat(canary.locator(".facts time")).hasAttribute("datetime", "2026-05-04T08:15:00Z");
    Locator rows = canary.locator("tbody tr");
    assertThat(rows.nth(0)).containsText("shown in time");
    assertThat(rows.nth(0).locator("td").last()).hasText("3.5 s");
    assertThat(rows.nth(1)).containsText("it was accepted, and the phone has told nothing");
    assertThat(rows.nth(2).locator("td").last()).hasText("2 minutes 35 seconds");
    assertThat(rows.nth(3)).containsText("<b>a newer code</b>");
    assertThat(rows.nth(3).locator("td").last()).hasText("-");
    browser.looksRight("health-canary-wide");
    page.setViewportSize(320, 900);
    browser.fits("health-canary-narrow");
  }

  @Test
  void thePageHealthSaysWhatToSetForCanaries() {
    Page page = browser.signedIn("#/health");
    Locator canary = page.locator("section[aria-labelledby=canary]");
    assertThat(canary).containsText("No canary is sent");
    assertThat(canary).containsText("TOWNCRIER_CANARY_DEVICES TOWNCRIER_CANARY_EVERY");
    assertThat(canary.locator("table")).hasCount(0);
  }

  @Test
  void aRequestIsOpenedAnsweredByItsReferenceAndKept() {
    String reference = "CASE-" + System.nanoTime();
    Page page = browser.signedIn("#/privacy-requests");
    page.getByText("Open a request").click();
    Locator open = browser.button("Open it");
    assertThat(open).hasAttribute("aria-disabled", "true");
    browser.field("Reference").fill(reference);
    page.getByLabel("Identity verified").fill("2026-01-05T10:00");
    open.click();
    assertThat(browser.heading(reference)).isVisible();
    assertThat(page.locator(".page-head")).containsText("overdue");
    // A refusal wants a name.
    assertThat(browser.button("Refuse ...")).hasAttribute("aria-disabled", "true");
    browser.button("Answered ...").click();
    Locator dialog = page.locator("dialog[open]");
    Locator close = ConsoleBrowser.exactly(dialog, "Close it");
    assertThat(close).hasAttribute("aria-disabled", "true");
    dialog.getByLabel("Type " + reference + " to confirm").fill(reference);
    close.click();
    assertThat(page.getByText("The request is answered.")).isVisible();
    assertThat(page.locator("main .facts")).containsText("the data was provided");
    Api.operator()
        .get(REQUESTS + "?state=answered&limit=200")
        .then()
        .body(
            "items.find { it.reference == '%s' }.answer".formatted(reference),
            equalTo("data-provided"));
  }

  @Test
  void toBeLeftAloneIsNeverRefused() {
    String id =
        Api.operator()
            .body(
                Map.of("kind", "opt-out", "reference", "C-1", "verifiedAt", "2026-01-05T10:00:00Z"))
            .post(REQUESTS)
            .path("id");
    Page page = browser.signedIn("#/privacy-requests/" + id);
    page.getByLabel("Decided by").fill("Somebody");
    assertThat(browser.button("Refuse ..."))
        .hasAccessibleDescription("A request to switch notifications off is never refused.");
  }

  @Test
  void everyPageIsReadableOnEveryScreen() {
    String id =
        Api.operator()
            .body(
                Map.of("kind", "access", "reference", "C-2", "verifiedAt", "2026-01-05T10:00:00Z"))
            .post(REQUESTS)
            .path("id");
    browser.signedIn("");
    for (String path :
        List.of(
            "#/outcomes",
            "#/outcomes/router-app-android:" + VERSION,
            "#/artifacts",
            "#/events",
            "#/privacy-requests",
            "#/privacy-requests/" + id)) {
      Page page = browser.open(path);
      assertThat(page.locator("main h1")).isVisible();
      assertThat(page.getByText("Loading ...")).hasCount(0);
      String name = path.replaceAll("[^a-z]+", "-").replaceAll("-prq-.*", "-prq-");
      browser.looksRight(name + "-wide");
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      page.setViewportSize(320, 900);
      browser.fits(name + "-narrow");
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      page.setViewportSize(1280, 900);
    }
  }

  private static void report(
      Api.Registered phone, String id, String state, Map<String, String> more) {
    Map<String, Object> body =
        new HashMap<>(Map.of("id", id, "version", VERSION, "state", state, "bootId", id));
    body.putAll(more);
    phone.as().body(body).post(phone.path("/outcomes")).then().statusCode(200);
  }
}
