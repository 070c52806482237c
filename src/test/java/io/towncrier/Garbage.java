package io.towncrier;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Seeded nonsense that looks like input. */
final class Garbage {
  private static final List<String> NAMES =
      List.of(
          "version",
          "country",
          "timezone",
          "language",
          "channel",
          "cohort",
          "manual",
          "kind",
          "product",
          "provider",
          "value",
          "push",
          "pushCategories",
          "quietHours",
          "texts",
          "audience",
          "ttlSeconds",
          "products",
          "releases",
          "channels",
          "defaultLanguage",
          "identifier",
          "challenge",
          "revision");
  private static final List<String> TEXTS =
      List.of(
          "",
          "DE",
          "en",
          "Europe/Berlin",
          "phone",
          "fcm",
          "token",
          "announcement",
          "1.0",
          "\u0000",
          "\u202E",
          "\uD800",
          "'; DROP TABLE device; --",
          "%00",
          "../..",
          "9".repeat(300),
          "ı",
          "{}",
          "null",
          "-1",
          "1e999",
          "router-app-android");

  private Garbage() {}

  static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /** The path and query of an update check. */
  static String check(Random random) {
    return "/v1/products/%s/update?version=%s&country=%s&language=%s&timezone=%s&cohort=%s"
        .formatted(
            part(random), part(random), part(random), part(random), part(random), part(random));
  }

  private static String part(Random random) {
    return random.nextInt(8) == 0
        ? "%ff%00%C3"
        : URLEncoder.encode(text(random), StandardCharsets.UTF_8);
  }

  static String json(Random random) {
    String json = value(random, 3);
    return random.nextInt(10) == 0 ? json.substring(0, json.length() / 2) : json;
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> "null";
      case 1 -> Boolean.toString(random.nextBoolean());
      case 2 -> Long.toString(random.nextLong());
      case 3, 4 -> quote(text(random));
      case 5 -> "[" + value(random, depth - 1) + "," + value(random, depth - 1) + "]";
      default -> object(random, depth - 1);
    };
  }

  private static String object(Random random, int depth) {
    StringBuilder object = new StringBuilder("{");
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      object
          .append(i == 0 ? "" : ",")
          .append(quote(NAMES.get(random.nextInt(NAMES.size()))))
          .append(":")
          .append(value(random, depth));
    }
    return object.append("}").toString();
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || c > 0x7E) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append("\"").toString();
  }
}
