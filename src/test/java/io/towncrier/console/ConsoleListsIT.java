package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the lists of the console find, in which order, and how far it is. */
@QuarkusTest
@Tag("zoneless")
class ConsoleListsIT {
  private final String word = "w" + System.nanoTime();
  private final String product = "lists-" + word;
  private final String name = "Listen & mehr " + word;

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aProductAndAPersonInFrontOfTheScreen() {
    Api.importSample();
    Api.operator()
        .body(Map.of("id", product, "name", name, "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    browser = VISIT.browser();
  }

  @Test
  void noticesAreFoundByTheirTextAndCountedByState() {
    // A notice addresses somebody.
    Api.register(Map.of("product", product, "version", "1.0"));
    String first = notice("first " + word, Map.of("products", List.of(product)), Map.of());
    notice("second " + word, Map.of("devices", List.of(Api.phone("en").id())), Map.of());
    String running =
        notice("third " + word, Map.of("devices", phones(3)), Map.of("spreadSeconds", 43_200));
    start(running);

    Page page = browser.signedIn("#/notices");
    page.getByLabel("Search").fill("  " + word.toUpperCase(Locale.ROOT));
    page.keyboard().press("Enter");
    Locator rows = page.locator("tbody tr");
    assertThat(rows).hasCount(3);
    assertThat(rows.nth(0)).containsText("third " + word);
    assertThat(rows.nth(0)).containsText("0 of 3 accepted");
    assertThat(rows.nth(0).locator("svg.share")).hasCount(1);
    assertThat(rows.nth(0)).containsText("Started");
    assertThat(rows.nth(2)).containsText(name);
    assertThat(rows.nth(2)).containsText("Written");
    Locator tabs = page.locator("nav.tabs a");
    assertThat(tabs.nth(0)).hasText("All 3");
    assertThat(tabs.nth(1)).hasText("draft 2");
    assertThat(tabs.nth(4)).hasText("running 1");

    page.getByLabel("Product").selectOption(product);
    assertThat(rows).hasCount(1);
    assertThat(rows.first().locator("a")).hasAttribute("href", "#/notices/" + first);
    tabs.nth(4).click();
    assertThat(page.getByText("No notices")).isVisible();
    assertThat(tabs.nth(1)).hasText("draft 1");
    browser.looksRight("notices-found-wide");
    cancel(running);
  }

  @Test
  void releasesAreFoundAndSaidToBeThroughWhenTheyAre() {
    release("1.0", "recommended", Map.of());
    release("2.0", "recommended", phases("P999D"));
    release("3.0", "critical", Map.of());
    publish("1.0");
    publish("2.0");
    Api.register(Map.of("product", product, "version", "1.0"));
    Api.operator().post(path("2.0") + "/rollout/halt").then().statusCode(200);

    Page page = browser.signedIn("#/releases?q=" + word);
    Locator rows = page.locator("tbody tr");
    assertThat(rows).hasCount(3);
    assertThat(rows.nth(0)).containsText("offered to nobody · phase 1 of 2");
    assertThat(rows.nth(0)).containsText("0% (0)");
    assertThat(rows.nth(1)).containsText(name);
    assertThat(rows.nth(1)).containsText("offered to all");
    assertThat(rows.nth(1)).containsText("100% (1)");
    assertThat(rows.nth(2)).containsText("3.0");
    page.getByLabel("Order").selectOption("oldest");
    assertThat(rows.nth(0)).containsText("3.0");
    assertThat(rows.nth(1)).containsText("1.0");
    page.getByLabel("Severity").selectOption("critical");
    assertThat(rows).hasCount(1);
    assertThat(rows.first()).containsText("3.0");

    page = browser.open("#/outcomes?product=" + product);
    assertThat(rows).hasCount(2);
    assertThat(page.locator("tbody .badge").first()).hasText("offered to all");
    assertThat(page.locator("tbody")).not().containsText("running");
  }

  @Test
  void twoReleasesAreComparedByWhatIsWritten() {
    release("1.0", "recommended", phases("P1D"));
    Map<String, ?> countries = Map.of("countries", Map.of("allow", List.of("DE")));
    release("2.0", "critical", countries);
    publish("1.0");
    browser.signedIn("");
    Page page = browser.open("#/releases/" + product + ":2.0");
    ConsoleBrowser.exactly(page.locator("main"), "Compare").click();
    assertThat(browser.heading(product + ":2.0 compared")).isVisible();
    Locator rows = page.locator("tbody tr:not(.group)");
    assertThat(rows.filter(having("Countries: Only in"))).containsText("-Germany");
    assertThat(rows.filter(having("Phase 1: Share"))).containsText("25%");
    assertThat(rows.filter(having("Phase 1: Lasts"))).containsText("1 day");
    assertThat(rows.filter(having("Severity"))).containsText("recommendedcritical");
    assertThat(rows.filter(having("Release notes"))).hasCount(0);
    assertThat(page.locator("main .sentence")).containsText("They differ in ");
    browser.looksRight("compare-wide");
    page.setViewportSize(320, 900);
    browser.fits("compare-narrow");

    page = browser.open("#/releases/" + product + ":2.0/compare?with=" + product + ":2.0");
    assertThat(page.getByText("The two releases say the same.")).isVisible();
  }

  /** Links name filters too, and some that the page has no choice for. */
  @Test
  void aFilterOfTheAddressIsShownAndCanBeTakenAway() {
    release("1.0", "recommended", Map.of());
    release("2.0", "recommended", Map.of("channel", "candidate"));
    browser.signedIn("");
    Page page = browser.open("#/releases?product=" + product + "&channel=candidate");
    Locator rows = page.locator("tbody tr");
    assertThat(rows).hasCount(1);
    Locator channel = page.getByLabel("Channel");
    assertThat(channel).hasValue("candidate");
    channel.selectOption("");
    assertThat(rows).hasCount(2);
    assertThat(page).hasURL(Pattern.compile("product=" + product + "$"));

    page = browser.open("#/devices?product=gone-" + word);
    assertThat(page.getByText("No devices match")).isVisible();
    assertThat(page.getByLabel("Product")).hasValue("gone-" + word);
    page.getByLabel("Product").selectOption("");
    assertThat(page).hasURL(Pattern.compile("#/devices$"));
  }

  @Test
  void nothingIsSaidToBeOfferedWhileAllUpdatesAreStopped() {
    release("1.0", "recommended", Map.of());
    publish("1.0");
    Api.operator()
        .body(Map.of("what", "rollouts", "exceptSecurity", true, "reason", "a test"))
        .post("/v1/admin/halt")
        .then()
        .statusCode(200);
    Locator row = browser.signedIn("#/outcomes?product=" + product).locator("tbody tr");
    try {
      assertThat(row).containsText("all updates are stopped");
      assertThat(row).not().containsText("offered to all");
    } finally {
      Api.operator()
          .body(Map.of("what", "rollouts", "reason", "the test is over"))
          .post("/v1/admin/resume");
    }
    browser.open("#/outcomes?product=" + product);
    assertThat(row).containsText("offered to all");
  }

  @Test
  void whatIsNotOutYetIsNotSaidToRun() {
    Instant later = Instant.now().plus(Duration.ofDays(30));
    release("1.0", "optional", Map.of("publishedAt", later.toString()));
    publish("1.0");
    Page page = browser.signedIn("#/releases?product=" + product);
    Locator row = page.locator("tbody tr");
    assertThat(row).containsText("Offered to nobody yet");
    assertThat(row).not().containsText("running");
    page.getByLabel("State").selectOption("draft");
    assertThat(page.getByText("No releases match")).isVisible();
    Api.operator().post(path("1.0") + "/withdraw").then().statusCode(200);
  }

  @Test
  void whatComesIsCalledByItsTitleOrItsProduct() {
    release("1.0", "recommended", phases("PT1H"));
    publish("1.0");
    String at = Instant.now().plus(Duration.ofHours(1)).toString();
    String notice = notice("Wartung <b> " + word, Map.of("devices", phones(1)), Map.of("at", at));
    start(notice);

    Page page = browser.signedIn("");
    Locator comes = page.locator("section[aria-labelledby=comes]");
    assertThat(comes).containsText("Wartung <b> " + word + " starts");
    assertThat(comes).containsText(name + " 1.0 next phase: 100%");
    assertThat(comes).not().containsText(notice);
    cancel(notice);
    Api.operator().post(path("1.0") + "/withdraw").then().statusCode(200);
  }

  @Test
  void aSettingIsFoundAmongItsGroup() {
    Page page = browser.signedIn("#/health");
    Locator settings = page.locator("section[aria-labelledby=settings]");
    Locator name = ConsoleBrowser.exactly(settings, "towncrier.retention.audit");
    assertThat(settings.locator("details")).not().hasCount(0);
    assertThat(name).isHidden();
    settings
        .locator("summary", new Locator.LocatorOptions().setHasText(Pattern.compile("^retention")))
        .click();
    assertThat(name).isVisible();
    page.getByLabel("Search").fill("Operator-Token");
    assertThat(settings.locator("details")).hasCount(1);
    assertThat(settings.locator("tbody tr")).hasCount(1);
    assertThat(settings.locator("tbody td").last()).hasText("(set)");
    page.getByLabel("Search").fill("no such setting");
    assertThat(settings.getByText("There is nothing here.")).isVisible();
    browser.looksRight("health-searched-wide");
  }

  @Test
  void aWholeIdIsSeenInItsField() {
    Page page = browser.signedIn("#/explain");
    seenWhole(browser.field("Device id"), "dev_01h8xgyzk2m3n4p5q6r7s8t9va");
    page = browser.open("#/audit");
    seenWhole(browser.field("Subject"), "ntc_01h8xgyzk2m3n4p5q6r7s8t9vw");
  }

  private static void seenWhole(Locator field, String id) {
    field.fill(id);
    Assertions.assertThat(
            (Boolean) field.evaluate("input => input.scrollWidth <= input.clientWidth"))
        .isTrue();
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static List<String> phones(int count) {
    return Stream.generate(() -> Api.phone("en").id()).limit(count).toList();
  }

  private static String notice(String title, Map<String, ?> audience, Map<String, ?> schedule) {
    Map<String, Object> body = new HashMap<>(Api.announcement(title, audience));
    if (!schedule.isEmpty()) {
      body.put("schedule", schedule);
    }
    return Api.operator().body(body).post("/v1/admin/notices").path("id");
  }

  private static void start(String notice) {
    Api.operator().post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
  }

  private static void cancel(String notice) {
    Api.operator().post("/v1/admin/notices/" + notice + "/cancel").then().statusCode(200);
  }

  private static Map<String, ?> phases(String soak) {
    return Map.of(
        "rollout",
        Map.of(
            "phases", List.of(Map.of("percentage", 25, "soak", soak), Map.of("percentage", 100))));
  }

  private void release(String version, String severity, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("product", product);
    body.put("version", version);
    body.put("severity", severity);
    body.put("notes", Map.of("en", Map.of("title", "Title", "body", "Body")));
    Api.operator().body(body).post("/v1/admin/releases").then().statusCode(201);
  }

  private void publish(String version) {
    Api.operator()
        .body(Map.of("revision", 0))
        .post(path(version) + "/publish")
        .then()
        .statusCode(200);
  }

  private String path(String version) {
    return "/v1/admin/releases/" + product + ":" + version;
  }
}
