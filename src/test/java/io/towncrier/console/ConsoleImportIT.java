package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A catalogue goes from a file into the service, in a browser. */
@QuarkusTest
@Tag("zoneless")
class ConsoleImportIT {
  private final String product = "router-" + UUID.randomUUID();
  private final List<String> posts = new ArrayList<>();
  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;
  private Page page;

  @BeforeEach
  void onThePage() {
    browser = VISIT.browser();
    page = browser.signedIn("#/import");
    page.onRequest(
        request -> {
          if (request.method().equals("POST")) {
            posts.add(request.url());
          }
        });
  }

  @Test
  void whatIsNoCatalogueIsNamedByItsLineAndNeverSent() {
    refused("[1,\n 2\n", "3:1", "ends in the middle");
    refused("", "1:1", "The file is empty");
    refused("\r\n{\r\n \"a\": 1,\r\n}", "4:1", "a comma too many");
    refused("{\"a\": 1\n \"b\": 2}", "2:2", "A comma or a closing bracket is missing");
    refused("<html>", "1:1", "a value of JSON is expected");
    refused("{\n\"a\": \"x\ny\"}", "2:8", "A line break");
    refused("{} {}", "1:4", "after the end");
    refused("[".repeat(5_000), "1:1001", "nested more than 1,000 levels");
    refused("{\"a\":1,\n\"a\":2,\n\"\\u0061\":3}", "3:1", "a second time; the first is in line 1");
    assertThat(rows()).hasCount(2);
    choose(new byte[] {'{', '\n', (byte) 0xc3, '\n', '}'});
    assertThat(rows()).containsText("2");
    assertThat(rows()).containsText("no text in UTF-8");
    assertThat(posts).isEmpty();
  }

  @Test
  void everyDefectOfACatalogueStandsByItsLine() {
    browser.complaintsOf(400);
    // A mark of the order of bytes and the line ends of another system change no line.
    String file =
        """
            \ufeff{
              "products": [
                {"id": "%s", "name": "A", "kind": "toaster", "defaultLanguage": "en"}
              ],
              "releases": [
                {
                  "products": ["%1$s"],
                  "version": "1.0", "severity": "recommended",
                  "publishedAt": "yesterday",
                  "countrys": {"allow": ["DE"]},
                  "notes": {"en": {"title": "<img src=x onerror=alert(1)>", "body": ""}}
                }
              ]
            }
            """
            .formatted(product)
            .replace("\n", "\r\n");
    choose(bytes(file));
    assertThat(rows()).hasCount(4);
    for (String defect :
        List.of(
            "products[0].kind",
            "releases[0].publishedAt",
            "releases[0].countrys",
            "releases[0].notes.en.body")) {
      String member = "\"" + defect.replaceAll(".*[.]", "") + "\"";
      assertThat(row(defect).locator("td").first()).hasText(placeOf(member, file));
    }
    // In the order of the file.
    assertThat(rows().nth(0)).containsText("products[0].kind");
    assertThat(rows().nth(1)).containsText("releases[0].publishedAt");
    assertThat(rows().nth(2)).containsText("releases[0].countrys");
    assertThat(page.getByText("4 defects; nothing was imported.")).isVisible();
    readableOnEveryScreen("import-defects");

    // What the linter finds is named by product and version, and stands below the second release.
    browser.complaintsOf(400);
    choose(
        bytes(
            document(
                release("1.0", ""),
                release("2.0", ", \"counter\": 5"),
                release("3.0", ", \"counter\": 4"))));
    assertThat(rows().first()).containsText("releases[");
    assertThat(rows().first().locator("td").first()).hasText(Pattern.compile("6:\\d+"));
    Api.operator().get("/v1/admin/products/" + product).then().statusCode(404);
  }

  @Test
  void itIsLookedAtAndImportedBehindTheNumberThatWasShown() {
    Api.operator().body(document()).post("/v1/admin/catalogue").then().statusCode(200);
    devices(2);
    String file = document(release("2.0", ""));
    choose(bytes(file));
    assertThat(page.getByText("No defect was found. Nothing is imported yet.")).isVisible();
    assertThat(rows()).containsText(product + ":2.0");
    assertThat(rows()).containsText("2 at most");
    Api.operator().get(release()).then().statusCode(404);
    readableOnEveryScreen("import-preview");
    devices(1);

    browser.complaintsOf(409);
    confirm("2");
    Locator dialog = page.locator("dialog[open]");
    assertThat(dialog).containsText("more devices");
    // The dialog still shows two: what is confirmed once more is two, not the number of now.
    browser.complaintsOf(409);
    page.waitForResponse("**/catalogue?expectedAtMost=*", () -> importIn(dialog).click());
    assertThat(imports()).hasSize(2).allMatch(url -> url.endsWith("=2"));
    Api.operator().get(release()).then().statusCode(404);
    ConsoleBrowser.exactly(dialog, "Back").click();
    // Another page and back: it is still there, with the number of now.
    page.evaluate("location.hash = '#/releases'");
    assertThat(browser.heading("Releases")).isVisible();
    page.evaluate("location.hash = '#/import'");
    assertThat(page.locator("main .facts")).containsText("3 at most");
    confirm("3");
    assertThat(page.getByText("The catalogue is imported.")).isVisible();
    // It was confirmed twice at once.
    assertThat(imports()).hasSize(3).last().asString().endsWith("=3");
    Api.operator().get(release()).then().statusCode(200).body("state", equalTo("published"));
    // The same again would change nothing.
    choose(bytes(file));
    assertThat(browser.button("Import ...")).hasAccessibleDescription("It would change nothing.");
  }

