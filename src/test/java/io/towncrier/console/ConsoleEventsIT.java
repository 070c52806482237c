package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.events.SendEvents;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.Configured;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events that a receiver did not take, in a browser. */
@QuarkusTest
@TestProfile(Configured.class)
@Tag("zoneless")
class ConsoleEventsIT {
  @Inject SendEvents send;

  @Test
  void receiversAreShownWithoutASecretAndALetterIsSentAgain() throws Throwable {
    Api.operator()
        .get("/v1/admin/events/endpoints")
        .then()
        .body("endpoints", hasSize(1))
        .body("endpoints[0].name", equalTo("crm"))
        .body("endpoints[0].host", equalTo("localhost:1"))
        .body(not(Matchers.containsString("whsec_")))
        .body(not(Matchers.containsString("/hook")));
    publishedToNobody();
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.signedIn("#/events");
      assertThat(page.locator("section[aria-labelledby=endpoints]")).containsText("localhost:1");
      Locator letters = page.locator("section[aria-labelledby=letters] tbody tr");
      assertThat(letters.first()).containsText("its address is not public");
      int before = letters.count();
      browser.button("Send again").first().click();
      assertThat(page.getByText("It is sent to crm again.")).isVisible();
      assertThat(letters).hasCount(before - 1);
      browser.looksRight("-events-wide");
      browser.complainedOfNothing();
    }
  }

  /** The endpoint of this profile leads inside: what is told to it is given up. */
  private void publishedToNobody() throws Throwable {
    String product = "events-" + UUID.randomUUID();
    Api.operator()
        .body(Map.of("id", product, "name", "R", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products");
    Api.operator()
        .body(
            Map.of(
                "product",
                product,
                "version",
                "1.0",
                "severity",
                "recommended",
                "notes",
                Map.of("en", Map.of("title", "T", "body", "B"))))
        .post("/v1/admin/releases");
    Api.operator()
        .body(Map.of("revision", 0))
        .post("/v1/admin/releases/" + product + ":1.0/publish")
        .then()
        .statusCode(200);
    VertxContextSupport.subscribeAndAwait(() -> send.run(() -> true));
    Await.patiently(
        "it is given up",
        () -> !Api.operator().get("/v1/admin/events/dead-letters").path("total").equals("0"));
  }
}
