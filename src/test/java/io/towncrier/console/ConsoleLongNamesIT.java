package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Long names without a place to break, and such from right to left, in a browser. */
@QuarkusTest
@Tag("zoneless")
class ConsoleLongNamesIT {
  private static final String HEBREW = "\u05e9\u05dc\u05d5\u05dd\u05d0";
  private static final String LONG_TITLE = HEBREW.repeat(40);
  private static final String VERSION = "9." + "1".repeat(62);

  /** What is cut off, by its class, but what is for readers of screens alone. */
  private static final String CUT =
      """
      [...document.querySelectorAll('main *, .toasts *')]
        .filter(e => e instanceof HTMLElement
          && !e.matches('.hidden-text, select, input, textarea, meter, progress')
          && getComputedStyle(e).overflowX === 'hidden'
          && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight))
        .map(e => e.tagName + '.' + e.className)
        .join()
      """;

  private final String product = (UUID.randomUUID() + "x".repeat(80)).substring(0, 80);
  private final String release = product + ":" + VERSION;

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aReleaseAndAPersonInFrontOfTheScreen() {
    Api.operator()
        .body(
            """
            {"products":[{"id":"%1$s","name":"%2$s","kind":"firmware","defaultLanguage":"en"}],
             "releases":[{"products":["%1$s"],"version":"%3$s","severity":"recommended",
               "publishedAt":"2026-05-01T00:00:00Z",
               "notes":{"en":{"title":"%4$s","body":"Better."}}}]}
            """
                .formatted(product, HEBREW.repeat(16), VERSION, LONG_TITLE))
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    browser = VISIT.browser();
  }

  @Test
  void nothingHangsOutOfTheNarrowestScreenAndNothingIsCut() {
    String notice = notice();
    Page page = browser.signedIn("");
    page.setViewportSize(320, 900);
    for (String path :
        List.of(
            "#/releases?product=" + product,
            "#/releases/" + release,
            "#/outcomes?product=" + product,
            "#/outcomes/" + release,
            "#/simulate?what=withdraw&release=" + release,
            "#/products",
            "#/products/" + product,
            "#/notices",
            "#/notices/" + notice,
            "#/notices/" + notice + "/edit",
            "#/explain?version=1&product=" + product,
            "#/audit?subject=" + release)) {
      browser.open(path);
      assertThat(page.locator("main h1")).isVisible();
      assertThat(page.getByText("Loading ...")).hasCount(0);
      browser.fits("long" + path.replaceAll("[^a-z]+", "-").substring(0, 8));
      assertThat((String) page.evaluate(CUT)).as(path).isEmpty();
    }
    browser.open("#/releases/" + release);
    browser.button("Pause").click();
    Locator toast = page.locator(".toast");
    assertThat(toast).containsText(release + " is paused.");
    assertThat(toast.boundingBox().x + toast.boundingBox().width).isLessThanOrEqualTo(320);
    browser.fits("long-toast");
  }

  @Test
  void aLongNameLeavesTheOtherColumnsTheirPlace() {
    Api.operator().post("/v1/admin/releases/" + release + "/rollout/pause").then().statusCode(200);
    browser.signedIn("");
    for (String path : List.of("#/releases?product=", "#/outcomes?product=", "#/audit?subject=")) {
      Page page = browser.open(path + product + (path.contains("audit") ? ":" + VERSION : ""));
      Locator table = page.locator(".table-place");
      assertThat(table).isVisible();
      assertThat(table.evaluate("e => e.scrollWidth - e.clientWidth")).as(path).isEqualTo(0);
    }
  }

  @Test
  void aNameFromRightToLeftTurnsNothingElseRound() {
    String notice = notice();
    Page page = browser.signedIn("#/notices/" + notice);
    assertThat(page.locator("h1")).hasText(LONG_TITLE);
    assertThat(direction(page.locator("h1 bdi"))).isEqualTo("rtl");
    assertThat(direction(page.locator("h1"))).isEqualTo("ltr");
    assertThat(direction(page.locator(".phone-title").first())).isEqualTo("rtl");
    page = browser.open("#/outcomes?product=" + product);
    assertThat(page.locator("td bdi")).hasText(HEBREW.repeat(16));
    assertThat(direction(page.locator("td bdi"))).isEqualTo("rtl");
  }

  private static Object direction(Locator of) {
    return of.evaluate("e => getComputedStyle(e).direction");
  }

  private String notice() {
    // A notice addresses somebody.
    Api.register(Map.of("product", product, "version", "1.0"));
    return Api.operator()
        .body(
            Map.of(
                "kind",
                "announcement",
                "defaultLanguage",
                "en",
                "texts",
                Map.of("en", Map.of("title", LONG_TITLE, "body", "A long story. ".repeat(80))),
                "audience",
                Map.of("products", List.of(product))))
        .post("/v1/admin/notices")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }
}