  @Test
  void whatIsAnsweredOfAFormerFileChangesNothing() {
    List<Route> held = new ArrayList<>();
    page.route(
        "**/catalogue/preview",
        route -> {
          if (held.isEmpty()) {
            held.add(route);
          } else {
            route.resume();
          }
        });
    choose(bytes(document(release("2.0", ""))));
    assertThat(page.getByText("The service looks at it")).isVisible();
    choose(bytes(document(release("3.0", ""))));
    assertThat(rows()).containsText(product + ":3.0");
    browser.complaintsOf(503);
    page.waitForResponse(
        answer -> answer.status() == 503,
        () ->
            held.get(0)
                .fulfill(new Route.FulfillOptions().setStatus(503).setBody("{\"code\": \"x\"}")));
    assertThat(
            page.evaluate(
                """
                async () => {
                  const main = document.querySelector('script[type=module]').src;
                  const { bringIn, forget, importing, take, LARGEST } = await import(new URL('pages/import-file.js', main));
                  const seen = importing.get();
                  await take({ name: 'large', size: LARGEST + 1 });
                  const { code } = importing.get().defects[0];
                  const replaced = await bringIn(seen);
                  forget();
                  return [seen.step, seen.problem, code, replaced, await bringIn(seen)].join();
                }
                """))
        .isEqualTo("looked,,tooLarge,replaced,replaced");
    assertThat(imports()).isEmpty();
  }

  /** From what a job has counted; a version that is larger than the release's own is named too. */
  @Test
  void aReleaseAndItsProductShowHowVersionsTookTurns() {
    Api.operator()
        .body(
            Map.of(
                "products",
                List.of(
                    Map.of(
                        "id", product, "name", "A", "kind", "firmware", "defaultLanguage", "en")),
                "releases",
                List.of(
                    Map.of(
                        "products", List.of(product),
                        "version", "2.0",
                        "severity", "recommended",
                        "publishedAt", Instant.now().minus(Duration.ofDays(40)).toString(),
                        "notes", Map.of("en", Map.of("title", "New", "body", "All of it"))))))
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    browser.open("#/products/" + product);
    assertThat(page.getByText("Nothing was counted yet")).isVisible();
    Sql.run(
        """
        INSERT INTO adoption (product_id, axis, at, value, devices)
        SELECT ?, 'version', date_trunc('day', now()) - make_interval(days => 59 - g), v.value,
          CASE v.value WHEN '2.0' THEN greatest(0, g - 20) * 100 WHEN '1.0' THEN 6000 - greatest(0, g - 20) * 100
            ELSE 70 END
        FROM generate_series(0, 59) AS g,
          (VALUES ('2.0'), ('1.0'), ('0.9'), ('0.8'), ('0.7'), ('0.6'), ('0.5')) AS v (value)
        """,
        product);
    browser.open("#/products/" + product);
    Locator adoption = page.locator("section[aria-labelledby=adoption]");
    assertThat(adoption.locator("figcaption")).containsText("2.0: 3,900 of 6,350 devices (61%)");
    assertThat(adoption.locator("path.area")).hasCount(6);
    assertThat(adoption.locator(".legend")).containsText("Others");
    browser.open("#/releases/" + product + ":2.0");
    assertThat(adoption.locator("figcaption")).containsText("it was 0%");
    assertThat(adoption.locator(".legend li").first()).hasText("2.0");
    assertThat(adoption.locator(".legend")).containsText("published");
    adoption.getByText("As a table").click();
    assertThat(adoption.locator("tbody tr")).hasCount(60);
    assertThat(adoption.locator("tbody tr").first()).containsText("3,900");
    browser.looksRight("adoption-wide");
    // Also one that nobody has yet.
    Object drawn =
        page.evaluate(
            """
            async () => {
              const main = document.querySelector('script[type=module]').src;
              const { series } = await import(new URL('pages/adoption.js', main));
              const point = { devices: { a: 3, b: 2, c: 2, d: 2, e: 2, f: 1 } };
              const parts = series({ values: ['a', 'b', 'c', 'd', 'e', 'f'], points: [point] }, '2.0');
              return parts.map(({ name, counts }) => name + counts[0]).join();
            }
            """);
    assertThat(drawn).isEqualTo("2.00,a3,b2,c2,d2,3");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(320, 900);
    browser.fits("adoption-narrow");
  }

