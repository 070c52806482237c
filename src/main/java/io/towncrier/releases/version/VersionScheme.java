package io.towncrier.releases.version;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the versions of a product are written and ordered. In every scheme a version has at most
 * {@link Version#MAX_LENGTH} characters, and only ASCII letters, digits and {@code . _ + ~ -}.
 */
public enum VersionScheme {
  /** Numbers by value and words as people mean them: {@code V2.3.10_build20240401}. */
  NATURAL,
  /** Semantic Versioning 2.0.0: {@code 1.4.0-rc.1+5d1f}; a {@code v} in front does no harm. */
  SEMVER,
  /** A day from 1970 to 9999, and the sequence within it if there are several. */
  DATE,
  /** Opaque texts, ordered by the counter of their release: see {@link Version#ofSequence}. */
  SEQUENCE;

  public static Optional<VersionScheme> parse(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The version that is written so; empty when the scheme knows no such text. Always empty for
   * {@link #SEQUENCE}, whose texts say nothing about their order.
   */
  public Optional<Version> read(String text) {
    return switch (this) {
      case NATURAL -> NaturalOrder.parse(text);
      case SEMVER -> SemanticOrder.parse(text);
      case DATE -> DateOrder.parse(text);
      case SEQUENCE -> Optional.empty();
    };
  }

  /** Whether a release may be called so. */
  public boolean accepts(String text) {
    return this == SEQUENCE ? VersionText.isAllowed(text) : read(text).isPresent();
  }
}
