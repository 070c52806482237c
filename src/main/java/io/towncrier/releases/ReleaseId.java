package io.towncrier.releases;

import io.towncrier.releases.version.Version;
import java.util.Optional;

/**
 * Names one version of one product. Neither part can hold a colon.
 *
 * @param product id
 * @param version as it is written
 */
public record ReleaseId(String product, String version) {
  public static Optional<ReleaseId> parse(String text) {
    int colon = text.indexOf(':');
    return colon > 0
            && Product.isId(text.substring(0, colon))
            && isVersion(text.substring(colon + 1))
        ? Optional.of(new ReleaseId(text.substring(0, colon), text.substring(colon + 1)))
        : Optional.empty();
  }

  /** Whether a text can be a version in any scheme. */
  public static boolean isVersion(String text) {
    return text.length() <= Version.MAX_LENGTH && text.matches("[A-Za-z0-9._+~-]+");
  }

  /** As it stands in paths and answers. */
  @Override
  public String toString() {
    return product + ':' + version;
  }
}
