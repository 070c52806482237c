package io.towncrier.releases.version;

import java.util.Optional;

/**
 * A version of a product, ordered as its {@link VersionScheme} says. Two texts can be the same
 * version: what counts is the order and not how it is written. Versions of different schemes are
 * never equal and cannot be compared.
 */
public final class Version implements Comparable<Version> {
  /** Longest version text that is understood, in characters. */
  public static final int MAX_LENGTH = 64;

  private final VersionScheme scheme;
  private final String text;
  private final SortKey key;

  Version(VersionScheme scheme, String text, SortKey key) {
    this.scheme = scheme;
    this.text = text;
    this.key = key;
  }

  /**
   * A version in natural order. Empty when the text holds no number, is too long, or has characters
   * no version has.
   */
  public static Optional<Version> parse(String text) {
    return VersionScheme.NATURAL.read(text);
  }

  /**
   * A version of {@link VersionScheme#SEQUENCE}. The same counter is the same version, whatever the
   * text.
   *
   * @param counter of the release; at least 0
   * @throws IllegalArgumentException when the scheme does not accept the text or the counter is
   *     negative
   */
  public static Version ofSequence(String text, long counter) {
    if (!VersionText.isAllowed(text)) {
      throw new IllegalArgumentException("no text of a version");
    }
    if (counter < 0) {
      throw new IllegalArgumentException("a release counter is at least 0, not " + counter);
    }
    return new Version(VersionScheme.SEQUENCE, text, new SortKey.Builder(1).add(counter).build());
  }

  public VersionScheme scheme() {
    return scheme;
  }

  /**
   * @throws IllegalArgumentException when the other is of another scheme
   */
  public boolean isNewerThan(Version other) {
    return compareTo(other) > 0;
  }

  /**
   * @throws IllegalArgumentException when the other is of another scheme
   */
  @Override
  public int compareTo(Version other) {
    requireSameScheme(other);
    return key.compareTo(other.key);
  }

  /** Whether no version of the scheme is older. There is no such version in natural order. */
  boolean isOldest() {
    return switch (scheme) {
      case NATURAL -> false;
      case SEMVER -> SemanticOrder.isOldest(key);
      case DATE -> DateOrder.isOldest(key);
      case SEQUENCE -> key.at(0) == 0;
    };
  }

  /**
   * Whether this is newer and no version can stand between the two. In natural order one always
   * can. Numbers of more than 18 digits may be taken for further apart than they are.
   */
  boolean isNextAfter(Version other) {
    requireSameScheme(other);
    return switch (scheme) {
      case NATURAL -> false;
      case SEMVER -> SemanticOrder.isNext(key, other.key);
      case DATE, SEQUENCE -> key.isOneMoreThan(other.key);
    };
  }

  private void requireSameScheme(Version other) {
    if (scheme != other.scheme) {
      throw new IllegalArgumentException(
          "versions of " + scheme + " and " + other.scheme + " have no order");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version that && scheme == that.scheme && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
