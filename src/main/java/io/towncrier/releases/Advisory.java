package io.towncrier.releases;

import io.towncrier.releases.version.VersionRange;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a weakness that a release closes. Texts are in the product's default language.
 *
 * @param id of the maker or a registry: {@code CVE-2026-1234}
 * @param severity of the weakness
 * @param affected installed versions that have it
 * @param description what it is
 * @param remedy what the user does about it
 */
public record Advisory(
    String id, Severity severity, VersionRange affected, String description, String remedy) {

  /** How bad a weakness is: the qualitative ratings of CVSS 4.0, section 6, without "none". */
  public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    public static Optional<Severity> parse(String code) {
      return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
