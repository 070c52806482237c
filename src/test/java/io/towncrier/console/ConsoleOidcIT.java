package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithApprovals;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People sign in to the console by the code flow with PKCE, at a provider of this test. */
@QuarkusTest
@TestProfile(WithApprovals.class)
@Tag("zoneless")
class ConsoleOidcIT {
  private static final String ATTEMPT = "towncrier-sign-in";
  private static final String SESSION = "towncrier-console";

  @ConfigProperty(name = "towncrier.console.oidc.auth-server-url")
  String provider;

  @Test
  void aPersonSignsInAndComesBackToTheSamePlace() {
    String token = Tokens.operator("olga");
    next(token);
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.open("#/releases?state=published");
      assertThat(page.getByText("Operator token")).hasCount(0);
      page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(browser.heading("Releases")).isVisible();
      assertThat(page.url()).endsWith("/console#/releases?state=published");
      assertThat(page.locator(".me summary")).hasText("olga");
      assertThat(browser.profile().cookies())
          .singleElement()
          .satisfies(
              cookie -> {
                assertThat(cookie.name).isEqualTo(SESSION);
                assertThat(cookie.httpOnly).isTrue();
                assertThat(cookie.value).doesNotContain(token);
              });
      assertThat(page.content()).doesNotContain(token);
      page.locator(".me summary").click();
      browser.button("Sign out").click();
      assertThat(browser.heading("Towncrier console")).isVisible();
      browser.complainedOfNothing();
    }
  }

  @Test
  void anOperatorWithoutASecondFactorLooksAndIsAskedForOneWithAChange() {
    next(Tokens.operatorWithoutMultiFactor("otto"));
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.open("#/products/new");
      page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).click();
      browser.field("Id").fill("step-up");
      browser.field("Name").fill("Step up");
      browser.button("Save").click();
      next(Tokens.operator("otto"));
      Page other =
          browser
              .profile()
              .waitForPage(() -> page.getByText("Sign in with a second factor").click());
      assertThat(other.locator(".me summary")).hasText("otto");
      other.close();
      // What was typed is still there.
      browser.button("Save").click();
      assertThat(page.getByText("Saved.")).isVisible();
    }
  }

  @Test
  void aStrongerSignInIsAskedForByItsName() {
    assertThat(begin("/console/sign-in").getHeader("Location")).doesNotContain("acr_values");
    assertThat(begin("/console/sign-in?acr=1").getHeader("Location")).contains("acr_values=");
  }

  @Test
  void aViewerIsAViewer() {
    next(Tokens.viewer("vera"));
    given()
        .cookie(SESSION, ended(begin("/console/sign-in")).getCookie(SESSION))
        .get("/v1/admin/session")
        .then()
        .statusCode(200)
        .body("roles", contains("viewer"));
  }

  @Test
  void whoHasNoRoleOrNoGoodTokenGetsNoSession() {
    next(Tokens.user("alice"));
    refused("no-role", ended(begin("/console/sign-in")));
    next(Tokens.signed(Tokens.claims("olga").groups("operator").audience(Set.of("another"))));
    refused("refused", ended(begin("/console/sign-in")));
    next("nonsense");
    refused("refused", ended(begin("/console/sign-in")));
  }

  @Test
  void aCodeCountsOnceAndOnlyInTheBrowserThatBegan() {
    next(Tokens.operator("olga"));
    Response begun = begin("/console/sign-in");
    String callback = callback(begun);
    // Another browser has not begun; a state of another sign-in is not this one's.
    refused("expired", given().redirects().follow(false).get(callback));
    Response other = begin("/console/sign-in");
    refused("expired", with(other).get(callback));
    assertThat(with(begun).get(callback).getHeader("Location")).isEqualTo("/console");
    refused("refused", with(begun).get(callback));
    refused("refused", with(begun).get(callback.replaceAll("code=[^&]*", "error=access_denied")));
  }

  @Test
  void nobodyIsLedElsewhere() {
    next(Tokens.operator("olga"));
    for (String elsewhere : List.of("https://evil.example", "//evil.example", "#/a\r\nX: y")) {
      Response begun =
          given().redirects().follow(false).queryParam("back", elsewhere).get("/console/sign-in");
      assertThat(ended(begun).getHeader("Location")).as(elsewhere).isEqualTo("/console");
    }
  }

  private void next(String token) {
    given()
        .formParams(Map.of("origin", ConsoleBrowser.origin(), "token", token))
        .post(provider + "/next")
        .then()
        .statusCode(200);
  }

  private static Response begin(String path) {
    Response begun = given().redirects().follow(false).get(path);
    begun.then().statusCode(303);
    assertThat(begun.getHeader("Set-Cookie")).contains("HttpOnly; SameSite=Lax");
    return begun;
  }

  /** The place that the provider sends the browser back to, with the code. */
  private static String callback(Response begun) {
    URI back =
        URI.create(
            given()
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .get(begun.getHeader("Location"))
                .getHeader("Location"));
    return back.getRawPath() + "?" + back.getRawQuery();
  }

  private static Response ended(Response begun) {
    return with(begun).get(callback(begun));
  }

  private static RequestSpecification with(Response begun) {
    return given()
        .urlEncodingEnabled(false)
        .redirects()
        .follow(false)
        .cookie(ATTEMPT, begun.getCookie(ATTEMPT));
  }

  private static void refused(String why, Response answer) {
    answer.then().statusCode(303);
    assertThat(answer.getHeader("Location")).isEqualTo("/console#sign-in=" + why);
    assertThat(answer.getCookie(SESSION)).isNull();
  }
}
