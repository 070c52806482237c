package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.towncrier.privacy.rights.Kept;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The section My data in a real browser, over the real service. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class MyDataPageIT {
  private static Chromium chromium;

  private final String user = "mia-" + UUID.randomUUID();
  private final List<String> complaints = new ArrayList<>();
  private BrowserContext profile;
  private Api.Registered phone;

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

  @BeforeEach
  void linkAPhone() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    phone = Api.phone("en");
    Api.as(Tokens.user(user))
        .header("X-Device-Secret", phone.secret())
        .put(phone.path("/account"))
        .then()
        .statusCode(204);
  }

  @AfterEach
  void theBrowserComplainedOfNothing() {
    if (profile != null) {
      profile.close();
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void whatIsKnownIsShownAndTheExportIsAFile() {
    Page page = open("en-US", Tokens.user(user));
    // All but the cancelled accounts, of which there are none.
    assertThat(page.locator("#kept-list li")).hasCount(Kept.values().length - 1);
    assertThat(page.locator("#kept-list")).containsText("Your notification alerts");
    assertThat(page.locator("#where-list li"))
        .hasText(Pattern.compile("router-app-android\\s+Germany · Europe/Berlin · English"));

    Download file = page.waitForDownload(() -> page.locator("#download").click());
    assertThat(file.suggestedFilename()).isEqualTo("towncrier-my-data.json");
    JsonPath export = JsonPath.from(file.path().toFile());
    assertThat(export.getString("accounts[0].data.device[0].id")).isEqualTo(phone.id());
    assertThat(export.getString("accounts[0].data.account[0].subject")).isEqualTo(user);
    assertThat(page.locator("#message")).containsText("towncrier-my-data.json");
  }

  @Test
  void somebodyElsesRegistrationIsToldWithWhatToDo() {
    Page page = open("en-US", Tokens.user(user));
    assertThat(page.locator("#others-list")).isHidden();
    String identifier = "serial-" + UUID.randomUUID();
    Api.Registered known = Api.register(Map.of("identifier", identifier, "ecv", "mine"));
    Api.as(Tokens.user(user))
        .header("X-Device-Secret", known.secret())
        .put(known.path("/account"))
        .then()
        .statusCode(204);
    Api.register(Map.of("identifier", identifier, "ecv", "another"));
    page.evaluate("token => window.towncrierSignIn(token)", Tokens.user(user));
    assertThat(page.locator("#others-list li")).hasCount(1);
    assertThat(page.locator("#others-list li"))
        .containsText("router-app-android: somebody registered this device anew on");
    assertThat(page.locator("#others-list li")).containsText("tell our support");
    onEveryScreen(page, "my-data-other-registration");
  }

  @Test
  void theAccountIsCancelledByTheKeyboardAndInWordsAlone() {
    Page page = open("en-US", Tokens.user(user));
    page.locator("#cancel").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#confirm-title")).isFocused();
    onEveryScreen(page, "my-data-confirm");
    page.locator("#cancel-word").focus();
    page.keyboard().type("yes");
    page.keyboard().press("Enter");
    assertThat(page.locator("#cancel-error"))
        .hasText("To confirm, type the word \u201ccancel\u201d.");
    assertThat(page.locator("#cancel-word")).isFocused();
    me().body("devices.size()", equalTo(1));

    page.locator("#cancel-word").fill("Cancel");
    page.keyboard().press("Enter");
    assertThat(page.locator("#cancelled-title")).isFocused();
    assertThat(page.locator("#cancelled-text")).containsText("will be erased by");
    assertThat(page.locator("#switch-push")).isHidden();
    String receipt = page.locator("#receipt").textContent();
    onEveryScreen(page, "my-data-cancelled");
    assertThat(page.locator("#receipt-link")).hasAttribute("href", "../v1/receipts/" + receipt);
    Api.anonymous()
        .get("/v1/receipts/" + receipt)
        .then()
        .statusCode(200)
        .body("state", equalTo("restricted"));
    me().body("devices.size()", equalTo(0));

    // Opened again, the page shows until when it is erased, and offers no second cancellation.
    page.evaluate("token => window.towncrierSignIn(token)", Tokens.user(user));
    assertThat(page.locator("#cancelled-list li")).hasCount(1);
    assertThat(page.locator("#cancel")).isHidden();
    assertThat(page.locator("#download")).isVisible();
  }

  @Test
  void aCancellationThatFailsIsNotTakenForOneThatWorked() {
    Page page = open("de", Tokens.user(user));
    page.route(
        "**/v1/me",
        route -> {
          if (route.request().method().equals("DELETE")) {
            route.abort();
          } else {
            route.resume();
          }
        });
    complaints.add("expected");
    page.locator("#cancel").click();
    page.locator("#cancel-word").fill("kündigen");
    page.locator("#cancel-yes").click();
    assertThat(page.locator("#cancel-error")).containsText("konnte nicht gekündigt werden");
    complaints.clear();
    page.locator("#cancel-no").click();
    assertThat(page.locator("#confirm")).isHidden();
    assertThat(page.locator("#cancel")).isFocused();
    me().body("devices.size()", equalTo(1));
  }

  @Test
  void aServiceThatKnowsNothingOfItShowsNoSection() {
    Page page = open("en-US", Tokens.user(user));
    page.route("**/v1/me", route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
    complaints.add("expected");
    page.evaluate("token => window.towncrierSignIn(token)", Tokens.user(user));
    assertThat(page.locator("#switch-push")).isVisible();
    assertThat(page.locator("#my-data")).isHidden();
    complaints.clear();
  }

  private io.restassured.response.ValidatableResponse me() {
    return Api.as(Tokens.user(user)).get("/v1/me").then().statusCode(200);
  }

  private Page open(String locale, String token) {
    profile =
        chromium.profile(
            new Browser.NewContextOptions()
                .setLocale(locale)
                .setViewportSize(412, 800)
                .setAcceptDownloads(true));
    Page page = profile.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !complaints.contains("expected")) {
            complaints.add(message.text());
          }
        });
    page.navigate(
        "http://localhost:"
            + RestAssured.port
            + "/personal-center/notification-alerts#token="
            + token);
    assertThat(page.locator("#my-data")).isVisible();
    return page;
  }

  private static void onEveryScreen(Page page, String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : new int[] {320, 412}) {
        page.setViewportSize(width, 800);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "pages", name + "-" + width + "-" + scheme + ".png")));
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
            .as("scrolls sideways: " + name)
            .isEqualTo(0);
        assertThat(Chromium.seriousFindings(page)).as(name).isEmpty();
      }
    }
  }
}
