package io.towncrier.testing;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What devices write where a fact is meant: seeded, so that a text that does harm comes again. */
public final class FirmwareTexts {
  private static final List<String> SEEDS =
      List.of(
          "DE",
          "de",
          "USA",
          "Europe/Berlin",
          "America/New_York",
          "America/Coyhaique",
          "CET-1CEST,M3.5.0,M10.5.0/3",
          "<-03>3",
          "/etc/localtime",
          "UTC",
          "GMT+2",
          "de_DE.UTF-8@euro",
          "zh-Hant-TW",
          "C",
          "POSIX",
          "en,de;q=0.5",
          "x-private",
          "stable",
          "candidate",
          "nightly",
          "c-7",
          "v2.1",
          "(null)",
          "unknown",
          "undefined",
          "0",
          "3",
          "18446744073709551615",
          "-1",
          "0x1F",
          "3.0",
          "true",
          "TRUE",
          "1",
          "%s",
          "$(hostname)",
          "{\"a\":1}",
          "[]",
          "<b>",
          "';--",
          "../..",
          "a&b=c",
          "100%",
          "\u7248\u672c",
          "\u202eabc",
          "\ud83d\ude80",
          "e\u0301",
          "\ufffd",
          "\ufeff1");
  private static final List<String> AROUND =
      List.of("", "", " ", "\n", "\r\n", "\t", "\u0000", "\u0000\u0000\u0000", "\"", "'", "\u00a0");

  private final Random random;

  public FirmwareTexts(long seed) {
    this.random = new Random(seed);
  }

  /** Valid Unicode, from nothing to some hundred characters. */
  public String next() {
    return switch (random.nextInt(8)) {
      case 0 -> printable(random.nextInt(13));
      case 1 -> anyCharacters(random.nextInt(7));
      case 2 -> seed();
      case 3 -> around(seed());
      case 4 -> altered(seed());
      case 5 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 6 -> altered(around(seed()));
      default -> (seed() + printable(1)).repeat(1 + random.nextInt(12));
    };
  }

  private String seed() {
    return SEEDS.get(random.nextInt(SEEDS.size()));
  }

  private String around(String text) {
    String edge = AROUND.get(random.nextInt(AROUND.size()));
    return edge + text + (random.nextBoolean() ? edge : AROUND.get(random.nextInt(AROUND.size())));
  }

  private String altered(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
    return switch (random.nextInt(5)) {
      case 0 -> text.toUpperCase(Locale.ROOT);
      case 1 -> text.toLowerCase(Locale.ROOT);
      case 2 -> text.substring(0, at);
      case 3 -> text.substring(0, at) + anyCharacters(1) + text.substring(at);
      default -> text.substring(at) + text;
    };
  }

  private String printable(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt('~' - ' ' + 1)));
    }
    return text.toString();
  }

  private String anyCharacters(int length) {
    StringBuilder text = new StringBuilder(length);
    while (text.codePointCount(0, text.length()) < length) {
      int c = random.nextInt(random.nextBoolean() ? 0x100 : Character.MAX_CODE_POINT + 1);
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    return text.toString();
  }
}
