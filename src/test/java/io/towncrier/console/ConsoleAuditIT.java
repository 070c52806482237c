package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of the audit log in a browser, over the real log. */
@QuarkusTest
@Tag("zoneless")
class ConsoleAuditIT {
  /** Its midnight is that of no other test. */
  private static final String ZONE = "Asia/Kathmandu";

  private static final String AUDIT = "/v1/admin/audit";

  private final String product = "audit-" + UUID.randomUUID();

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit(ZONE);

  private ConsoleBrowser browser;

  @BeforeEach
  void threeEntriesAndAPersonInFrontOfTheScreen() {
    Api.importSample();
    Api.operator()
        .body(product("Audited", Map.of()))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    for (int revision = 0; revision < 2; revision++) {
      Api.operator()
          .body(product("Audited " + revision, Map.of("revision", revision)))
          .put("/v1/admin/products/" + product)
          .then()
          .statusCode(200);
    }
    browser = VISIT.browser();
  }

  @Test
  void theFormAsksForWhatTheApiAnswers() {
    Page page = browser.signedIn("#/audit");
    label(page, "Subject").fill("  " + product + " ");
    label(page, "Action").selectOption("product.changed");
    label(page, "Order").selectOption("number");
    browser.button("Filter").click();
    shows(page, "subject=" + product + "&action=product.changed&sort=number", 2);
    // A look at one person's data is in another log: nothing would ever be found here.
    assertThat(label(page, "Action").locator("option[value='device.read']")).hasCount(0);
    assertThat(label(page, "Action").locator("option[value='device.revoked']")).hasCount(1);

    page.getByText("Show all entries").click();
    assertThat(label(page, "Subject")).hasValue("");
    assertThat(label(page, "Action")).hasValue("");
    label(page, "Subject").fill(product);
    label(page, "Who").fill("nobody-" + product);
    browser.button("Filter").click();
    assertThat(page.getByText("No entries")).isVisible();
  }

  @Test
  void aLinkWithFiltersShowsThemAndTheRowsOfTheApi() {
    browser.signedIn("");
    String about = "subject=" + product;
    String actor = Api.operator().get(AUDIT + "?" + about).path("items[0].actor");
    for (String query : List.of(about, about + "&sort=number", about + "&actor=" + actor)) {
      shows(browser.open("#/audit?" + query), query, 3);
    }
    Page page = browser.open("#/audit?" + about + "&action=no.such-action");
    assertThat(page.getByText("No entries")).isVisible();
    assertThat(label(page, "Action")).hasValue("no.such-action");
  }

  @Test
  void daysAreThoseOfTheZoneThatIsShown() {
    LocalDate today = LocalDate.now(ZoneId.of(ZONE));
    browser.signedIn("");
    String days = "&from=" + today.minusDays(1) + "&to=" + today.plusDays(1);
    Page page = browser.open("#/audit?subject=" + product + days);
    shows(page, "subject=" + product, 3);
    assertThat(page.locator(".group th").first()).containsText("(GMT+5:45)");
    assertThat(page.locator("td time").first())
        .hasText(Pattern.compile("^\\d{1,2}:\\d\\d:\\d\\d\\s?([AP]M)?$"));
    assertThat(page.getByText("Days of GMT+5:45").first()).isVisible();

    Request asked =
        page.waitForRequest(
            request -> request.url().contains("from=2026-05-03"),
            () -> {
              label(page, "From day").fill("2026-05-04");
              label(page, "To day").fill("2026-05-05");
              browser.button("Filter").click();
            });
    assertThat(URLDecoder.decode(asked.url(), StandardCharsets.UTF_8))
        .contains("from=2026-05-03T18:15:00.000Z", "to=2026-05-05T18:15:00.000Z");
    asked =
        page.waitForRequest(
            request -> request.url().contains("from=2026-05-04"),
            () -> {
              page.locator(".me summary").click();
              page.locator(".me").getByLabel("Times in").selectOption("utc");
            });
    assertThat(URLDecoder.decode(asked.url(), StandardCharsets.UTF_8))
        .contains("from=2026-05-04T00:00:00.000Z", "to=2026-05-06T00:00:00.000Z");
  }

