package io.towncrier.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/results.md says of a large fleet; run by bench/fleet, and too long for the suite. */
@QuarkusTest
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@Tag("bench")
class FleetBench {
  private static final int DEVICES = Integer.getInteger("fleet", 1_000_000);
  private static final int PRODUCTS = 2_000;
  private static final Path REPORT = Path.of("target", "fleet.md");
  private static final String ADMIN = "/v1/admin/";

  private final List<String> missed = new ArrayList<>();
  private PacedChecks checks;
  private int edition;

  @Test
  void operatorsNeedNotWait() throws Exception {
    Files.deleteIfExists(REPORT);
    fill();
    String phones = Api.draft(Api.operator(), "Phones", Map.of("kind", "phone"));
    String all = Api.draft(Api.operator(), "All", Map.of());
    String german =
        Api.draft(
            Api.operator(),
            "German",
            Map.of(
                "products", List.of("router-app-android"),
                "countries", List.of("DE"),
                "kind", "phone"));
    report("| what | median, s | p99 of checks meanwhile, ms |%n|---|---|---|");
    try (PacedChecks paced = new PacedChecks()) {
      checks = paced;
      checks.settle();
      report("| checks alone | | %.1f |", checks.p99Millis());
      get(
          "fleet by country and version of the app",
          1,
          "fleet?by=country,version&product=router-app-android");
      get("fleet by product and version", 1, "fleet?by=product,version&limit=500");
      get("fleet by language of all", 1, "fleet?by=language");
      get("count of an audience: everybody", 1, "notices/" + all + "/audience");
      get("count of an audience: all phones", 1, "notices/" + phones + "/audience");
      get("count of an audience: phones of the app in DE", 1, "notices/" + german + "/audience");
      lists();
      changes();
      get("lint of all products", 2, "lint");
      get("lint of the app", 1, "lint?product=router-app-android");
      measure("preview, all phones", 60, () -> post("notices/" + phones + "/preview", ""));
    }
    assertThat(missed).as("bounds that were missed").isEmpty();
  }

  private void changes() {
    measure("import of one release of the app", 1, () -> post("catalogue", release()));
    measure("simulate a draft of the app", 3, () -> post("simulate", draft()));
  }

  private void lists() {
    get("devices: first page", 1, "devices");
    get("devices of the app with a version", 1, "devices?product=router-app-android&version=3.7");
    get("devices in one country", 1, "devices?country=IS");
    get("devices in a country without any", 1, "devices?country=AQ");
    get("devices not seen since a day", 1, "devices?seenBefore=2026-01-03");
    get("devices of an account without any", 1, "devices?account=acc_00000000000000000000000000");
    get("one device", 1, "devices/dev_00000000000000000000000001");
    measure(
        "devices by identifier", 1, () -> post("devices/find", Map.of("identifier", "SN-nobody")));
  }

  private void fill() throws Exception {
    post("catalogue", catalogue());
    FilledFleet filled = FilledFleet.of(DEVICES, PRODUCTS);
    report(
        "%,d devices in %,d combinations of facts; counted anew in %.1f s;",
        DEVICES, FleetRows.number("SELECT count(*) FROM fleet_count"), filled.countedSeconds());
    report("indexes of the lists in %.1f s; ", filled.indexedSeconds());
    report(
        "registration of a device with the trigger %.1f us, without it %.1f us.%n",
        filled.withTriggerMicros(), filled.withoutMicros());
    assertThat(FleetRows.differences()).isEmpty();
  }

  private static Map<String, Object> catalogue() {
    List<String> models = IntStream.range(0, PRODUCTS).mapToObj(i -> "model-" + i).toList();
    List<Map<String, ?>> products =
        models.stream()
            .<Map<String, ?>>map(
                id -> Map.of("id", id, "name", id, "kind", "firmware", "defaultLanguage", "en"))
            .collect(Collectors.toCollection(ArrayList::new));
    products.add(
        Map.of("id", "router-app-android", "name", "App", "kind", "app", "defaultLanguage", "en"));
    List<Map<String, ?>> releases = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      releases.add(release(models, "1." + i, "First"));
    }
    for (int i = 0; i < 20; i++) {
      releases.add(release(List.of("router-app-android"), "3." + i, "First"));
    }
    return Map.of(
        "channels", List.of("stable", "candidate"), "products", products, "releases", releases);
  }

  private static Map<String, Object> release(List<String> products, String version, String title) {
    return Map.of(
        "products",
        products,
        "version",
        version,
        "severity",
        "recommended",
        "publishedAt",
        "2026-01-01T00:00:00Z",
        "notes",
        Map.of("en", Map.of("title", title, "body", "All of it")));
  }

  private Map<String, Object> release() {
    return Map.of(
        "products", List.of(),
        "releases",
            List.of(release(List.of("router-app-android"), "3.19", "Edition " + edition++)));
  }

  private Map<String, Object> draft() {
    String version = "4." + edition++;
    Map<String, Object> release =
        Map.of(
            "product",
            "router-app-android",
            "version",
            version,
            "severity",
            "recommended",
            "publishedAt",
            "2026-01-01T00:00:00Z",
            "countries",
            Map.of("allow", List.of("DE")),
            "notes",
            Map.of("en", Map.of("title", "New", "body", "All of it")));
    Api.operator().body(release).post(ADMIN + "releases").then().statusCode(201);
    return Map.of("draft", "router-app-android:" + version);
  }

  private static int post(String path, Object body) {
    RequestSpecification request = Api.operator();
    return ("".equals(body) ? request : request.body(body)).post(ADMIN + path).statusCode();
  }

  private void get(String what, double bound, String path) {
    measure(what, bound, () -> Api.operator().get(ADMIN + path).statusCode());
  }

  /** Again and again, until enough checks were answered meanwhile. */
  private void measure(String what, double boundSeconds, Supplier<Integer> request) {
    List<Double> seconds = new ArrayList<>();
    checks.begin();
    do {
      long begun = System.nanoTime();
      int status = request.get();
      seconds.add((System.nanoTime() - begun) / 1e9);
      assertThat(status).as(what).isEqualTo(200);
    } while (!checks.areEnough());
    Collections.sort(seconds);
    double median = seconds.get(seconds.size() / 2);
    report("| %s | %.3f | %.1f |", what, median, checks.p99Millis());
    if (median > boundSeconds) {
      missed.add("%s: %.3f s of %.0f s".formatted(what, median, boundSeconds));
    }
  }

  private static void report(String line, Object... values) {
    String text = String.format(Locale.ROOT, line, values);
    System.out.println(text);
    try {
      Files.writeString(REPORT, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
