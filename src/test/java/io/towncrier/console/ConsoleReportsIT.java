package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the console does with an audience that is too large for an answer at once. */
@QuarkusTest
@Tag("zoneless")
class ConsoleReportsIT {
  private static final String RUNNING =
      """
      {"id":"rep_1","state":"running","walked":%d,"fleet":250000,
       "startedAt":"2026-05-04T08:00:00Z","expiresAt":"2026-05-05T08:00:00Z"}
      """;
  private static final String DONE =
      """
      {"id":"rep_1","state":"done","walked":250000,"fleet":250000,
       "startedAt":"2026-05-04T08:00:00Z","expiresAt":"2026-05-05T08:00:00Z",
       "preview":{"addressed":201234,"pushed":190000,"suppressed":{"opted-out":11234},
       "texts":{"en":{"title":"Hello","body":"World"}},"expectedSeconds":600}}
      """;

  @Test
  void aPreviewOfTooManyDevicesIsMadeByAReport() {
    Api.Registered phone = Api.phone("en");
    String notice = Api.draft(Api.operator(), "Hello", Map.of("devices", List.of(phone.id())));
    AtomicInteger looks = new AtomicInteger();
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.signedIn("#/notices/" + notice + "/edit");
      // No test has so many devices: their answers are as the service gives them.
      page.route(
          "**/notices/*/preview",
          route ->
              answer(
                  route,
                  409,
                  "{\"code\":\"too-many-devices\",\"title\":\"Too many\",\"status\":409}"));
      page.route("**/notices/*/previews", route -> answer(route, 202, RUNNING.formatted(0)));
      page.route(
          "**/notices/*/previews/*",
          route ->
              answer(route, 200, looks.incrementAndGet() == 1 ? RUNNING.formatted(120_000) : DONE));
      browser.complaintsOf(409);
      browser.button("Preview: look at each device").click();
      browser.button("Make a report: a job looks at each device").click();
      assertThat(page.getByText("120,000 of 250,000 devices looked at")).isVisible();
      assertThat(page.getByText("201,234")).isVisible();
      assertThat(page.getByText("The report is being made")).hasCount(0);
      browser.complainedOfNothing();
    }
  }

  private static void answer(Route route, int status, String json) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(status)
            .setContentType("application/json")
            .setBody(json));
  }
}
