package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import java.util.Optional;

/** What a client says of itself, of which a test names only what matters to it. */
public final class SampleFacts {
  private final String version;
  private Optional<CountryCode> country = Optional.empty();
  private Optional<LanguageTag> language = Optional.empty();
  private String channel = "stable";

  private SampleFacts(String version) {
    this.version = version;
  }

  public static SampleFacts installed(String version) {
    return new SampleFacts(version);
  }

  public SampleFacts in(String country) {
    this.country = Optional.of(new CountryCode(country));
    return this;
  }

  public SampleFacts speaking(String language) {
    this.language = Optional.of(new LanguageTag(language));
    return this;
  }

  public SampleFacts following(String channel) {
    this.channel = channel;
    return this;
  }

  public ClientFacts build() {
    return new ClientFacts(
        version, country, Optional.empty(), language, channel, Optional.empty(), false);
  }
}
