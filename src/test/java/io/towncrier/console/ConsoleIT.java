package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.towncrier.platform.Secret;
import io.towncrier.testing.Api;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operators' console in a real browser, over the real service. */
@QuarkusTest
@Tag("zoneless")
class ConsoleIT {
  private static final String PRODUCT = "console_r1";
  private static final String RELEASES = "/v1/admin/releases";
  private static final List<Map<String, Object>> PHASES =
      List.of(Map.of("percentage", 1, "soak", "PT24H"), Map.of("percentage", 100));
  private static final String HOSTILE =
      "<img src=x onerror=alert(1)>${document.cookie}{{7*7}}</script>'\"&amp;";

  /** Of a notice braces are variables, and refused. */
  private static final String HOSTILE_NOTICE = HOSTILE.replaceAll("[{}]", "");

  @Inject ConsoleSessions sessions;

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aProductAndAPersonInFrontOfTheScreen() {
    Api.importSample();
    Api.operator()
        .body(
            Map.of(
                "id", PRODUCT, "name", "Console R1", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products");
    browser = VISIT.browser();
  }

  @Test
  void theTokenSignsInOnceAndIsKeptNowhere() {
    Page page = signedIn("");
    assertThat(page.url()).doesNotContain(TestPostgres.OPERATOR_TOKEN);
    Object kept =
        page.evaluate(
            "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage),"
                + " document.cookie, history.state, document.documentElement.outerHTML])");
    assertThat(kept.toString()).doesNotContain(TestPostgres.OPERATOR_TOKEN);
    assertThat(page.evaluate("document.cookie")).isEqualTo("");
    page.reload();
    assertThat(browser.heading("Overview")).isVisible();

    page.locator(".me summary").click();
    browser.button("Sign out").click();
    assertThat(browser.heading("Towncrier console")).isVisible();
    page.reload();
    assertThat(browser.heading("Towncrier console")).isVisible();
  }

  @Test
  void anEndedSessionAsksInPlaceAndNothingTypedIsLost() {
    Page page = signedIn("#/releases/new?product=" + PRODUCT);
    browser.field("Version").fill("9.9.9");
    browser.field("Title").fill("Typed before");
    browser.field("Text").fill("And not lost.");
    String session = browser.profile().cookies().get(0).value;
    sessions.end(new Secret(session)).await().indefinitely();
    browser.button("Save").click();
    assertThat(page.getByText("Your session has ended")).isVisible();
    page.getByLabel("Operator token").fill(TestPostgres.OPERATOR_TOKEN);
    browser.button("Sign in").click();
    assertThat(page.getByText("Your session has ended")).isHidden();
    assertThat(browser.field("Title")).hasValue("Typed before");
    browser.button("Save").click();
    assertThat(browser.heading("Draft " + PRODUCT + ":9.9.9")).isVisible();
    Api.operator().get(RELEASES + "/" + PRODUCT + ":9.9.9").then().statusCode(200);
    discard("9.9.9");
  }

  @Test
  void aRolloutIsHaltedFromTheOverviewInTwoClicks() {
    publishInPhases("2.0.0");
    Page page = signedIn("");
    Locator strip =
        page.locator(".strip", new Page.LocatorOptions().setHasText(PRODUCT + ":2.0.0"));
    long begin = System.nanoTime();
    ConsoleBrowser.exactly(strip, "Halt").click();
    assertThat(page.getByText(PRODUCT + ":2.0.0 is halted.")).isVisible();
    assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(2_000);
    release("2.0.0").then().body("rollout.state", equalTo("halted"));
    assertThat(page.getByText(PRODUCT + ":2.0.0: the rollout is halted")).isVisible();
    assertThat(strip).containsText("Offered to nobody while it is halted · phase 1 of 2");
    // The way back is asked for with its number.
    page.getByText("Open", new Page.GetByTextOptions().setExact(true)).last().click();
    browser.button("Resume ...").click();
    assertThat(page.locator("dialog[open]")).containsText("It is offered again to 1%, in phase 1.");
    page.locator("dialog[open]")
        .getByText("Resume", new Locator.GetByTextOptions().setExact(true))
        .click();
    assertThat(page.getByText(PRODUCT + ":2.0.0 goes on.")).isVisible();
    release("2.0.0").then().body("rollout.state", nullValue());
  }

  @Test
  void aRolloutThatWaitsForAPersonIsPromotedAndResumedBehindAReason() {
    String version = "2.5.0";
    if (release(version).statusCode() == 404) {
      draft(version, "Promoted by hand", Map.of("phases", PHASES, "promotion", "hand"));
      publish(version);
    }
    Page page = signedIn("#/releases/" + PRODUCT + ":" + version);
    assertThat(page.locator("figcaption").first()).containsText("100% when somebody promotes it.");
    browser.button("Next phase ...").click();
    answerWithReason(page, "Begin it");
    assertThat(page.getByText("Phase 2 of " + PRODUCT + ":" + version + " has begun.")).isVisible();
    release(version).then().body("rollout.phase", equalTo(1));
    assertThat(page.locator("figcaption").first()).containsText("Phase 2 of 2: 100%");
    browser.button("Halt").click();
    browser.button("Resume ...").click();
    answerWithReason(page, "Resume");
    assertThat(page.getByText(PRODUCT + ":" + version + " goes on.")).isVisible();
    release(version).then().body("rollout.state", nullValue());
  }

  /** The open question is answered by a reason, without which its button does nothing. */
  private static void answerWithReason(Page page, String button) {
    Locator dialog = page.locator("dialog[open]");
    Locator act = ConsoleBrowser.exactly(dialog, button);
    assertThat(act).hasAttribute("aria-disabled", "true");
    dialog.getByLabel("Reason").fill("the figures are good");
    act.click();
  }

  @Test
  void theKeyboardAloneLeadsEverywhereAndStopsNothing() {
    Page page = signedIn("");
    page.keyboard().press("g");
    page.keyboard().press("e");
    assertThat(browser.heading("Explain")).isVisible();
    assertThat(browser.heading("Explain")).isFocused();
    page.keyboard().press("g");
    page.keyboard().press("a");
    assertThat(browser.heading("Audit log")).isVisible();
    page.keyboard().press("/");
    assertThat(browser.field("Subject")).isFocused();
    browser.field("Subject").blur();
    page.keyboard().press("?");
    assertThat(page.getByText("None of them starts or stops anything.")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.getByText("None of them starts or stops anything.")).isHidden();
    page.keyboard().press("Tab");
    assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineWidth"))
        .isEqualTo("3px");
    // The skip link is the first stop of all.
    page.reload();
    assertThat(browser.heading("Audit log")).isVisible();
    page.keyboard().press("Tab");
    assertThat(page.getByText("Skip to the page")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("main")).isFocused();
  }

  @Test
  void theCellIsStoppedByTwoClicksAndResumedBehindAReason() {
    Page page = signedIn("");
    page.locator(".stop summary").click();
    browser.button("Stop pushes").click();
    assertThat(page.locator(".halt-banner")).containsText("Stopped: pushes");
    Api.operator().get("/v1/admin/halt").then().body("halted[0].what", equalTo("pushes"));
    page.locator(".halt-banner button").click();
    Locator dialog = page.locator("dialog[open]");
    assertThat(dialog.getByLabel("Reason")).isVisible();
    if (dialog.getByLabel(Pattern.compile("Type the number")).count() > 0) {
      dialog
          .getByLabel(Pattern.compile("Type the number"))
          .fill(dialog.locator(".reach strong").textContent());
    }
    Locator resume = ConsoleBrowser.exactly(dialog, "Resume");
    assertThat(resume).hasAttribute("aria-disabled", "true");
    dialog.getByLabel("Reason").fill("all is well");
    resume.click();
    assertThat(page.locator(".halt-banner")).isHidden();
    Api.operator().get("/v1/admin/halt").then().body("halted.size()", equalTo(0));
  }

  @Test
  void hostileTextsAreTexts() {
    String version = "6.6.6";
    draft(version, HOSTILE);
    Page page = signedIn("#/releases/" + PRODUCT + ":" + version);
    assertThat(page.locator("article h3")).containsText(HOSTILE);
    Api.draft(Api.operator(), HOSTILE_NOTICE, Map.of("devices", List.of(Api.phone("en").id())));
    page = browser.open("#/notices");
    assertThat(page.getByText(HOSTILE_NOTICE).first()).isVisible();
    page = browser.open("#/audit?subject=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8));
    assertThat(browser.field("Subject")).hasValue(HOSTILE);
    page = browser.open("#/" + HOSTILE);
    assertThat(browser.heading("There is no such page")).isVisible();
    assertThat(page.locator("img[src=x]")).hasCount(0);
    discard(version);
  }

  @Test
  void whoWritesTheSameDraftSecondIsShownBothAndLosesNothing() {
    draft("5.0.0", "Before");
    Page page = signedIn("#/releases/" + PRODUCT + ":5.0.0/edit");
    browser.field("Title").fill("Mine");
    Response now = release("5.0.0");
    Api.operator()
        .body(body("5.0.0", "Theirs", now.path("revision")))
        .put(RELEASES + "/" + PRODUCT + ":5.0.0")
        .then()
        .statusCode(200);
    browser.complaintsOf(409);
    browser.button("Save").click();
    Locator conflict = page.locator(".trouble");
    assertThat(conflict).containsText("Another person has saved this draft");
    assertThat(conflict.locator("td").nth(1)).hasText("Theirs");
    assertThat(conflict.locator("td").nth(2)).hasText("Mine");
    release("5.0.0").then().body("notes.en.title", equalTo("Theirs"));
    // What was typed is still there on another page and back, and goes on top when one says so.
    page.keyboard().press("Escape");
    browser.button("Keep mine, and save it on top").click();
    assertThat(page.getByText("Saved.")).isVisible();
    release("5.0.0").then().body("notes.en.title", equalTo("Mine"));
    discard("5.0.0");
  }

  @Test
  void aLookAtOnePersonsDataIsAskedForItsReasonOnceInAVisit() {
    Api.Registered phone = Api.phone("en");
    Page page = signedIn("#/explain?device=" + phone.id());
    page.getByLabel("Why do you look at the data of this person?").fill("Anfrage 12, für Jörg");
    browser.button("Go on").click();
    assertThat(page.locator(".answer .sentence")).isVisible();
    page.evaluate("id => { location.hash = '#/devices/' + id; }", phone.id());
    assertThat(page.getByText("Anfrage 12, für Jörg")).isVisible();
    assertThat(page.getByText("router-app-android")).isVisible();
  }

  @Test
  void everyPageIsReadableOnEveryScreen() {
    publishInPhases("3.0.0");
    Api.Registered phone = Api.phone("en");
    String notice = Api.draft(Api.operator(), "Hello", Map.of("devices", List.of(phone.id())));
    signedIn("");
    List<String> pages =
        List.of(
            "",
            "#/explain?device=" + phone.id(),
            "#/releases",
            "#/releases/" + PRODUCT + ":3.0.0",
            "#/releases/new?product=" + PRODUCT,
            "#/simulate?what=withdraw&release=" + PRODUCT + ":3.0.0",
            "#/lint",
            "#/products",
            "#/products/" + PRODUCT,
            "#/notices",
            "#/notices/" + notice,
            "#/notices/" + notice + "/edit",
            "#/devices",
            "#/devices/" + phone.id(),
            "#/audit",
            "#/health");
    for (String path : pages) {
      Page page = browser.open(path);
      assertThat(page.locator("main h1")).isVisible();
      assertThat(page.getByText("Loading ...")).hasCount(0);
      String name =
          path.isEmpty()
              ? "overview"
              : path.replaceAll("[^a-z]+", "-").replaceAll("-dev-.*", "-dev-");
      browser.looksRight(name + "-wide");
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      page.setViewportSize(320, 900);
      browser.fits(name + "-narrow");
      // Colours are the same on every page: dark ones are looked at where most of them are.
      if (List.of("overview", "-explain-device-dev-").stream().anyMatch(name::startsWith)) {
        browser.looksRight(name + "-dark");
      }
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      page.setViewportSize(1280, 900);
    }
  }

  private Page signedIn(String path) {
    return browser.signedIn(path);
  }

  private static Response release(String version) {
    return Api.operator().get(RELEASES + "/" + PRODUCT + ":" + version);
  }

  private static Map<String, Object> body(String version, String title, int revision) {
    return Map.of(
        "version",
        version,
        "revision",
        revision,
        "severity",
        "recommended",
        "notes",
        Map.of("en", Map.of("title", title, "body", "What is new.")));
  }

  private static void draft(String version, String title) {
    draft(version, title, Map.of("phases", PHASES));
  }

  private static void draft(String version, String title, Map<String, Object> rollout) {
    discard(version);
    Api.operator()
        .body(
            Map.of(
                "product",
                PRODUCT,
                "version",
                version,
                "severity",
                "recommended",
                "notes",
                Map.of("en", Map.of("title", title, "body", "What is new.")),
                "rollout",
                rollout))
        .post(RELEASES)
        .then()
        .statusCode(201);
  }

  private static void publishInPhases(String version) {
    if (release(version).statusCode() == 404) {
      draft(version, "Firmware " + version);
      publish(version);
    }
  }

  private static void publish(String version) {
    Api.operator()
        .body(Map.of("revision", 0))
        .post(RELEASES + "/" + PRODUCT + ":" + version + "/publish")
        .then()
        .statusCode(200);
  }

  private static void discard(String version) {
    Response there = release(version);
    if (there.statusCode() == 200) {
      Api.operator()
          .header("If-Match", "\"" + there.path("revision") + "\"")
          .delete(RELEASES + "/" + PRODUCT + ":" + version);
    }
  }
}
