package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console does by itself while somebody looks, and while nobody does. */
@QuarkusTest
@Tag("zoneless")
class ConsoleLiveIT {
  private static final int A_MINUTE = 60_000;
  private static final int A_MOMENT = 300;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aPersonInFrontOfTheScreen() {
    Api.importSample();
    // A notice addresses somebody.
    Api.phone("en");
    browser = VISIT.browser();
  }

  @Test
  void newRowsWaitBehindTheirNumberAndNoRowMoves() {
    // Other tests write notices meanwhile: the list has those of one product.
    String product = "live-" + UUID.randomUUID();
    Api.operator()
        .body(Map.of("id", product, "name", "Live", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    Api.register(Map.of("product", product, "version", "1.0"));
    Map<String, ?> audience = Map.of("products", List.of(product));
    String mine = "Rows " + UUID.randomUUID();
    Api.draft(Api.operator(), mine + " one", audience);
    Page page = browser.signedIn("#/notices?product=" + product);
    Locator rows = page.locator("main tbody tr");
    assertThat(rows.first()).containsText(mine + " one");
    Api.draft(Api.operator(), mine + " two", audience);
    Locator waiting =
        page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("New or gone rows: \\d+")));
    assertThat(waiting).isVisible();
    assertThat(rows.first()).containsText(mine + " one");
    assertThat(page.getByText(mine + " two")).hasCount(0);
    waiting.click();
    assertThat(rows.first()).containsText(mine + " two");
    assertThat(waiting).hasCount(0);
  }

  @Test
  void nothingIsAskedWhileNobodySeesThePageOrItStandsStill() {
    Page page = browser.signedIn("");
    page.clock().install();
    page.reload();
    assertThat(browser.heading("Overview")).isVisible();
    page.onRequest(
        request -> {
          if (request.url().contains("/v1/")) {
            asked.add(request.url());
          }
        });
    Await.patiently(
        "it asks while it is seen",
        () -> {
          page.clock().runFor(A_MINUTE);
          return asked.stream().anyMatch(url -> url.contains("/live"));
        });

    seen(page, false);
    settled(page);
    page.clock().runFor(A_MINUTE);
    assertThat(asked).as("while it is hidden").isEmpty();
    seen(page, true);
    Await.patiently("it asks at once", () -> isAsked(page, "/live"));

    page.locator(".me summary").click();
    page.getByLabel("Pages renew themselves").uncheck();
    assertThat(page.getByText("pages stand still")).isVisible();
    settled(page);
    page.clock().runFor(A_MINUTE);
    assertThat(asked).as("while it stands still").isEmpty();
    page.getByLabel("Pages renew themselves").check();
    Await.patiently("it asks at once", () -> isAsked(page, "/live"));
  }

  @Test
  void aServiceThatDoesNotAnswerIsToldAndFoundAgain() {
    Page page = browser.signedIn("");
    page.clock().install();
    page.reload();
    assertThat(page.getByText("As of").first()).isVisible();
    browser.isCutOff();
    page.route("**/v1/admin/**", Route::abort);
    Locator stale = page.getByText("No answer since");
    Await.patiently(
        "the page says that it is old",
        () -> {
          page.clock().runFor(A_MINUTE);
          return stale.count() > 0;
        });
    assertThat(browser.heading("Overview")).isVisible();
    page.unroute("**/v1/admin/**");
    Await.patiently(
        "the page is new again",
        () -> {
          page.clock().runFor(A_MINUTE);
          return stale.count() == 0;
        });
  }

  @Test
  void aNameLeadsToItsPageAndAnIdToItsThing() {
    String notice = Api.draft(Api.operator(), "Led to by its id", Map.of());
    Page page = browser.signedIn("");
    page.keyboard().press("Control+k");
    Locator field = page.locator("#palette-text");
    assertThat(field).isFocused();
    field.fill("hea");
    assertThat(page.locator("#palette-found li")).hasText("Health");
    browser.looksRight("palette");
    page.keyboard().press("Enter");
    assertThat(browser.heading("Health")).isVisible();
    assertThat(page.locator("dialog[open]")).hasCount(0);

    page.keyboard().press("Control+k");
    field.fill(notice);
    page.keyboard().press("Enter");
    assertThat(browser.heading("Led to by its id")).isVisible();

    page.keyboard().press("Control+k");
    field.fill("release");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowUp");
    page.keyboard().press("Enter");
    assertThat(browser.heading("Releases")).isVisible();

    page.keyboard().press("Control+k");
    field.fill("no page is called so");
    page.keyboard().press("Enter");
    assertThat(page.getByText("Nothing is called so.")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog[open]")).hasCount(0);
  }

  /** What was under way has come to its end, and what is asked from now on counts. */
  private void settled(Page page) {
    AtomicInteger before = new AtomicInteger(-1);
    Await.patiently(
        "what was under way ends",
        () -> {
          page.waitForLoadState(LoadState.NETWORKIDLE);
          page.waitForTimeout(A_MOMENT);
          return before.getAndSet(asked.size()) == asked.size();
        });
    asked.clear();
  }

  private boolean isAsked(Page page, String what) {
    page.clock().runFor(1);
    return asked.stream().anyMatch(url -> url.contains(what));
  }

  /** As a browser tells a page that its tab is in front, or behind. */
  private static void seen(Page page, boolean isSeen) {
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
            + " document.dispatchEvent(new Event('visibilitychange')); }",
        !isSeen);
  }
}
