package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page Notices in a real browser, over the real service. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class NoticesPageIT {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private static Chromium chromium;

  private final String user = Tokens.user("nina-" + UUID.randomUUID());
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
  void aLinkedPhone() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    phone = Api.phone("en");
    Api.as(user)
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
  void anOpenedNoticeIsReadAndHostileTextsAreTexts() {
    announce(HOSTILE);
    Page page = open("en-US", user);
    Locator title = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(HOSTILE));
    assertThat(title).isVisible();
    assertThat(page.getByText("Unread")).isVisible();
    assertThat(page.locator("#list img")).hasCount(0);

    page.keyboard().press("Tab");
    assertThat(title).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("#list .body")).hasText("Body");
    assertThat(title).hasAttribute("aria-expanded", "true");
    assertThat(page.locator("#list > li")).hasAttribute("data-read", "true");
    Api.as(user).get("/v1/me/notices").then().body("items.read", contains(true));
  }

  @Test
  void withoutNoticesOrSignInThePageSaysSoInTheReadersLanguage() {
    Page page = open("de-DE", user);
    assertThat(page.getByText("Für Ihre Geräte gibt es keine Mitteilungen.")).isVisible();
    page.evaluate("towncrierSignIn('')");
    assertThat(page.getByText("Sie sind nicht angemeldet")).isVisible();
    assertThat(page.url()).doesNotContain("token");
  }

  @Test
  void aQuestionHasNoAnswerBeforehandAndANoCanBecomeAYes() {
    Map<String, Object> revision =
        new HashMap<>(Api.announcement("Policy", Map.of("devices", List.of(phone.id()))));
    revision.put("kind", "policy-revision");
    revision.put("policyChange", "recipients");
    revision.put("asksConsent", Map.of("kind", "push", "textVersion", "<b>2026-06"));
    String id =
        Api.as(Tokens.operator("olga"))
            .body(revision)
            .post("/v1/admin/notices")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    start(id);
    Page page = open("en-US", user);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Policy")).click();
    assertThat(page.locator(".ask")).containsText("as version <b>2026-06 of our policy says");
    assertThat(page.locator(".question .answer")).hasText("");
    answers().body("answers", empty());

    page.getByText("I do not agree").click();
    assertThat(page.locator(".question .answer")).containsText("You did not agree on");
    assertThat(page.getByText("I do not agree")).isHidden();
    answers().body("answers.given", contains(false)).body("consents", empty());
    page.getByText("I agree").click();
    assertThat(page.locator(".question .answer")).containsText("You agreed on");
    assertThat(page.locator(".question .answer")).isFocused();
    answers()
        .body("answers.given", contains(true))
        .body("answers.language", contains("en"))
        .body("consents.textVersion", contains("<b>2026-06"));

    page.evaluate("token => towncrierSignIn(token)", user);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Policy")).click();
    assertThat(page.locator(".question .answer")).containsText("You agreed on");
    assertThat(page.locator(".question button:visible")).hasCount(0);
    assertThat(Chromium.seriousFindings(page)).isEmpty();
  }

  private ValidatableResponse answers() {
    return Api.as(user).get("/v1/me/consents").then().statusCode(200);
  }

  private Page open(String locale, String token) {
    profile = chromium.profile(new Browser.NewContextOptions().setLocale(locale));
    Page page = profile.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(
        "http://localhost:" + RestAssured.port + "/personal-center/notices#token=" + token);
    return page;
  }

  private void announce(String title) {
    String id =
        Api.draft(Api.as(Tokens.operator("olga")), title, Map.of("devices", List.of(phone.id())));
    start(id);
  }

  private static void start(String id) {
    Api.as(Tokens.operator("olga"))
        .post("/v1/admin/notices/" + id + "/start")
        .then()
        .statusCode(200);
  }
}
