package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/** What a client says of itself, of which a test names only what matters to it. */
public final class SampleFacts {
  private final String version;
  private Optional<CountryCode> country = Optional.empty();
  private Optional<ZoneId> timeZone = Optional.empty();
  private Optional<LanguageTag> language = Optional.empty();
  private String channel = "stable";
  private Optional<String> cohort = Optional.empty();
  private Optional<String> hardware = Optional.empty();
  private OptionalLong counter = OptionalLong.empty();
  private Optional<String> device = Optional.empty();
  private boolean manual;
  private Ignored ignored = Ignored.NONE;

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

  public SampleFacts at(String timeZone) {
    this.timeZone = Optional.of(ZoneId.of(timeZone));
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

  public SampleFacts ofCohort(String cohort) {
    this.cohort = Optional.of(cohort);
    return this;
  }

  public SampleFacts onHardware(String revision) {
    this.hardware = Optional.of(revision);
    return this;
  }

  public SampleFacts counting(long counter) {
    this.counter = OptionalLong.of(counter);
    return this;
  }

  public SampleFacts provedToBe(String device) {
    this.device = Optional.of(device);
    return this;
  }

  public SampleFacts askedByHand() {
    this.manual = true;
    return this;
  }

  /** Beside what was ignored before. */
  public SampleFacts ignoring(Fact unreadable) {
    this.ignored = ignored.and(unreadable);
    return this;
  }

  public ClientFacts build() {
    return new ClientFacts(
        version, country, timeZone, language, channel, cohort, hardware, counter, device, manual,
        ignored);
  }
}
