package io.towncrier.platform.language;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Languages that are named to mean clients. A language alone means it in every script; a tag with
 * more in it means the tags below it as CLDR has them: {@code zh-Hant} means {@code zh-TW}, {@code
 * es-419} means {@code es-MX}. Asking makes no new object (docs/adr/0013).
 */
public final class LanguageRanges {
  /** Names nobody. */
  public static final LanguageRanges NONE = new LanguageRanges(Set.of());

  private final Set<LanguageTag> tags;
  private final Set<String> ranges;

  private LanguageRanges(Set<LanguageTag> tags) {
    this.tags = tags;
    this.ranges = tags.stream().map(LanguageTag::range).collect(Collectors.toUnmodifiableSet());
  }

  public static LanguageRanges of(Collection<LanguageTag> tags) {
    return tags.isEmpty() ? NONE : new LanguageRanges(Set.copyOf(tags));
  }

  /** As they were written. */
  public Set<LanguageTag> tags() {
    return tags;
  }

  public boolean isEmpty() {
    return tags.isEmpty();
  }

  /** Whether one of them means this language. */
  public boolean mean(LanguageTag spoken) {
    return spoken.isIn(ranges);
  }

  /**
   * Whether every language that one of the others means is meant by one of these. It may be false
   * though nothing is missing; it is never true when something is.
   */
  public boolean cover(LanguageRanges others) {
    return others.tags.stream().allMatch(tag -> tag.isCoveredBy(ranges));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LanguageRanges that && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return tags.hashCode();
  }

  @Override
  public String toString() {
    return tags.toString();
  }
}
