package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where things stand in the forms of the console, in a browser. */
@QuarkusTest
@Tag("zoneless")
class ConsoleFormsIT {
  private final String product = "forms-" + UUID.randomUUID();
  private final String draft = product + ":9.0.0";

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aDraftAndAPersonInFrontOfTheScreen() {
    Api.importSample();
    Api.operator()
        .body(
            """
            {"id":"%s","name":"Forms","kind":"firmware","defaultLanguage":"en"}
            """
                .formatted(product))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    Api.operator()
        .body(
            """
            {"product":"%s","version":"9.0.0","severity":"optional",
             "notes":{"en":{"title":"Nine","body":"What is new."}}}
            """
                .formatted(product))
        .post("/v1/admin/releases")
        .then()
        .statusCode(201);
    browser = VISIT.browser();
  }

  @Test
  void whatIsFilledInStandsOnOneLineHoweverLongItsLabelIs() {
    Page page = browser.signedIn("#/products/" + product);
    Locator twoLines = page.getByLabel("Failures that halt a rollout, in percent");
    Locator oneLine = page.getByLabel("Ended devices before it is judged");
    assertThat(twoLines).isVisible();
    assertThat(heightOfLabel(page, "Failures that halt a rollout, in percent"))
        .isGreaterThan(heightOfLabel(page, "Ended devices before it is judged"));
    assertThat(top(twoLines)).isCloseTo(top(oneLine), within(1.0));
    page.setViewportSize(320, 900);
    browser.fits("forms-policy-narrow");
  }

  @Test
  void theButtonThatRemovesAPhaseStandsBesideItsFields() {
    Page page = browser.signedIn("#/releases/" + draft + "/edit");
    browser.button("Add a phase").click();
    Locator lasts = page.getByLabel("Lasts, in hours");
    assertThat(top(browser.button("Remove"))).isCloseTo(top(lasts), within(2.0));
    browser.button("Add an artifact").click();
    assertThat(top(browser.button("Remove").last()))
        .isCloseTo(top(page.getByLabel("SHA-256")), within(2.0));
    browser.looksRight("forms-draft-wide");
    page.setViewportSize(320, 900);
    browser.fits("forms-draft-narrow");
  }

  @Test
  void aButtonKeepsItsDistanceFromTheCardAboveIt() {
    Page page = browser.signedIn("#/releases/" + draft + "/edit");
    assertThat(page.locator("section[aria-labelledby=checks] :is(.calm, .table-place)"))
        .isVisible();
    assertThat(above(browser.button("Simulate it for the whole fleet"))).isBetween(8.0, 24.0);
    String notice =
        Api.draft(Api.operator(), "Hello", Map.of("devices", List.of(Api.phone("en").id())));
    page = browser.open("#/notices/" + notice + "/edit");
    assertThat(page.locator("section[aria-labelledby=whom] .sentence")).isVisible();
    assertThat(above(browser.button("Preview: look at each device"))).isBetween(8.0, 24.0);
  }

  @Test
  void theFirstCardOfExplainBeginsWithItsChoice() {
    Page page = browser.signedIn("#/explain");
    Locator first = page.locator("form.card label").first();
    assertThat(first).isVisible();
    assertThat(top(first) - top(page.locator("form.card"))).isLessThan(24);
  }

  private static double top(Locator of) {
    assertThat(of).isVisible();
    return of.boundingBox().y;
  }

  private static double heightOfLabel(Page page, String text) {
    return page.getByText(text, new Page.GetByTextOptions().setExact(true)).boundingBox().height;
  }

  /** How far its paragraph is below what stands before it. */
  private static double above(Locator button) {
    assertThat(button).isVisible();
    Object distance =
        button.evaluate(
            """
            button => {
              const own = button.closest('p');
              return own.getBoundingClientRect().top
                - own.previousElementSibling.getBoundingClientRect().bottom;
            }
            """);
    return ((Number) distance).doubleValue();
  }
}