  /** Loosening is a guarded act, tightening is not; of two operators the second is shown both. */
  @Test
  void aPolicyIsChangedWithItsRevisionAndLoosenedBehindTheNumberOfDevices() {
    Api.operator().body(document(release("2.0", ""))).post("/v1/admin/catalogue");
    devices(2);
    String policy = "/v1/admin/products/" + product + "/outcome-policy";
    browser.open("#/products/" + product);
    Locator failures = page.getByLabel("Failures that halt a rollout, in percent");
    assertThat(failures).hasValue("");
    assertThat(browser.button("Save").last()).hasAccessibleDescription("Nothing was changed.");
    failures.fill("2.5");
    page.getByLabel("Confirmed after, in hours").fill("36");
    browser.button("Save").last().click();
    assertThat(page.getByText("Saved.")).isVisible();
    Api.operator()
        .get(policy)
        .then()
        .body("failures", equalTo(2.5f), "confirmSoak", equalTo("PT36H"), "revision", equalTo(1));

    failures.fill("4");
    browser.button("Save").last().click();
    Locator dialog = page.locator("dialog[open]");
    assertThat(dialog.locator(".reach strong")).hasText("2");
    ConsoleBrowser.exactly(dialog, "Back").click();
    Api.operator().get(policy).then().body("failures", equalTo(2.5f));
    // Somebody else is quicker.
    Api.operator().body(Map.of("revision", 1, "failures", 1)).put(policy).then().statusCode(200);
    browser.complaintsOf(409);
    browser.button("Save").last().click();
    dialog.locator("input").first().fill("2");
    ConsoleBrowser.exactly(dialog, "Save").click();
    assertThat(dialog).containsText("Somebody else");
    ConsoleBrowser.exactly(dialog, "Back").click();
    assertThat(page.locator("main .trouble").first())
        .containsText("Failures that halt a rollout, in percent");
    assertThat(page.locator("main .trouble tbody tr")).hasCount(2);
    assertThat(failures).hasValue("4");
    readableOnEveryScreen("policy");
    browser.button("Take the other").click();
    assertThat(failures).hasValue("1");
  }

  /** Of each member both ways, with a value in another form that is the same length of time. */
  @Test
  void eachMemberOfAPolicyHasAWayThatIsLooser() {
    assertThat(
            page.evaluate(
                """
                async () => {
                  const main = document.querySelector('script[type=module]').src;
                  const { compared, formOf, isLooser, over } = await import(new URL('pages/policy.js', main));
                  const found = Object.entries({
                    failures: [2, 3, 4], downloads: [19, 20, 21], minimum: [99, 100, 101], attempts: [2, 3, 4],
                    confirmSoak: ['PT23H', 'PT1440M', 'P1DT1S'], restartLimit: ['PT86399S', 'P1D', 'PT25H'],
                    timeOut: ['PT71H', 'P3D', 'PT73H'], backOff: ['PT59M', 'PT60M', 'PT61M'],
                    retried: [['busy'], over({}).retried.slice().reverse(), [...over({}).retried, 'no-space']],
                  }).map(([name, values]) => `${name} ${values.map((value) => (isLooser({}, { [name]: value }, over({})) ? 1 : 0)).join('')}`);
                  const [one, two] = ['PT1H', 'PT60M'].map((backOff) => JSON.stringify(compared(formOf({ backOff, retried: null }))));
                  return [...found, one === two].join();
                }
                """))
        .isEqualTo(
            "failures 001,downloads 001,minimum 101,attempts 001,confirmSoak 100,restartLimit 001,"
                + "timeOut 001,backOff 100,retried 001,true");
  }

