package io.towncrier.platform.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The languages in which something can be read, in a form in which the nearest to a reader's is
 * found with a few look-ups and without a new object (docs/adr/0013).
 */
public final class TextLanguages {
  private final List<String> tags;
  // Made when it is first asked for: most lists equal one that is held already, and are dropped.
  private @Nullable Index index;

  /**
   * Of tags.
   *
   * @param tags never empty; BCP 47
   */
  public TextLanguages(Collection<String> tags) {
    this.tags = tags.stream().sorted().toList();
  }

  /** The tags in alphabetical order. */
  public List<String> tags() {
    return tags;
  }

  /** The alphabetically first. */
  public String first() {
    return tags.get(0);
  }

  /** The tag of the text that serves a reader of this language best; null when none does. */
  public @Nullable String nearestTo(LanguageTag reader) {
    Index known = index;
    if (known == null) {
      // Two threads may both make it: the same, and nothing in it changes afterwards.
      known = Index.of(tags);
      index = known;
    }
    String itself = known.byTag().get(reader.value());
    return itself != null ? itself : reader.nearest(known.byKey());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TextLanguages that && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return tags.hashCode();
  }

  @Override
  public String toString() {
    return tags.toString();
  }

  /**
   * What is looked up.
   *
   * @param byTag each tag
   * @param byKey of tags that mean the same, such as {@code zh} and {@code zh-CN}, the shortest
   */
  private record Index(Map<String, String> byTag, Map<String, String> byKey) {
    static Index of(List<String> tags) {
      Map<String, String> byTag = new HashMap<>();
      Map<String, String> byKey = new HashMap<>();
      tags.stream()
          .sorted(Comparator.comparingInt(String::length).thenComparing(tag -> tag))
          .forEach(
              tag -> {
                byTag.put(tag, tag);
                Optional<LanguageTag> language = LanguageTag.parse(tag);
                language.ifPresent(known -> byKey.putIfAbsent(known.textKey(), tag));
              });
      return new Index(Map.copyOf(byTag), Map.copyOf(byKey));
    }
  }
}
