package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody who has never seen the console does at its forms and links. */
@QuarkusTest
@Tag("zoneless")
class ConsoleDraftsIT {
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
  void enterInTheFieldForALanguageAddsItAndSavesNothing() {
    Page page = browser.signedIn("#/notices/new");
    page.getByLabel("Title").fill("Hello");
    browser.field("Text").fill("Text");
    Locator language = page.getByLabel("Add a language");
    language.fill("de");
    page.keyboard().press("Enter");
    assertThat(page.locator("fieldset.text")).hasCount(2);
    assertThat(page.url()).endsWith("#/notices/new");
    for (String unknown : new String[] {"german", "d", "--", "de_DE", "x".repeat(35)}) {
      language.fill(unknown);
      browser.button("Add").click();
      assertThat(language).hasAttribute("aria-invalid", "true");
      assertThat(page.locator("fieldset.text")).hasCount(2);
    }
    language.fill("zh-Hans");
    browser.button("Add").click();
    assertThat(page.locator("fieldset.text")).hasCount(3);
    assertThat(page.locator("fieldset.text legend").first()).containsText("English");
  }

  @Test
  void whatIsWrongStandsAtItsFieldAndIsShown() {
    Page page = browser.signedIn("#/notices/new");
    page.getByLabel("Title").fill("Hello");
    browser.field("Text").fill("Text");
    Locator countries = browser.field("Countries");
    countries.fill("Germany");
    browser.complaintsOf(400);
    browser.button("Save").click();
    assertThat(countries).hasAttribute("aria-invalid", "true");
    assertThat(countries).isFocused();
    assertThat(countries).isInViewport();
    assertThat(page.getByLabel("Title")).not().hasAttribute("aria-invalid", "true");
    countries.fill("DE");
    browser.button("Save").click();
    assertThat(browser.heading("Edit the notice")).isVisible();
    assertThat(countries).not().hasAttribute("aria-invalid", "true");
  }

  @Test
  void whatIsTypedWhileADraftIsSavedIsNotLost() {
    String notice = Api.draft(Api.operator(), "Before", Map.of());
    Page page = browser.signedIn("#/notices/" + notice + "/edit");
    Locator title = page.locator("fieldset.text").getByLabel("Title").first();
    assertThat(title).hasValue("Before");
    Queue<Route> waiting = new ConcurrentLinkedQueue<>();
    page.route(
        "**/v1/admin/notices/" + notice,
        route -> {
          if (route.request().method().equals("PUT")) {
            waiting.add(route);
          } else {
            route.resume();
          }
        });
    title.fill("Sent");
    page.waitForRequest("**/v1/admin/notices/" + notice, () -> browser.button("Save").click());
    title.fill("Typed meanwhile");
    page.waitForResponse("**/v1/admin/notices/" + notice, () -> waiting.remove().resume());
    assertThat(page.getByText("Saved.").first()).isVisible();
    assertThat(title).hasValue("Typed meanwhile");
    page.unroute("**/v1/admin/notices/" + notice);
    browser.button("Save").click();
    assertThat(browser.button("Start ...")).not().hasAttribute("aria-disabled", "true");
    Api.operator()
        .get("/v1/admin/notices/" + notice)
        .then()
        .body("texts.en.title", equalTo("Typed meanwhile"));
  }

  /** What stands in the fields is what is saved next, also where somebody else wrote it. */
  @Test
  void whoTakesWhatSomebodyElseWroteSeesItInEachField() {
    List.of("AT", "FR").forEach(country -> Api.register(Map.of("country", country)));
    String notice = Api.draft(Api.operator(), "Before", Map.of());
    Page page = browser.signedIn("#/notices/" + notice + "/edit");
    Locator countries = browser.field("Countries");
    countries.fill("FR");
    Map<String, Object> theirs =
        new HashMap<>(Api.announcement("Before", Map.of("countries", List.of("AT"))));
    theirs.put("revision", 0);
    Api.operator().body(theirs).put("/v1/admin/notices/" + notice).then().statusCode(200);
    browser.complaintsOf(409);
    browser.button("Save").click();
    assertThat(page.locator(".trouble").first()).containsText("Countries");
    browser.button("Take the other").click();
    assertThat(countries).hasValue("AT");
    assertThat(page.locator(".trouble")).hasCount(0);
  }

  @Test
  void aLinkThatIsSpentSaysSoAndOneWithASessionLeadsToTheFirstPage() {
    Page page = browser.open("#code=code_that_is_spent");
    assertThat(page.getByText("This sign-in link was used already")).isVisible();
    assertThat(page.url()).doesNotContain("code");
    browser.signedIn("");
    page = browser.open("#code=code_that_is_spent");
    assertThat(browser.heading("Overview")).isVisible();
    assertThat(page.getByText("There is no such page")).hasCount(0);
  }
}
