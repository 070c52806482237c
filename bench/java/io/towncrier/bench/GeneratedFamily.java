package io.towncrier.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Products of one platform, and their releases as JSON.
 *
 * <p>Each release has a canary, and four rules by region: with revisions of the hardware, with
 * languages, with exclusions, with ranges of installed versions. Two releases are floors, one was
 * withdrawn, the newest four have install windows, and the newest two are in the middle of a
 * rollout.
 */
final class GeneratedFamily {
  static final List<String> EUROPE =
      List.of("DE", "FR", "ES", "IT", "PL", "NL", "SE", "AT", "BE", "CZ", "PT", "GB");
  static final List<String> AMERICAS = List.of("US", "CA", "MX", "BR", "AR", "CL", "CO");
  static final List<String> ASIA = List.of("CN", "TW", "HK", "JP", "KR", "IN", "TH", "VN");
  static final List<String> REVISIONS = List.of("r1", "r2", "r3");
  static final int CANARIES = 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SCHEMES =
      List.of("natural", "natural", "semver", "natural", "date", "semver", "natural", "sequence");
  private static final String SENTENCE =
      "Steadier Wi-Fi 6 in crowded places, a faster guest network and fewer restarts. ";
  private static final String SATZ =
      "Stabileres WLAN, schnelleres Gastnetz und weniger Neustarts als zuvor. ";
  private static final String JUZI = "改进了无线网络的稳定性,访客网络更快,重启更少。";

  private final int number;
  private final Instant now;
  private final List<String> europe;
  private final List<String> americas;
  private final List<String> asia;

  GeneratedFamily(int number, Instant now) {
    this.number = number;
    this.now = now;
    Random random = new Random(number);
    this.europe = some(EUROPE, random);
    this.americas = some(AMERICAS, random);
    this.asia = some(ASIA, random);
  }

  private static List<String> some(List<String> all, Random random) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, all.size() / 2 + random.nextInt(all.size() / 2));
  }

  int number() {
    return number;
  }

  /** As devices report it; each family has its version scheme. */
  String version(int release) {
    return switch (scheme()) {
      case "semver" -> "%d.%d.%d".formatted(1 + number % 5, release, number % 7);
      case "date" -> "20%02d-%02d-01".formatted(22 + release / 12, 1 + release % 12);
      case "sequence" -> "fw-%08x".formatted((number * 31 + release) * 0x9E3779B1);
      default ->
          "V%d.%d.%d_build20%02d%02d01"
              .formatted(1 + number % 4, release, number % 9, 22 + release / 12, 1 + release % 12);
    };
  }

  private String scheme() {
    return SCHEMES.get(number % SCHEMES.size());
  }

  ObjectNode product(String id) {
    ObjectNode product = JSON.createObjectNode();
    product.put("id", id).put("name", "Model " + id).put("kind", "firmware");
    product.put("defaultLanguage", "en").put("versionScheme", scheme());
    if (number % 10 == 7) {
      product.put("supportedUntil", "2040-12-31");
    }
    return product;
  }

  ObjectNode release(int release) {
    ObjectNode node = JSON.createObjectNode();
    int age = GeneratedCatalogue.RELEASES - 1 - release;
    node.put("version", version(release)).put("counter", release + 1);
    node.put("channel", age == 0 && number % 3 == 0 ? "candidate" : "stable");
    node.put("severity", release % 4 == 1 ? "critical" : "recommended");
    node.put("publishedAt", GeneratedCatalogue.publishedAt(release, now).toString());
    if (release == 11) {
      node.put("state", "withdrawn");
    }
    if (number % 5 == 0) {
      node.putObject("countries").putArray("deny").add("RU");
    }
    rules(node.putArray("rules"), release);
    if (release == 6 || release == 13) {
      node.putObject("floorFor").put("before", version(release));
    }
    if (age < 4) {
      node.set("install", window());
    }
    if (age < 2) {
      phases(node.putObject("rollout").putArray("phases"), age == 0 ? 10 : 25);
    }
    notes(node.putObject("notes"), release);
    node.putArray("artifacts").add(artifact(release));
    return node;
  }

  private void rules(ArrayNode rules, int release) {
    ObjectNode canary = rules.addObject().put("name", "canary").put("priority", 10);
    ArrayNode cohorts = canary.putObject("only").putArray("cohorts");
    for (int i = 0; i < CANARIES; i++) {
      cohorts.add("lab-" + i);
    }
    ObjectNode inEurope = region(rules, "europe", europe);
    inEurope.putArray("hardware").add("r1").add("r2");
    since(inEurope, release - 8);
    ObjectNode inAmericas = region(rules, "americas", americas);
    inAmericas.putArray("languages").add("en").add("es").add("pt");
    since(inAmericas, release - 12);
    ObjectNode inAsia = region(rules, "asia", asia);
    inAsia.putObject("except").putArray("cohorts").add("kiosk-1").add("kiosk-2");
    ObjectNode elsewhere = rules.addObject().put("name", "elsewhere");
    ArrayNode denied = elsewhere.putObject("countries").putArray("deny");
    europe.forEach(denied::add);
    americas.forEach(denied::add);
    asia.forEach(denied::add);
    elsewhere.putArray("hardware").add("r1").add("r3");
    since(elsewhere, release - 10);
  }

  private static ObjectNode region(ArrayNode rules, String name, List<String> countries) {
    ObjectNode rule = rules.addObject().put("name", name);
    countries.forEach(rule.putObject("countries").putArray("allow")::add);
    return rule;
  }

  private void since(ObjectNode rule, int release) {
    if (release > 0) {
      rule.putObject("installed").put("from", version(release));
    }
  }

  private ObjectNode window() {
    ObjectNode window = JSON.createObjectNode().put("from", "01:30").put("to", "05:00");
    if (number % 4 == 0) {
      window.putArray("days").add("monday").add("wednesday").add("saturday");
    }
    return window;
  }

  private static void phases(ArrayNode phases, int percentage) {
    phases.addObject().put("percentage", percentage).put("soak", "P14D");
    phases.addObject().put("percentage", 50).put("soak", "P7D");
    phases.addObject().put("percentage", 100);
  }

  private void notes(ObjectNode notes, int release) {
    text(notes, "en", "Firmware " + version(release), SENTENCE, release);
    text(notes, "de", "Firmware " + version(release) + " ist da", SATZ, release);
    text(notes, "zh-Hans", "固件 " + version(release), JUZI, release);
  }

  // Every text is another one, or equal ones would be counted as one piece of heap.
  private void text(ObjectNode notes, String language, String title, String body, int release) {
    notes
        .putObject(language)
        .put("title", title)
        .put("body", body.repeat(2) + "[" + number + "/" + release + "] " + body);
  }

  private ObjectNode artifact(int release) {
    String file = "family-" + number + "-" + version(release) + ".swu";
    return JSON.createObjectNode()
        .put("name", file)
        .put("url", "https://downloads.example.com/firmware/" + number + "/" + file)
        .put("size", 18_000_000L + number * 1000L + release)
        .put("sha256", "%064x".formatted(number * 1000L + release));
  }
}
