package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page Notification Alerts in a real browser, over the real service. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class AlertsPageIT {
  private static final String ALERTS = "/v1/me/notification-alerts";
  private static final String DEVICES =
      """
      {"items":[
        {"deviceId":"dev_1","kind":"router","product":"towncrier_ax3000","version":"1.2.0",
         "lastSeen":"2026-05-04"},
        {"deviceId":"dev_2","kind":"phone","product":"router-app-android","version":"3.0.1"}],"total":"2"}
      """;

  private static Chromium chromium;

  private final String user = "mia-" + UUID.randomUUID();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private BrowserContext profile;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void theBrowserComplainedOfNothing() {
    if (profile != null) {
      profile.close();
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void theKeyboardAloneChangesWhatIsStored() {
    Page page = open(en(), Tokens.user(user));
    Locator push = aSwitch(page, "Push notifications");
    assertThat(push).isChecked();
    assertThat(push).hasAccessibleDescription("For all devices of your account On");
    page.keyboard().press("Tab");
    assertThat(push).isFocused();
    assertThat(push.evaluate("e => getComputedStyle(e).outlineWidth")).isEqualTo("3px");

    page.keyboard().press("Space");
    assertThat(page.locator("#switch-push-state"))
        .hasText(Pattern.compile("Off since \\d\\d:\\d\\d [AP]M"));
    assertThat(page.getByRole(AriaRole.STATUS))
        .hasText(Pattern.compile("Push notifications: Off since \\d\\d:\\d\\d [AP]M"));
    assertThat(page.getByText("Push is off as a whole.")).isVisible();
    stored().body("push", equalTo(false));

    for (int i = 0; i < 3; i++) {
      page.keyboard().press("Tab");
    }
    assertThat(aSwitch(page, "Security")).isFocused();
    page.keyboard().press("Space");
    assertThat(page.locator("#switch-security-state")).hasText(Pattern.compile("Off since .*"));
    stored()
        .body("pushCategories.security", equalTo(false))
        .body("pushCategories.policy", equalTo(true))
        .body("revision", equalTo(2));
  }

  @Test
  void manySwitchesInOneGoAreAllSaved() {
    Page page = open(en(), Tokens.user(user));
    // Faster than any answer: each must wait for the revision that the one before it brings.
    page.evaluate(
        "document.querySelectorAll('input[role=switch]:checked').forEach(s => s.click())");
    for (String id : List.of("push", "firmware-update", "app-update", "announcement", "receipts")) {
      assertThat(page.locator("#switch-" + id + "-state")).hasText(Pattern.compile("Off since .*"));
    }
    stored().body("revision", equalTo(7)).body("deliveryReceipts", equalTo(false));
  }

  @Test
  void quietHoursAreSetAndTakenBack() {
    Page page = open(en(), Tokens.user(user));
    Locator quiet = aSwitch(page, "Do not disturb");
    assertThat(page.getByLabel("From")).isHidden();
    quiet.focus();
    page.keyboard().press("Space");
    assertThat(page.locator("#switch-quiet-state")).hasText(Pattern.compile("On since .*"));
    stored().body("quietHours.from", equalTo("22:00"));

    page.getByLabel("From").fill("07:00");
    assertThat(page.locator("#times-error")).hasText("Choose two different times.");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Choose two different times.");
    assertThat(page.getByLabel("From")).hasAttribute("aria-invalid", "true");
    page.getByLabel("From").fill("23:30");
    page.getByLabel("From").blur();
    assertThat(page.getByLabel("From")).hasAttribute("aria-invalid", "false");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText(Pattern.compile("Do not disturb: On.*"));
    stored().body("quietHours.from", equalTo("23:30")).body("quietHours.to", equalTo("07:00"));

    quiet.focus();
    page.keyboard().press("Space");
    assertThat(page.locator("#switch-quiet-state")).hasText(Pattern.compile("Off since .*"));
    stored().body("quietHours", nullValue());
    page.keyboard().press("Space");
    assertThat(page.locator("#switch-quiet-state")).hasText(Pattern.compile("On since .*"));
    stored().body("quietHours.from", equalTo("23:30"));
  }

  @Test
  void aChangeFromElsewhereIsShownAndNotOverwritten() {
    Page page = open(en(), Tokens.user(user));
    change(Map.of("pushCategories", Map.of("policy", false)));
    complaintsOf(409);
    aSwitch(page, "Security").focus();
    page.keyboard().press("Space");
    assertThat(page.locator("#message")).hasText(Pattern.compile("This was changed elsewhere.*"));
    assertThat(aSwitch(page, "Security")).isChecked();
    assertThat(aSwitch(page, "Terms and privacy")).not().isChecked();
    stored().body("revision", equalTo(1));
    page.keyboard().press("Space");
    assertThat(page.locator("#switch-security-state")).hasText(Pattern.compile("Off since .*"));
    assertThat(page.locator("#message")).isHidden();
  }

  @Test
  void aTokenThatExpiresEndsThePageAndANewOneBringsItBack() throws InterruptedException {
    long now = secondsNow();
    Page page =
        open(en(), Tokens.signed(Tokens.claims(user).issuedAt(now - 600).expiresAt(now - 55)));
    assertThat(page.locator("#switch-push")).isChecked();
    page.evaluate("window.towncrierApp = { signInNeeded: () => { window.askedFor = true; } }");
    // What is let pass for clocks that differ is over by then.
    Thread.sleep(6_000);
    complaintsOf(401);
    page.locator("#switch-push").click();
    assertThat(page.getByText("Your sign-in has ended")).isVisible();
    assertThat(page.getByText("Your sign-in has ended")).isFocused();
    assertThat(page.locator("#switch-push")).isHidden();
    assertThat(page.evaluate("window.askedFor")).isEqualTo(true);
    stored().body("revision", equalTo(0));

    page.evaluate("token => window.towncrierSignIn(token)", Tokens.user(user));
    assertThat(page.locator("#switch-push")).isChecked();
  }

  @Test
  void offlineNothingIsChangedAndThePageSaysSo() {
    Page page = open(en(), Tokens.user(user));
    profile.setOffline(true);
    page.locator("#switch-push").focus();
    page.keyboard().press("Space");
    assertThat(page.locator("#message")).hasText("You are offline. Nothing was changed.");
    assertThat(page.locator("#switch-push")).isChecked();
    stored().body("revision", equalTo(0));
    profile.setOffline(false);
    assertThat(page.locator("#message")).isHidden();
    page.keyboard().press("Space");
    assertThat(page.locator("#switch-push-state")).hasText(Pattern.compile("Off since .*"));
  }

  @Test
  void aLostAnswerIsNotTakenForARefusal() {
    Page page = open(en(), Tokens.user(user));
    page.route(
        "**" + ALERTS,
        route -> {
          if (route.request().method().equals("PUT")) {
            // It arrives and holds; only the answer is lost.
            route.fetch();
            route.abort();
          } else {
            route.resume();
          }
        });
    complaints.add("expected");
    page.locator("#switch-push").click();
    assertThat(page.locator("#message")).hasText(Pattern.compile("The connection was lost.*"));
    complaints.clear();
    stored().body("push", equalTo(false));
    page.getByRole(AriaRole.BUTTON).click();
    assertThat(page.locator("#switch-push")).not().isChecked();
    assertThat(page.locator("#message")).isHidden();
  }

  @Test
  void whatAnOlderServiceDoesNotKnowCostsNoOptOut() {
    Page page = open(en(), Tokens.user(user));
    List<String> sent = new ArrayList<>();
    page.route(
        "**" + ALERTS,
        route -> {
          String body = route.request().postData();
          if (!route.request().method().equals("PUT")) {
            route.resume();
          } else if (sent.isEmpty()) {
            sent.add(body);
            // As if this page could also send what the service has not heard of.
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(400)
                    .setContentType("application/problem+json")
                    .setBody(
                        "{\"code\":\"invalid-request\",\"known\":[\"quietHours.from\",\"revision\"]}"));
          } else {
            sent.add(body);
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(200)
                    .setContentType("application/json")
                    .setBody(
                        "{\"push\":true,\"pushCategories\":{},\"revision\":1,\"quietHours\":"
                            + "{\"from\":\"22:00\",\"to\":\"07:00\"}}"));
          }
        });
    complaintsOf(400);
    page.locator("#switch-quiet").click();
    assertThat(page.locator("#switch-quiet-state")).hasText(Pattern.compile("On since .*"));
    assertThat(sent)
        .containsExactly(
            "{\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\"},\"revision\":0}",
            "{\"quietHours\":{\"from\":\"22:00\"},\"revision\":0}");

    // Where nothing would be left to repeat, it says that nothing was changed.
    sent.clear();
    complaintsOf(400);
    page.locator("#switch-push").click();
    assertThat(page.locator("#message")).isVisible();
    assertThat(page.locator("#switch-push")).isChecked();
    assertThat(sent).hasSize(1);
  }

  @Test
  void anotherUsersTokenLeavesNothingOfTheFirst() {
    Page page = open(en(), Tokens.user(user));
    page.locator("#switch-push").click();
    assertThat(page.locator("#switch-push-state")).hasText(Pattern.compile("Off since .*"));
    page.evaluate(
        "token => window.towncrierSignIn(token)",
        Tokens.signed(Tokens.claims("noor-" + UUID.randomUUID()).claim("name", "Noor <b>")));
    assertThat(page.getByText("Signed in as Noor <b>")).isVisible();
    assertThat(page.locator("#switch-push")).isChecked();
    assertThat(page.locator("#switch-push-state")).hasText("On");
  }

  @Test
  void aLinkOnAnotherSiteSignsNobodyIn() {
    Page page = chromium.profile(new Browser.NewContextOptions()).newPage();
    page.navigate("http://127.0.0.1:" + RestAssured.port + "/v1/about");
    String address =
        "http://localhost:"
            + RestAssured.port
            + "/personal-center/notification-alerts#token="
            + Tokens.user("stranger-" + UUID.randomUUID());
    page.evaluate("to => { location.href = to; }", address);

    assertThat(page.locator("[data-when=signed-out]")).isVisible();
    assertThat(page.url()).doesNotContain("token");
    // The app of this user may still hand over a token.
    page.evaluate("t => towncrierSignIn(t)", Tokens.user("own-" + UUID.randomUUID()));
    assertThat(page.locator("#switch-push")).isVisible();
  }

  @Test
  void theTokenIsKeptNowhere() {
    String token = Tokens.user(user);
    Page page = open(en(), token);
    assertThat(page.url()).doesNotContain("#").doesNotContain(token);
    assertThat(
            page.evaluate(
                "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage),"
                    + " document.cookie, history.state, document.documentElement.outerHTML])"))
        .asString()
        .doesNotContain(token);
    assertThat(profile.cookies()).isEmpty();
    assertThat(addresses).isNotEmpty().noneMatch(address -> address.contains("token"));
    page.reload();
    assertThat(page.getByText("You are not signed in")).isVisible();
  }

  @Test
  void itIsReadableInEveryLanguageOnEveryScreen() {
    for (PageLanguage language : PageLanguage.values()) {
      Page page = open(en().setLocale(language.tag()), Tokens.user(user), DEVICES);
      assertThat(page.locator("html")).hasAttribute("lang", language.tag());
      assertThat(page.locator("#device-list li")).hasCount(2);
      page.locator("#switch-announcement").click();
      assertThat(page.locator("#switch-announcement-state")).hasClass(Pattern.compile(".*fresh.*"));
      if (!page.locator("#switch-quiet").isChecked()) {
        page.locator("#switch-quiet").click();
      }
      assertThat(page.locator("#times")).isVisible();
      onEveryScreen(page, language.tag());
      page.evaluate("window.towncrierSignIn('')");
      assertThat(page.locator("[data-when=signed-out]")).isVisible();
      onEveryScreen(page, language.tag() + "-signed-out");
      profile.close();
    }
  }

  /** The page is one; the screen and its colours change under it, as they do on a phone. */
  private static void onEveryScreen(Page page, String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : new int[] {320, 412, 1280}) {
        page.setViewportSize(width, 800);
        looksRight(page, name + "-" + width + "-" + scheme);
      }
    }
  }

  @Test
  void textOfTwiceTheSizeLosesNothing() {
    Browser.NewContextOptions screen = en().setViewportSize(640, 800);
    Page page = open(screen, Tokens.user(user), DEVICES);
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')");
    looksRight(page, "en-640-twice");
  }

  @Test
  void linkedDevicesAreShownWhenTheServiceKnowsThem() {
    Page page = open(en(), Tokens.user(user), DEVICES);
    assertThat(page.locator("#device-list li").first())
        .hasText(Pattern.compile("towncrier_ax3000\\s+Router · 1.2.0 · last seen May 4, 2026"));
    profile.close();
    page = open(en(), Tokens.user(user), "{\"items\":[],\"total\":\"0\"}");
    assertThat(page.getByText("No device is linked to your account.")).isVisible();
    profile.close();
    page = open(en(), Tokens.user(user), "");
    assertThat(page.locator("#devices")).isHidden();
  }

  @Test
  void theDocumentComesWithItsLanguageAndItsPolicy() {
    RestAssured.given()
        .header("Accept-Language", "fr, de-CH;q=0.8")
        .get("/personal-center/notification-alerts")
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Language", "de")
        .header("Vary", "Accept-Language, Sec-Fetch-Site")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Content-Security-Policy", new ContentPolicy(Set.of("none")).header());
    assertThat(RestAssured.get("/personal-center/notification-alerts?lang=es").asString())
        .contains("<html lang=\"es\">", "Horas de silencio");
  }

  private static Browser.NewContextOptions en() {
    return new Browser.NewContextOptions().setLocale("en-US").setViewportSize(412, 800);
  }

  private Page open(Browser.NewContextOptions screen, String token) {
    return open(screen, token, "");
  }

  /** As the app opens it; devices as an answer, or none for a service that knows none. */
  private Page open(Browser.NewContextOptions screen, String token, String devices) {
    profile = chromium.profile(screen);
    Page page = profile.newPage();
    page.route(
        "**/v1/me/devices",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(devices.isEmpty() ? 404 : 200)
                    .setContentType("application/json")
                    .setBody(devices)));
    page.onRequest(request -> addresses.add(request.url()));
    page.onPageError(error -> complaints.add(error));
    page.onConsoleMessage(
        message -> {
          // Chromium writes a line for each answer that is no success.
          boolean expected =
              message.location().contains("/v1/me/devices")
                  || complaints.contains("expected")
                  || complaints.removeIf(c -> message.text().contains("status of " + c));
          if (message.type().equals("error") && !expected) {
            complaints.add(message.text());
          }
        });
    page.navigate(
        "http://localhost:"
            + RestAssured.port
            + "/personal-center/notification-alerts#token="
            + token);
    assertThat(page.locator("#switch-push")).isVisible();
    return page;
  }

  private static long secondsNow() {
    return System.currentTimeMillis() / 1000;
  }

  /** The next answer of this status is meant. */
  private void complaintsOf(int status) {
    complaints.add(Integer.toString(status));
  }

  private static void looksRight(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "pages", name + ".png")));
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("scrolls sideways: " + name)
        .isEqualTo(0);
    assertThat(Chromium.seriousFindings(page)).as(name).isEmpty();
  }

  private static Locator aSwitch(Page page, String name) {
    return page.getByRole(
        AriaRole.SWITCH, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void change(Map<String, ?> body) {
    Api.as(Tokens.user(user)).body(body).put(ALERTS).then().statusCode(200);
  }

  /** What the service has, asked past the page. */
  private ValidatableResponse stored() {
    return Api.as(Tokens.user(user)).get(ALERTS).then().statusCode(200);
  }
}
