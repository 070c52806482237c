package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Figures of a rollout in a browser: those of the API, and of one page those that agree. */
@QuarkusTest
@Tag("zoneless")
class ConsoleOutcomeIT {
  private static final String RELEASES = "/v1/admin/releases/";

  private final String product = "outcome-" + UUID.randomUUID();
  private final String release = product + ":2.0.0";

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aReleaseAndAPersonInFrontOfTheScreen() {
    Api.operator()
        .body(
            """
            {"products":[{"id":"%1$s","name":"R","kind":"firmware","defaultLanguage":"en"}],
             "releases":[{"products":["%1$s"],"version":"2.0.0","severity":"recommended",
               "publishedAt":"2026-05-01T00:00:00Z",
               "notes":{"en":{"title":"Two","body":"Better."}}}]}
            """
                .formatted(product))
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    browser = VISIT.browser();
  }

  @Test
  void eachNumberSaysOfWhichDevicesItIs() {
    stop("halt");
    manyFailed();
    Page page = browser.signedIn("#/outcomes/" + release);
    assertThat(page.locator(".page-head .soft"))
        .hasText(
            "halted too many devices failed, it is offered to nobody until somebody resumes it");
    assertThat(caption(page, "progress"))
        .hasText(
            "Of all 325 devices that were offered it, 219 run it for good and 69 failed."
                + " 13 of them do not count.");
    assertThat(caption(page, "failures"))
        .hasText(
            "67 of these 69 failures are of devices that count; most of them:"
                + " Fell back to the version before (28).");
    assertThat(caption(page, "rate")).containsText("Of the 262 judged devices that count, 53 ");
    assertThat(page.getByText("are not judged")).hasCount(0);
    browser.looksRight("outcome-figures-wide");
    page.setViewportSize(320, 900);
    browser.fits("outcome-figures-narrow");
  }

  @Test
  void thePictureOfTheRateIsThatOfTheApiOnBothPages() {
    stop("halt");
    manyFailed();
    JsonPath rate = Api.operator().get(RELEASES + release + "/progress").jsonPath();
    assertThat(rate.getDouble("rate.lowerBound")).isGreaterThan(rate.getDouble("rate.threshold"));
    browser.signedIn("");
    for (String path : List.of("#/outcomes/", "#/releases/")) {
      Page page = browser.open(path + release);
      Locator bars = page.locator(".rate .bar");
      assertThat(bars).hasCount(2);
      assertThat(ofThreshold(bars.first()))
          .isCloseTo(
              rate.getDouble("rate.percent") / rate.getDouble("rate.threshold"), within(0.001));
      assertThat(ofThreshold(bars.last()))
          .isCloseTo(
              rate.getDouble("rate.lowerBound") / rate.getDouble("rate.threshold"), within(0.001));
      assertThat(bars.last().locator(".fill")).hasClass(Pattern.compile("\\bbad\\b"));
    }
    Page page = browser.open("#/releases/" + release);
    Locator goes = page.locator("section[aria-labelledby=goes]");
    assertThat(goes.locator("figcaption")).containsText("53 failed: 20%.");
    goes.getByText("All outcomes of this release").click();
    assertThat(browser.heading("Outcomes of " + release)).isVisible();
  }

  @Test
  void belowTheMinimumNothingIsRedAndTheWordsFollowTheState() {
    count(true, Map.of("offered", 6, "started", 5, "confirmed", 3, "install-failed", 2));
    Page page = browser.signedIn("#/outcomes/" + release);
    Locator lead = page.locator(".page-head .soft");
    assertThat(lead).hasText("running the last phase has begun, no other follows");
    assertThat(caption(page, "rate"))
        .hasText(
            "Of the devices that count, 5 are judged so far, and 2 of them failed. Nothing is"
                + " decided before 100.");
    assertThat(caption(page, "failures")).containsText("2 failures, all of devices that count;");
    Locator fills = page.locator(".rate .fill");
    assertThat(fills).hasCount(2);
    assertThat(page.locator(".rate .fill.plain")).hasCount(2);

    stop("pause");
    page = browser.open("#/outcomes/" + release);
    assertThat(lead).hasText("paused no further phase begins until it goes on");
    stop("halt");
    page = browser.open("#/outcomes/" + release);
    assertThat(lead).hasText("halted it is offered to nobody until somebody resumes it");
    Api.operator().post(RELEASES + release + "/withdraw").then().statusCode(200);
    page = browser.open("#/outcomes/" + release);
    assertThat(lead).hasText("withdrawn");
    page = browser.open("#/releases/" + release);
    assertThat(page.locator("section[aria-labelledby=what]")).isVisible();
    assertThat(page.locator("section[aria-labelledby=goes]")).hasCount(0);
  }

  /** Fewer would halt it: it is halted before they come. */
  private void manyFailed() {
    count(
        true,
        Map.of(
            "offered",
            312,
            "started",
            300,
            "soaking",
            20,
            "confirmed",
            209,
            "install-failed",
            10,
            "rolled-back",
            28,
            "lost",
            15,
            "download-failed",
            14));
    count(false, Map.of("offered", 13, "started", 13, "confirmed", 10, "rolled-back", 2));
  }

  private void count(boolean counted, Map<String, Integer> devices) {
    devices.forEach(
        (what, many) ->
            Sql.run(
                """
                INSERT INTO outcome_count (product_id, version, phase, counted, what, devices)
                VALUES (?, '2.0.0', 0, ?::boolean, ?, ?::bigint)
                """,
                product,
                Boolean.toString(counted),
                what,
                many.toString()));
  }

  private void stop(String how) {
    Api.operator().post(RELEASES + release + "/rollout/" + how).then().statusCode(200);
  }

  private static Locator caption(Page page, String section) {
    return page.locator("section[aria-labelledby=" + section + "] figcaption");
  }

  /** The length of a bar, in lengths up to the line. */
  private static double ofThreshold(Locator bar) {
    return Double.parseDouble(bar.locator(".fill").getAttribute("width"))
        / Double.parseDouble(bar.locator(".threshold").getAttribute("x1"));
  }
}
