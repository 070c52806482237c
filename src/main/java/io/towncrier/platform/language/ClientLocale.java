package io.towncrier.platform.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads a language as clients' systems write it: {@code zh_TW}, {@code pt_BR.UTF-8}, {@code
 * sr_RS@latin}, {@code zh_TW_#Hant}, {@code b+sr+Latn}, {@code de,en;q=0.5}, the environment's
 * {@code LANG=..}. What cannot be understood of it is left out, as long as a language is left.
 */
public final class ClientLocale {
  /** All categories of a C library's locale take some 300 characters. */
  private static final int LONGEST = 1_000;

  private static final int LONGEST_TAG = 35;

  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Cntrl},;:|/\"'()\\[\\]]+");
  private static final Pattern WEIGHT = Pattern.compile("[qQ]=[0-9.]{1,10}");
  private static final Pattern SETTING = Pattern.compile("([A-Z_]{4,20})=(.*)");

  /** In which order a system asks for the language of messages. */
  private static final List<String> SETTINGS =
      List.of("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "LC_CTYPE");

  /** What stands behind an at sign in a C library's locales and names a script. */
  private static final Map<String, String> SCRIPTS =
      Map.of(
          "latin", "Latn",
          "iqtelif", "Latn",
          "cyrillic", "Cyrl",
          "devanagari", "Deva",
          "arabic", "Arab");

  /** Three letters behind a language that are no region: former names of the scripts of Chinese. */
  private static final Map<String, String> CHINESE = Map.of("CHS", "Hans", "CHT", "Hant");

  /** Languages behind which three letters may name another: the prefixes of extlang in BCP 47. */
  private static final Set<String> MACRO =
      Set.of("ar", "kok", "lv", "ms", "no", "sgn", "sw", "uz", "zh");

  private ClientLocale() {}

  /**
   * The tag of the first language in the text that exists, aliases replaced; of a list with
   * weights, the heaviest.
   *
   * @param text of any length and content
   * @param exists whether there is such a language
   * @return empty when there is none
   */
  public static Optional<String> read(String text, Predicate<String> exists) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return candidates(text).stream().flatMap(c -> tag(c, exists).stream()).findFirst();
  }

  /** The text with hyphens and without an encoding: nearly always that is a tag already. */
  public static String plain(String text) {
    int dot = text.indexOf('.');
    boolean encoded = dot > 0 && text.indexOf('@') < 0 && !SEPARATORS.matcher(text).find();
    String base = encoded ? text.substring(0, dot) : text;
    return base.indexOf('_') < 0 ? base : base.replace('_', '-');
  }

  private static List<String> candidates(String text) {
    List<String> settings = new ArrayList<>();
    List<Weighted> listed = new ArrayList<>();
    for (String token : SEPARATORS.split(text, -1)) {
      if (WEIGHT.matcher(token).matches()) {
        weigh(listed, token.substring(2));
      } else if (SETTING.matcher(token).matches()) {
        settings.add(token);
      } else if (!token.isEmpty()) {
        listed.add(new Weighted(token, 1));
      }
    }
    return settings.isEmpty()
        ? listed.stream()
            .filter(one -> one.weight() > 0)
            .sorted(Comparator.comparingDouble(Weighted::weight).reversed())
            .map(Weighted::text)
            .toList()
        : inOrder(settings);
  }

  private static void weigh(List<Weighted> listed, String weight) {
    if (listed.isEmpty()) {
      return;
    }
    int last = listed.size() - 1;
    try {
      listed.set(last, new Weighted(listed.get(last).text(), Double.parseDouble(weight)));
    } catch (NumberFormatException malformed) {
      // As if without a weight.
    }
  }

  private static List<String> inOrder(List<String> settings) {
    return SETTINGS.stream()
        .flatMap(name -> settings.stream().filter(setting -> setting.startsWith(name + "=")))
        .map(setting -> setting.substring(setting.indexOf('=') + 1))
        .toList();
  }

  private static Optional<String> tag(String candidate, Predicate<String> exists) {
    String base = before(candidate, '.', '@');
    String modifier = before(candidate.substring(candidate.indexOf('@') + 1), '.', '.');
    List<String> subtags =
        Arrays.stream(base.split("[-_+#]", -1)).filter(part -> !part.isEmpty()).toList();
    if (subtags.isEmpty()) {
      return Optional.empty();
    }
    // Android's form of resources: b+zh+Hant+TW.
    List<String> parts = subtags.get(0).equals("b") ? subtags.subList(1, subtags.size()) : subtags;
    return wellFormed(parts)
        .or(() -> byShape(parts))
        .map(tag -> candidate.indexOf('@') < 0 ? tag : inScript(tag, modifier))
        .map(LanguageForm::withoutAliases)
        .filter(tag -> tag.length() <= LONGEST_TAG && exists.test(before(tag, '-', '-')));
  }

  /** As BCP 47 has it; empty when three letters behind the language are taken for another one. */
  private static Optional<String> wellFormed(List<String> parts) {
    try {
      String tag =
          new Locale.Builder().setLanguageTag(String.join("-", parts)).build().toLanguageTag();
      String first = parts.get(0).toLowerCase(Locale.ROOT);
      boolean another =
          parts.size() > 1
              && isLetters(parts.get(1), 3)
              && (!MACRO.contains(first) || thirdOf(parts.get(1)).isPresent());
      return another || tag.length() > LONGEST_TAG ? Optional.empty() : Optional.of(tag);
    } catch (IllformedLocaleException malformed) {
      return Optional.empty();
    }
  }

  /**
   * What looks like a language in front, and behind it like a script and a region, in any order.
   */
  private static Optional<String> byShape(List<String> parts) {
    String language = parts.isEmpty() ? "" : parts.get(0).toLowerCase(Locale.ROOT);
    if (!isLetters(language, 2) && !isLetters(language, 3)) {
      return Optional.empty();
    }
    String script = "";
    String region = "";
    for (String part : parts.subList(1, parts.size())) {
      String place = isLetters(part, 3) ? thirdOf(part).orElse("") : part;
      if (script.isEmpty() && isLetters(place, 4)) {
        script =
            place.substring(0, 1).toUpperCase(Locale.ROOT)
                + place.substring(1).toLowerCase(Locale.ROOT);
      } else if (region.isEmpty() && (isLetters(place, 2) || isDigits(place))) {
        region = place.toUpperCase(Locale.ROOT);
      }
    }
    return Optional.of(
        language + (script.isEmpty() ? "" : "-" + script) + (region.isEmpty() ? "" : "-" + region));
  }

  /** A region or a script that is written with three letters: USA, CHT, and rTW of Android. */
  private static Optional<String> thirdOf(String part) {
    String upper = part.toUpperCase(Locale.ROOT);
    if (CHINESE.containsKey(upper)) {
      return Optional.ofNullable(CHINESE.get(upper));
    }
    boolean resource = part.charAt(0) == 'r' && part.substring(1).equals(upper.substring(1));
    return resource
        ? Optional.of(upper.substring(1))
        : LanguageTable.CLDR.replacedRegion(upper).stream().findFirst();
  }

  private static String inScript(String tag, String modifier) {
    String script = SCRIPTS.get(modifier.toLowerCase(Locale.ROOT));
    String[] subtags = tag.split("-", 2);
    boolean named = subtags.length > 1 && isLetters(before(subtags[1], '-', '-'), 4);
    return script == null || named
        ? tag
        : subtags[0] + '-' + script + (subtags.length > 1 ? '-' + subtags[1] : "");
  }

  private static String before(String text, char one, char other) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != one && text.charAt(end) != other) {
      end++;
    }
    return text.substring(0, end);
  }

  private static boolean isLetters(String text, int count) {
    return text.length() == count
        && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
  }

  private static boolean isDigits(String text) {
    return text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** A language of a list, and how much it is wanted. */
  private record Weighted(String text, double weight) {}
}
