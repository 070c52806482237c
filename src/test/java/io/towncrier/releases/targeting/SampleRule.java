package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageRanges;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.version.VersionRange;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A targeting rule of which a test names only what matters to it. */
public final class SampleRule {
  private final String name;
  private int priority;
  private Optional<String> channel = Optional.empty();
  private CountryRule countries = CountryRule.EVERYWHERE;
  private LanguageRanges languages = LanguageRanges.NONE;
  private Set<String> hardware = Set.of();
  private Optional<VersionRange> installed = Optional.empty();
  private Selection only = Selection.NONE;
  private Selection except = Selection.NONE;
  private boolean downgrade;

  private SampleRule(String name) {
    this.name = name;
  }

  public static SampleRule rule(String name) {
    return new SampleRule(name);
  }

  public SampleRule priority(int priority) {
    this.priority = priority;
    return this;
  }

  public SampleRule on(String channel) {
    this.channel = Optional.of(channel);
    return this;
  }

  public SampleRule in(String... countries) {
    this.countries =
        new CountryRule(
            Arrays.stream(countries).map(CountryCode::new).collect(Collectors.toSet()), Set.of());
    return this;
  }

  public SampleRule notIn(String... countries) {
    this.countries =
        new CountryRule(
            Set.of(), Arrays.stream(countries).map(CountryCode::new).collect(Collectors.toSet()));
    return this;
  }

  public SampleRule speaking(String... languages) {
    this.languages = LanguageRanges.of(Arrays.stream(languages).map(LanguageTag::new).toList());
    return this;
  }

  public SampleRule onHardware(String... revisions) {
    this.hardware = Set.of(revisions);
    return this;
  }

  public SampleRule from(String version) {
    return installed(new VersionRange(Optional.of(version), Optional.empty(), Optional.empty()));
  }

  public SampleRule before(String version) {
    return installed(new VersionRange(Optional.empty(), Optional.empty(), Optional.of(version)));
  }

  public SampleRule installed(VersionRange range) {
    this.installed = Optional.of(range);
    return this;
  }

  public SampleRule onlyCohorts(String... cohorts) {
    this.only = new Selection(Set.of(cohorts), Set.of());
    return this;
  }

  public SampleRule onlyDevices(String... devices) {
    this.only = new Selection(Set.of(), Set.of(devices));
    return this;
  }

  public SampleRule exceptCohorts(String... cohorts) {
    this.except = new Selection(Set.of(cohorts), Set.of());
    return this;
  }

  public SampleRule exceptDevices(String... devices) {
    this.except = new Selection(Set.of(), Set.of(devices));
    return this;
  }

  public SampleRule mayGoDown() {
    this.downgrade = true;
    return this;
  }

  public TargetingRule build() {
    return new TargetingRule(
        name, priority, channel, countries, languages, hardware, installed, only, except,
        downgrade);
  }
}
