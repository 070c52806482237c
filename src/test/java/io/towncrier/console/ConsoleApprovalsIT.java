package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithApprovals;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What two operators do with approvals on, each in a browser: from a blank draft to the answer. */
@QuarkusTest
@TestProfile(WithApprovals.class)
@Tag("zoneless")
class ConsoleApprovalsIT {
  private static Chromium chromium;

  @Inject ConsoleSessions sessions;

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

  @Test
  void aNoticeInThreeLanguagesIsApprovedBySomebodyElseStartedAndExplained() {
    // Where it is there already, that is as well.
    Api.as(Tokens.operator("olga"))
        .body(
            Map.of(
                "id", "router-app-android",
                "name", "Router App",
                "kind", "app",
                "defaultLanguage", "en"))
        .post("/v1/admin/products");
    Api.Registered phone = Api.register(Map.of("country", "FO"));
    try (ConsoleBrowser olga = new ConsoleBrowser(chromium).as(sessions, "olga");
        ConsoleBrowser otto = new ConsoleBrowser(chromium).as(sessions, "otto")) {
      String path = written(olga);
      // Who wrote it is told why not; the button stays.
      Locator own = olga.button("Approve");
      assertThat(own).hasAttribute("aria-disabled", "true");
      assertThat(own).hasAccessibleDescription("You wrote this. Ask another operator.");

      Page second = otto.open(path);
      otto.button("Approve").click();
      assertThat(second.getByText("Approved. It can be started now.")).isVisible();
      assertThat(otto.button("Start ...")).isVisible();
      otto.button("Start ...").click();
      Locator dialog = second.locator("dialog[open]");
      assertThat(dialog.locator(".reach strong")).hasText("1");
      Locator typed = dialog.getByLabel(Pattern.compile("Type the number"));
      if (typed.count() > 0) {
        typed.fill("1");
      }
      ConsoleBrowser.exactly(dialog, "Start").click();
      assertThat(second.getByText("Started.").first()).isVisible();

      // By its address the form stands above what comes bit by bit, and nothing moves it.
      otto.open(path + "?device=" + phone.id());
      assertThat(second.getByLabel("Device id")).hasValue(phone.id());
      otto.button("Explain").click();
      second.getByLabel("Why do you look at the data of this person?").fill("request 12");
      otto.button("Go on").click();
      assertThat(second.locator("#why ~ form .sentence"))
          .hasText(Pattern.compile("pushed.*: the device has no push address"));
      olga.complainedOfNothing();
      otto.complainedOfNothing();
    }
  }

  /** Writes it as a person does; the address of its page. */
  private static String written(ConsoleBrowser olga) {
    Page page = olga.open("#/notices/new");
    page.getByLabel("Title").fill("Maintenance");
    page.getByLabel("Text", new Page.GetByLabelOptions().setExact(true))
        .fill("Sunday from 2 to 3.");
    Map<String, String> titles = Map.of("de", "Wartung", "es", "Mantenimiento");
    titles.forEach(
        (language, title) -> {
          page.getByLabel("Add a language").fill(language);
          olga.button("Add").click();
          Locator last = page.locator("fieldset.text").last();
          last.getByLabel("Title").fill(title);
          last.getByLabel("Text", new Locator.GetByLabelOptions().setExact(true)).fill(title + ".");
        });
    page.getByLabel("Countries").fill("fo");
    olga.button("Save").click();
    assertThat(olga.heading("Edit the notice")).isVisible();
    assertThat(page.getByText("This notice addresses 1 device.")).isVisible();
    page.getByText("Show the notice").click();
    assertThat(olga.heading("Maintenance")).isVisible();
    String path = page.url().substring(page.url().indexOf('#'));
    Api.as(Tokens.operator("olga"))
        .get("/v1/admin/notices/" + path.replaceAll(".*/", ""))
        .then()
        .body("texts", hasKey("es"))
        .body("author", equalTo("olga"))
        .body("audience.countries[0]", equalTo("FO"));
    return path;
  }
}