  @Test
  void aMomentIsTypedInTheZoneThatIsShown() {
    browser.signedIn("");
    Page page =
        browser.open(
            "#/explain?product=towncrier_ax3000&version=1.0.0&at=2026-05-04T04:15:00.000Z");
    Locator moment = label(page, "At another moment");
    assertThat(moment).hasValue("2026-05-04T10:00");
    assertThat(moment).hasAccessibleDescription("Empty: now · Time of GMT+5:45");
    page.locator(".me summary").click();
    page.locator(".me").getByLabel("Times in").selectOption("utc");
    assertThat(moment).hasValue("2026-05-04T04:15");
    assertThat(moment).hasAccessibleDescription("Empty: now · Time of UTC");
    page.keyboard().press("Escape");
    moment.fill("2026-05-04T05:00");
    Request asked =
        page.waitForRequest(
            request -> request.url().endsWith("/v1/admin/explain"),
            () -> browser.button("Explain").click());
    assertThat(asked.postData()).contains("\"at\":\"2026-05-04T05:00:00.000Z\"");
  }

  @Test
  void timesOfADeviceAreShownInItsZoneWhereThatIsChosen() {
    String phone = Api.phone("en").id();
    Page page = browser.signedIn("#/devices/" + phone);
    page.getByLabel("Why do you look at the data of this person?").fill("CASE-33");
    browser.button("Go on").click();
    Locator registered = page.locator("main .facts time").first();
    assertThat(registered).containsText("GMT+5:45");
    page.locator(".me summary").click();
    page.locator(".me").getByLabel("Times in").selectOption("device");
    // It is in Berlin.
    assertThat(registered).containsText(Pattern.compile("GMT\\+[12]\\b"));
    page.evaluate("location.hash = '#/audit'");
    assertThat(page.locator(".group th").first()).containsText("(GMT+5:45)");
  }

  @Test
  void theExportIsAFileOfTheLinesBehindANumber() throws IOException {
    int first =
        Api.operator().get(AUDIT + "?sort=number&subject=" + product).path("items[0].number");
    Page page = browser.signedIn("#/audit");
    page.getByText("Export", new Page.GetByTextOptions().setExact(true)).click();
    Locator from = label(page, "From entry");
    from.fill("soon");
    assertThat(page.getByText("Give the number of an entry, from 1.")).isVisible();
    Locator export = page.locator("details.export button");
    assertThat(export).hasCount(0);
    from.fill(Integer.toString(first));
    Download download = page.waitForDownload(export::click);
    assertThat(download.suggestedFilename()).isEqualTo("audit-" + first + ".ndjson");
    String lines;
    try (InputStream in = download.createReadStream()) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(lines.lines())
        .hasSizeGreaterThanOrEqualTo(3)
        .startsWith(
            Api.operator()
                .get(AUDIT + "/export?limit=3&after=" + (first - 1))
                .asString()
                .lines()
                .toArray(String[]::new));
    browser.looksRight("audit-export-wide");
    page.setViewportSize(320, 900);
    browser.fits("audit-export-narrow");
  }

  @Test
  void anErrorIsNoFileOfTheExport() {
    Page page = browser.signedIn("#/audit");
    List<Download> downloads = new ArrayList<>();
    page.onDownload(downloads::add);
    page.route(
        "**/v1/admin/audit/export*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("application/problem+json")
                    .setBody("{\"code\":\"database-unavailable\",\"title\":\"x\"}")));
    page.getByText("Export", new Page.GetByTextOptions().setExact(true)).click();
    browser.complaintsOf(503);
    page.locator("details.export button").click();
    assertThat(page.locator("details.export [role=alert]"))
        .containsText("The database does not answer at present.");
    assertThat(downloads).isEmpty();
  }

  /** The numbers of the entries that are shown, in their order, are those of the API. */
  private static void shows(Page page, String query, int count) {
    List<Integer> numbers = Api.operator().get(AUDIT + "?" + query).path("items.number");
    assertThat(numbers).hasSize(count);
    Locator cells = page.locator("main tbody tr:not(.group) td:first-child");
    assertThat(cells)
        .hasText(
            numbers.stream().map(n -> String.format(Locale.ROOT, "%,d", n)).toArray(String[]::new));
  }

  private static Locator label(Page page, String text) {
    return page.locator("main").getByLabel(text, new Locator.GetByLabelOptions().setExact(true));
  }

  private Map<String, Object> product(String name, Map<String, Object> more) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of("id", product, "name", name, "kind", "firmware", "defaultLanguage", "en"));
    body.putAll(more);
    return body;
  }
}
