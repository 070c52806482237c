package io.towncrier.platform.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A language tag by its parts, with the script that it is written in even where the tag does not
 * name it. Aliases are replaced, so that tags which mean the same have the same form.
 *
 * @param language such as {@code zh}
 * @param script such as {@code Hant}; empty for a language that CLDR does not know
 * @param region such as {@code HK}; empty when none is named
 * @param rest variants, extensions and private use, behind one another; usually empty
 * @param bare whether the tag names nothing but the language
 */
public record LanguageForm(
    String language, String script, String region, String rest, boolean bare) {
  private static final LanguageTable TABLE = LanguageTable.CLDR;

  /** Every language that CLDR has a locale of, or that has a code of two letters. */
  public static Set<String> languages() {
    return TABLE.languages();
  }

  /** The form of a well-formed tag in canonical case. */
  public static LanguageForm of(String tag) {
    Parts given = Parts.of(tag);
    Optional<String> replacement = TABLE.replacement(given.language());
    Parts parts = given.over(replacement.map(Parts::of).orElse(given));
    String region = currentRegion(parts.language(), parts.region());
    return new LanguageForm(
        parts.language(),
        parts.script().isEmpty() ? TABLE.likelyScript(parts.language(), region) : parts.script(),
        region,
        parts.rest(),
        parts.script().isEmpty() && region.isEmpty() && parts.rest().isEmpty());
  }

  /**
   * The tag with aliases replaced: {@code he-IL} for {@code iw-IL}, {@code en-GB} for {@code
   * en-UK}.
   */
  public static String withoutAliases(String tag) {
    Parts given = Parts.of(tag);
    Parts parts = given.over(TABLE.replacement(given.language()).map(Parts::of).orElse(given));
    return joined(
        parts.language(),
        parts.script(),
        currentRegion(parts.language(), parts.region()),
        parts.rest());
  }

  /** What an operator's tag stands for among the {@link #ranges()} of devices. */
  public String range() {
    return bare ? language : joined(language, script, region, rest);
  }

  /**
   * Every range that a device of this language is in: {@code zh-TW} is in {@code zh-Hant-TW},
   * {@code zh-Hant} and {@code zh}, {@code en-AU} also in {@code en-001}.
   */
  public Set<String> ranges() {
    Set<String> ranges = new LinkedHashSet<>(rangesAbove());
    String same = TABLE.sameAs(language);
    if (same != null) {
      ranges.addAll(inLanguage(same).rangesAbove());
    }
    return ranges;
  }

  /** The same without those of a language that counts as this one. */
  public Set<String> rangesAbove() {
    Set<String> ranges = new LinkedHashSet<>();
    for (LanguageForm form : chain()) {
      ranges.add(joined(form.language, form.script, form.region, form.rest));
      ranges.add(form.language);
    }
    return ranges;
  }

  /**
   * By what a text in this language is found: the region is left out where it is the likely one.
   */
  public String textKey() {
    return joined(
        language, script, region.equals(TABLE.likelyRegion(language, script)) ? "" : region, rest);
  }

  /** The keys of the texts that serve a reader of this language, the nearest first. */
  public List<String> textKeys() {
    Set<String> keys = new LinkedHashSet<>();
    LanguageForm last = this;
    for (LanguageForm form : chain()) {
      keys.add(form.textKey());
      last = form;
    }
    String same = TABLE.sameAs(last.language);
    if (same != null) {
      keys.add(last.inLanguage(same).textKey());
    }
    return List.copyOf(keys);
  }

  private LanguageForm inLanguage(String other) {
    return new LanguageForm(other, script, region, rest, bare);
  }

  /** This form and its parents, as UTS 35 has them, section "Parent Locales". */
  private List<LanguageForm> chain() {
    List<LanguageForm> chain = new ArrayList<>();
    for (LanguageForm form = this; form != null; form = form.parent()) {
      chain.add(form);
    }
    return chain;
  }

  private @Nullable LanguageForm parent() {
    if (!rest.isEmpty()) {
      return new LanguageForm(language, script, region, cutShort(rest), false);
    }
    String known = TABLE.parent(asInCldr());
    if (known != null) {
      return of(known);
    }
    // What is written in another script than the language's own has no parent but the root.
    return region.isEmpty() ? null : new LanguageForm(language, script, "", "", false);
  }

  private String asInCldr() {
    boolean usual = script.equals(TABLE.likelyScript(language, ""));
    return joined(language, usual ? "" : script, region, "");
  }

  /** RFC 4647 section 3.4: a single-letter subtag goes together with the one behind it. */
  private static String cutShort(String rest) {
    int cut = rest.lastIndexOf('-');
    if (cut < 0) {
      return "";
    }
    String left = rest.substring(0, cut);
    boolean single = left.length() == 1 || left.charAt(left.length() - 2) == '-';
    return single ? left.substring(0, Math.max(0, left.length() - 2)) : left;
  }

  private static String currentRegion(String language, String region) {
    List<String> codes = TABLE.replacedRegion(region);
    if (codes.isEmpty()) {
      return region;
    }
    // UTS 35: of a country that was divided, the part in which the language is at home.
    String home = TABLE.likelyRegion(language, "");
    return codes.contains(home) ? home : codes.get(0);
  }

  private static String joined(String language, String script, String region, String rest) {
    StringBuilder tag = new StringBuilder(language);
    for (String part : new String[] {script, region, rest}) {
      if (!part.isEmpty()) {
        tag.append('-').append(part);
      }
    }
    return tag.toString();
  }

  /** What a tag names itself. */
  private record Parts(String language, String script, String region, String rest) {
    static Parts of(String tag) {
      String[] subtags = tag.split("-", -1);
      int at = 1;
      String script = at < subtags.length && isScript(subtags[at]) ? subtags[at++] : "";
      String region = at < subtags.length && isRegion(subtags[at]) ? subtags[at++] : "";
      String rest = String.join("-", List.of(subtags).subList(at, subtags.length));
      return new Parts(subtags[0].toLowerCase(Locale.ROOT), script, region, rest);
    }

    /**
     * These parts, and of the others what these do not name; the language is that of the others.
     */
    Parts over(Parts others) {
      return new Parts(
          others.language,
          script.isEmpty() ? others.script : script,
          region.isEmpty() ? others.region : region,
          rest);
    }

    private static boolean isScript(String subtag) {
      return subtag.length() == 4 && Character.isLetter(subtag.charAt(0));
    }

    private static boolean isRegion(String subtag) {
      return subtag.length() == 2 || (subtag.length() == 3 && Character.isDigit(subtag.charAt(0)));
    }
  }
}
