package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The pages Explain and Lint say what the service says: which conditions, which is the first
 * refused, and where something was found.
 */
@QuarkusTest
@Tag("zoneless")
class ConsoleExplainIT {
  private static final int CLIENTS = Integer.getInteger("explained", 30);
  private static final List<String> PRODUCTS =
      List.of("towncrier_ax3000", "towncrier_n300", "router-app-android");
  private static final List<String> VERSIONS =
      List.of("1.0.0", "1.0.9", "1.2.0", "1.3.0", "1.4.0-rc1", "2.9.0", "3.0.1", "3.1.0", "9");
  private static final List<String> COUNTRIES = List.of("DE", "CN", "US", "RU", "FO");
  private static final List<String> CHANNELS = List.of("stable", "candidate", "no-channel");

  private final long seed = ThreadLocalRandom.current().nextLong();
  private final Random random = new Random(seed);

  @Test
  void theFirstRefusedConditionIsThatOfTheService() {
    Api.importSample();
    int releases = 0;
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      browser.signedIn("#/explain");
      for (int i = 0; i < CLIENTS; i++) {
        Map<String, String> facts = facts();
        JsonPath told =
            Api.operator()
                .body(facts)
                .post("/v1/admin/explain")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(shown(browser.open("#/explain?" + query(facts)), told))
            .as(facts + ", seed " + seed)
            .isEqualTo(gates(told));
        releases += told.getList("releases").size();
      }
      browser.complainedOfNothing();
    }
    assertThat(releases).isGreaterThan(CLIENTS / 2);
  }

  @Test
  void theLinterShowsItsFindingsBesideTheVersionsOfAProduct() {
    Api.importSample();
    String product = PRODUCTS.get(0);
    List<String> versions =
        Api.operator()
            .get("/v1/admin/release-summaries?limit=15&state=published&product=" + product)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getList("items.version");
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.signedIn("#/lint?product=" + product);
      Locator picture = page.locator("main figure");
      assertThat(picture.locator("figcaption"))
          .containsText("of the newest " + versions.size() + " releases");
      assertThat(picture.locator(".bars li")).hasCount(versions.size());
      assertThat(page.getByLabel("Product")).hasValue(product);
      for (String version : versions) {
        assertThat(picture.locator(".bar-name", containing(version)).first()).isVisible();
      }
      browser.looksRight("lint-product");
      browser.complainedOfNothing();
    }
  }

  private static Locator.LocatorOptions containing(String text) {
    return new Locator.LocatorOptions().setHasText(text);
  }

  /** What the page has of each release: its version, and a letter for each condition. */
  private static List<String> shown(Page page, JsonPath told) {
    assertThat(page.locator("main .sentence").first()).isVisible();
    Locator each = page.locator("details.gates");
    assertThat(each).hasCount(told.getList("releases").size());
    List<String> all = new ArrayList<>();
    for (Locator one : each.all()) {
      String marks =
          one.locator(".gate-list > li").all().stream()
              .map(gate -> letter(gate.getAttribute("class")))
              .collect(Collectors.joining());
      all.add(one.locator("summary strong").textContent() + " " + marks);
    }
    return all;
  }

  private static String letter(String marks) {
    return marks.contains("first") ? "F" : marks.contains("refused") ? "r" : "p";
  }

  private static List<String> gates(JsonPath told) {
    List<String> all = new ArrayList<>();
    List<Map<String, Object>> releases = told.getList("releases");
    for (Map<String, Object> release : releases) {
      StringBuilder marks = new StringBuilder();
      for (Object gate : (List<?>) release.get("gates")) {
        boolean hasPassed = Boolean.TRUE.equals(((Map<?, ?>) gate).get("passed"));
        marks.append(hasPassed ? "p" : marks.indexOf("F") < 0 ? "F" : "r");
      }
      all.add(release.get("version") + " " + marks);
    }
    return all;
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new HashMap<>();
    facts.put("product", one(PRODUCTS));
    facts.put("version", one(VERSIONS));
    maybe(facts, "country", one(COUNTRIES));
    maybe(facts, "channel", one(CHANNELS));
    maybe(facts, "timezone", "Europe/Berlin");
    maybe(facts, "language", "de");
    maybe(facts, "cohort", Integer.toString(random.nextInt(10_000)));
    maybe(facts, "hardware", one(List.of("v1", "v2", "rev B")));
    return facts;
  }

  private void maybe(Map<String, String> facts, String name, String value) {
    if (random.nextBoolean()) {
      facts.put(name, value);
    }
  }

  private String one(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static String query(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(
            fact ->
                fact.getKey() + "=" + URLEncoder.encode(fact.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
