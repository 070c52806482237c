package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.restassured.RestAssured;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.auth.SessionCredentials;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The console in a browser, for one operator; what the browser complains of is kept. */
final class ConsoleBrowser implements AutoCloseable {
  private final BrowserContext profile;
  private final List<String> complaints = new ArrayList<>();
  private final Page page;
  private boolean isCutOff;

  ConsoleBrowser(Chromium chromium) {
    this(chromium, new Browser.NewContextOptions());
  }

  /** For a person elsewhere. */
  ConsoleBrowser(Chromium chromium, String zone) {
    this(chromium, new Browser.NewContextOptions().setTimezoneId(zone));
  }

  private ConsoleBrowser(Chromium chromium, Browser.NewContextOptions options) {
    profile = chromium.profile(options.setLocale("en-US").setViewportSize(1280, 900));
    page = profile.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // Chromium writes a line for each answer that is no success.
          boolean expected = complaints.removeIf(c -> message.text().contains("status of " + c));
          boolean isOfNetwork = isCutOff && message.text().contains("net::ERR_");
          if (!expected && !isOfNetwork && !message.text().contains("status of 401")) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
  }

  /** Signed in as this operator, without a form: a session of OIDC, which has no mark. */
  ConsoleBrowser as(ConsoleSessions sessions, String operator) {
    return as(sessions, operator, Roles.OPERATOR);
  }

  ConsoleBrowser as(ConsoleSessions sessions, String name, String role) {
    String session =
        sessions
            .open(new SessionCredentials.SignedIn(name, role, true))
            .await()
            .indefinitely()
            .reveal();
    profile.addCookies(
        List.of(
            new Cookie("towncrier-console", session)
                .setUrl(origin())
                .setHttpOnly(true)
                .setSameSite(SameSiteAttribute.STRICT)));
    return this;
  }

  static String origin() {
    return "http://localhost:" + RestAssured.port;
  }

  /** Opens a page of the console by what stands behind the #. */
  Page open(String path) {
    page.navigate("about:blank");
    page.navigate(origin() + "/console" + path);
    return page;
  }

  /** Opens a page, and signs in with the operator token. */
  Page signedIn(String path) {
    open(path);
    page.getByLabel("Operator token").fill(TestPostgres.OPERATOR_TOKEN);
    page.keyboard().press("Enter");
    PlaywrightAssertions.assertThat(page.locator("#nav")).isVisible();
    PlaywrightAssertions.assertThat(page.locator("main h1")).isVisible();
    return page;
  }

  BrowserContext profile() {
    return profile;
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** What is filled in under this label, and under no longer one. */
  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /** What says this and no more, within something. */
  static Locator exactly(Locator within, String text) {
    return within.getByText(text, new Locator.GetByTextOptions().setExact(true));
  }

  Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1).setExact(true));
  }

  /** From now on nothing is answered, as far as the test has it. */
  void isCutOff() {
    isCutOff = true;
  }

  /** The next answer of this status is meant. */
  void complaintsOf(int status) {
    complaints.add(Integer.toString(status));
  }

  /** Nothing hangs out of it. */
  void fits(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "console", name + ".png")));
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("scrolls sideways: " + name)
        .isEqualTo(0);
  }

  /** Nothing hangs out of it, and nobody is shut out. */
  void looksRight(String name) {
    fits(name);
    assertThat(Chromium.seriousFindings(page)).as(name).isEmpty();
  }

  void complainedOfNothing() {
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    profile.close();
  }
}
