package io.towncrier.releases;

import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.version.VersionScheme;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A router model or an app on a platform.
 *
 * @param id a slug, case-sensitive: {@code tplink_archer-a7-v5}, {@code router-app-android}
 * @param name for people
 * @param kind firmware or app
 * @param defaultLanguage in which every release has notes
 * @param supportedUntil the last day (UTC) with updates, when one is announced
 * @param scheme in which its versions are ordered
 * @param securityOnly whether nothing but security releases is offered any more
 */
public record Product(
    String id,
    String name,
    Kind kind,
    LanguageTag defaultLanguage,
    Optional<LocalDate> supportedUntil,
    VersionScheme scheme,
    boolean securityOnly) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,79}");

  public Product {
    if (!isId(id)) {
      throw new IllegalArgumentException("not a product id: " + id);
    }
  }

  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** What is updated. */
  public enum Kind {
    FIRMWARE,
    APP
  }
}
