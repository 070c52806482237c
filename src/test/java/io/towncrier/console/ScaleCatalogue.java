package io.towncrier.console;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** 2,000 releases of 100 products as a document of the catalogue. Some are under way, some held. */
final class ScaleCatalogue {
  static final int PRODUCTS = 100;
  static final int RELEASES_EACH = 20;

  /** What phones run; the others are models of routers. */
  static final String APP = "router-app-android";

  private static final List<String> SEVERITIES =
      List.of("recommended", "security", "optional", "critical");

  private ScaleCatalogue() {}

  static String product(int number) {
    return number == PRODUCTS - 1 ? APP : "model-" + number;
  }

  static Map<String, Object> document(Instant now) {
    List<Map<String, Object>> products = new ArrayList<>();
    List<Map<String, Object>> releases = new ArrayList<>();
    for (int number = 0; number < PRODUCTS; number++) {
      products.add(product(number, now));
      for (int edition = 0; edition < RELEASES_EACH; edition++) {
        releases.add(release(number, edition, now));
      }
    }
    return Map.of(
        "channels", List.of("stable", "candidate"), "products", products, "releases", releases);
  }

  private static Map<String, Object> product(int number, Instant now) {
    String id = product(number);
    Map<String, Object> product = new LinkedHashMap<>();
    product.put("id", id);
    product.put("name", id.equals(APP) ? "Router app" : "Router of model " + number);
    product.put("kind", id.equals(APP) ? "app" : "firmware");
    product.put("defaultLanguage", "en");
    if (number % 8 == 0) {
      LocalDate end = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(3 + 10L * number);
      product.put("supportedUntil", end.toString());
    }
    return product;
  }

  private static Map<String, Object> release(int number, int edition, Instant now) {
    boolean newest = edition == RELEASES_EACH - 1;
    boolean draft = newest && number % 4 == 1;
    boolean rolls = newest && !draft && number % 10 == 0;
    boolean halted = newest && !draft && number % 50 == 6;
    Duration age = rolls ? Duration.ofHours(30) : Duration.ofDays(10L * (20 - edition));
    Map<String, Object> release = new LinkedHashMap<>();
    release.put("products", List.of(product(number)));
    release.put("version", "1." + edition);
    release.put("severity", SEVERITIES.get((number + edition) % SEVERITIES.size()));
    if (draft) {
      release.put("state", "draft");
    } else {
      release.put("publishedAt", text(now.minus(age)));
      if (newest && number % 50 == 3) {
        release.put("state", "withdrawn");
      }
    }
    if (rolls || halted) {
      release.put("rollout", rollout(halted, now));
    }
    release.put("notes", notes(number, edition));
    return release;
  }

  private static Map<String, Object> rollout(boolean halted, Instant now) {
    Map<String, Object> rollout = new LinkedHashMap<>();
    rollout.put(
        "phases",
        List.of(
            Map.of("percentage", 1, "soak", "PT24H"),
            Map.of("percentage", 10, "soak", "PT72H"),
            Map.of("percentage", 50, "soak", "PT72H"),
            Map.of("percentage", 100)));
    if (halted) {
      rollout.put("state", "halted");
      rollout.put("heldSince", text(now.minus(Duration.ofHours(12))));
    }
    return rollout;
  }

  private static Map<String, Object> notes(int number, int edition) {
    String title = "Better mesh " + number + "." + edition;
    return Map.of(
        "en", Map.of("title", title, "body", "What is new, in some sentences. ".repeat(8)),
        "de", Map.of("title", title + " (de)", "body", "Was neu ist, in Sätzen. ".repeat(8)));
  }

  private static String text(Instant moment) {
    return Instant.ofEpochSecond(moment.getEpochSecond()).toString();
  }
}