  /** On texts that are changed at random it decides as the browser's own parser does. */
  @Test
  void theScanDecidesAsTheBrowserDoesAndIsQuick() {
    Object answer =
        page.evaluate(
            """
            async () => {
              const main = document.querySelector('script[type=module]').src;
              const { scan, nearest, lines, inSlices } = await import(new URL('pages/json-scan.js', main));
              const isGood = async (text) =>
                (await inSlices(scan(text))).defects.every((defect) => defect.code === 'twice');
              const isJson = (text) => {
                try {
                  JSON.parse(text);
                  return true;
                } catch {
                  return false;
                }
              };
              const base = '{"p":[{"i":"a\\\\u00e9\\\\"","n":-1.5e3,"t":true,"f":null}],"r":[{"a":[[],{}]}]}';
              let seed = 7;
              const upTo = (n) => (seed = (seed * 48271) % 2147483647) % n;
              const wrong = [];
              let good = 0;
              for (let i = 0; i < 20000; i++) {
                let text = base;
                for (let k = upTo(3); k >= 0; k--) {
                  const at = upTo(text.length);
                  const by = ['', '{}[],:"\\\\0-1.eE u\\n\\t'[upTo(20)] ?? ''][upTo(2)];
                  text = upTo(4) ? text.slice(0, at) + by + text.slice(at + upTo(2)) : text.slice(0, at);
                }
                good += isJson(text);
                if ((await isGood(text)) !== isJson(text)) {
                  wrong.push(text);
                }
              }
              const twice = (await inSlices(scan(`{${'"a":1,'.repeat(5000)}"b":1}`))).defects;
              if (twice.length !== 1001 || twice[1000].code !== 'tooMany') {
                wrong.push(`${twice.length} members that stand there twice`);
              }
              const big = '{"releases":[' + '{"version":"1","notes":{"en":{"body":"' + 'x'.repeat(150) + '"}}},\\n'.repeat(1)
                + Array.from({ length: 45000 }, (_, i) => `{"version":"${i}","notes":{"en":{"body":"${'x'.repeat(180)}"}}}`).join(',\\n') + ']}';
              const wanted = Array.from({ length: 1000 }, (_, i) => `releases[${45 * i}].notes.de`);
              const begun = performance.now();
              const { places } = await inSlices(scan(big, wanted));
              const at = nearest(places, wanted[999]);
              const line = lines(big, [at]).get(at).line;
              return [wrong.slice(0, 3), good, big.length, line, Math.round(performance.now() - begun)];
            }
            """);
    List<?> found = (List<?>) answer;
    assertThat((List<?>) found.get(0)).isEmpty();
    assertThat((Integer) found.get(1)).isBetween(500, 19_500);
    assertThat((Integer) found.get(2)).isGreaterThan(9_000_000);
    assertThat(found.get(3)).isEqualTo(45 * 999 + 1);
    assertThat((Integer) found.get(4)).as("milliseconds").isLessThan(10_000);
  }

  private void readableOnEveryScreen(String name) {
    browser.looksRight(name + "-wide");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(320, 900);
    browser.fits(name + "-narrow");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(1280, 900);
  }

  private void refused(String text, String place, String words) {
    choose(bytes(text));
    assertThat(rows().last().locator("td").first()).hasText(place);
    assertThat(rows().last()).containsText(words);
  }

  /** Types the number where the dialog wants it: that is where it is a tenth of the fleet. */
  private void confirm(String number) {
    browser.button("Import ...").click();
    Locator dialog = page.locator("dialog[open]");
    assertThat(dialog.locator(".reach strong")).hasText(number);
    if (dialog.locator("input").count() > 0) {
      dialog.locator("input").first().fill(number);
    }
    dialog.locator("form").evaluate("form => { form.requestSubmit(); form.requestSubmit(); }");
  }

  private static Locator importIn(Locator dialog) {
    return ConsoleBrowser.exactly(dialog, "Import ...");
  }

  private List<String> imports() {
    return posts.stream().filter(url -> url.contains("expectedAtMost")).toList();
  }

  private void choose(byte[] bytes) {
    browser
        .field("Catalogue")
        .setInputFiles(new FilePayload("catalogue.json", "application/json", bytes));
  }

  private Locator rows() {
    return page.locator("main tbody tr");
  }

  private Locator row(String text) {
    return page.locator("main tbody tr", new Page.LocatorOptions().setHasText(text));
  }

  /** Line and column of what stands in the file once. */
  private static String placeOf(String text, String file) {
    String before = file.substring(1, file.indexOf(text));
    String line = before.substring(before.lastIndexOf('\n') + 1);
    return before.lines().count() + ":" + (line.length() + 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String release() {
    return "/v1/admin/releases/" + product + ":2.0";
  }

  /** One line a release, from the fourth on. */
  private String document(String... releases) {
    return """
        {"products": [
          {"id": "%s", "name": "A", "kind": "firmware", "defaultLanguage": "en"}],
        "releases": [
          %s]}
        """
        .formatted(product, String.join(",\n  ", releases));
  }

  private String release(String version, String more) {
    return """
        {"products": ["%s"], "version": "%s", "severity": "recommended", "publishedAt": "2026-01-01T00:00:00Z", \
        "notes": {"en": {"title": "T", "body": "B"}}%s}"""
        .formatted(product, version, more);
  }

  private void devices(int count) {
    for (int i = 0; i < count; i++) {
      Api.register(Map.of("kind", "router", "product", product, "version", "1.0"));
    }
  }
}
