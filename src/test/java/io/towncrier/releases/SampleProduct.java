package io.towncrier.releases;

import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.version.VersionScheme;
import java.time.LocalDate;
import java.util.Optional;

/** A product of which a test names only what matters to it. */
public final class SampleProduct {
  private final String id;
  private LanguageTag language = new LanguageTag("en");
  private Optional<LocalDate> supportedUntil = Optional.empty();
  private VersionScheme scheme = VersionScheme.NATURAL;
  private boolean securityOnly;

  private SampleProduct(String id) {
    this.id = id;
  }

  public static SampleProduct product(String id) {
    return new SampleProduct(id);
  }

  public SampleProduct speaking(String defaultLanguage) {
    this.language = new LanguageTag(defaultLanguage);
    return this;
  }

  public SampleProduct supportedUntil(String day) {
    this.supportedUntil = Optional.of(LocalDate.parse(day));
    return this;
  }

  public SampleProduct ordered(VersionScheme scheme) {
    this.scheme = scheme;
    return this;
  }

  public SampleProduct securityOnly() {
    this.securityOnly = true;
    return this;
  }

  public Product build() {
    return new Product(
        id, "A router", Product.Kind.FIRMWARE, language, supportedUntil, scheme, securityOnly);
  }
}
