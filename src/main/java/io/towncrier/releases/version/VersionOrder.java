package io.towncrier.releases.version;

import io.towncrier.releases.Release;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order of one product's versions. Those of its releases are read once; devices report these
 * most of the time.
 */
public final class VersionOrder {
  private final VersionScheme scheme;
  private final Map<String, Optional<Version>> known;

  private VersionOrder(VersionScheme scheme, Map<String, Optional<Version>> known) {
    this.scheme = scheme;
    this.known = known;
  }

  /** The order of a product that has these releases. */
  public static VersionOrder of(VersionScheme scheme, List<Release> releases) {
    Map<String, Optional<Version>> known = new HashMap<>();
    for (Release release : releases) {
      known.put(release.version(), versionOf(scheme, release));
    }
    return new VersionOrder(scheme, Map.copyOf(known));
  }

  /**
   * The version that a text names; empty when it is none in the product's scheme. With {@code
   * sequence} that is every text but the versions of the product's releases.
   */
  public Optional<Version> read(String text) {
    Optional<Version> version = known.get(text);
    return version != null ? version : scheme.read(text);
  }

  private static Optional<Version> versionOf(VersionScheme scheme, Release release) {
    return scheme == VersionScheme.SEQUENCE
        ? Optional.of(Version.ofSequence(release.version(), release.counter()))
        : scheme.read(release.version());
  }
}
