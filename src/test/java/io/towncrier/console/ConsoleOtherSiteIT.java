package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.contract.Contract;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A page of somebody else, in the browser of an operator who is signed in. */
@QuarkusTest
@Tag("zoneless")
class ConsoleOtherSiteIT {
  /**
   * Another site, since a cookie that is strict goes to its own site alone; no name is looked up.
   */
  private static final String ELSEWHERE = "http://attacker.example/";

  private static final String TRY_ALL =
      """
      async ({ origin, changes }) => {
        for (const { method, path } of changes) {
          const url = origin + path;
          const json = { 'Content-Type': 'application/json', 'Towncrier-Console': '1', 'If-Match': '"0"' };
          await fetch(url, { method, headers: json, body: '{}', credentials: 'include' }).catch(() => {});
          if (method === 'POST') {
            await fetch(url, { method, mode: 'no-cors', body: '{}', credentials: 'include' }).catch(() => {});
            const frame = document.body.appendChild(document.createElement('iframe'));
            frame.name = 'target';
            const form = document.body.appendChild(document.createElement('form'));
            Object.assign(form, { action: url, method: 'POST', enctype: 'text/plain', target: 'target' });
            const field = form.appendChild(document.createElement('input'));
            Object.assign(field, { name: '{"what":"pushes","reason":"x","y":"', value: '"}' });
            const sent = new Promise((done) => (frame.onload = done));
            form.submit();
            await Promise.race([sent, new Promise((late) => setTimeout(late, 300))]);
            frame.remove();
            form.remove();
          }
          const image = new Image();
          await new Promise((done) => {
            image.onload = image.onerror = done;
            image.src = url;
          });
        }
        return changes.length;
      }
      """;

  @Test
  void itChangesNothingWhateverItSends() {
    Api.importSample();
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.signedIn("");
      String before = lastEntry();
      String halted = halt();
      page.route(
          ELSEWHERE + "**",
          route ->
              route.fulfill(
                  new Route.FulfillOptions()
                      .setContentType("text/html")
                      .setBody(
                          "<!doctype html><title>Elsewhere</title><body>Win a router</body>")));
      page.navigate(ELSEWHERE);
      assertThat(page.getByText("Win a router")).isVisible();
      List<Map<String, String>> changes = changes();
      assertThat(
              page.evaluate(TRY_ALL, Map.of("origin", ConsoleBrowser.origin(), "changes", changes)))
          .isEqualTo(changes.size());
      assertThat(changes).hasSizeGreaterThan(40);
      assertThat(lastEntry()).as("what the audit log has").isEqualTo(before);
      assertThat(halt()).isEqualTo(halted);
      // The session itself has lived through it: it was there to be used.
      browser.open("");
      assertThat(browser.heading("Overview")).isVisible();
    }
  }

  private static String halt() {
    return Api.operator().get("/v1/admin/halt").then().extract().asString();
  }

  private static String lastEntry() {
    return Api.operator().get("/v1/admin/audit?limit=1").then().extract().asString();
  }

  /** Every change of an operator, and the session itself. */
  private static List<Map<String, String>> changes() {
    List<Map<String, String>> all = new ArrayList<>();
    Contract.committed()
        .paths()
        .properties()
        .forEach(
            path -> {
              if (path.getKey().matches("/v1/admin/.*|/console/session")) {
                add(all, path.getKey(), path.getValue());
              }
            });
    return all;
  }

  private static void add(List<Map<String, String>> all, String path, JsonNode operations) {
    operations
        .fieldNames()
        .forEachRemaining(
            name -> {
              String method = name.toUpperCase(Locale.ROOT);
              if (List.of("POST", "PUT", "PATCH", "DELETE").contains(method)) {
                all.add(Map.of("method", method, "path", path.replaceAll("\\{\\w+}", "none:1")));
              }
            });
  }
}
