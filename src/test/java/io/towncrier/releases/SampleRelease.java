package io.towncrier.releases;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.platform.language.LocalizedText.Text;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.SampleRule;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A release of which a test names only what matters to it. */
public final class SampleRelease {
  private final String version;
  private long counter;
  private Release.State state = Release.State.PUBLISHED;
  private Severity severity = Severity.RECOMMENDED;
  private String channel = "stable";
  private Instant publishedAt = Instant.parse("2026-01-01T00:00:00Z");
  private Set<CountryCode> allowed = Set.of();
  private Set<CountryCode> denied = Set.of();
  private List<TargetingRule> rules = List.of();
  private Optional<VersionRange> floorFor = Optional.empty();
  private Optional<InstallWindow> install = Optional.empty();
  private Rollout rollout = Rollout.FULL;
  private Map<String, Text> notes = Map.of("en", new Text("New", "All of it"));
  private Optional<Advisory> advisory = Optional.empty();
  private List<Artifact> artifacts = List.of();

  private SampleRelease(String version) {
    this.version = version;
  }

  public static SampleRelease release(String version) {
    return new SampleRelease(version);
  }

  public SampleRelease counting(long counter) {
    this.counter = counter;
    return this;
  }

  public SampleRelease withdrawn() {
    this.state = Release.State.WITHDRAWN;
    return this;
  }

  public SampleRelease draft() {
    this.state = Release.State.DRAFT;
    return this;
  }

  public SampleRelease of(Severity severity) {
    this.severity = severity;
    return this;
  }

  public SampleRelease on(String channel) {
    this.channel = channel;
    return this;
  }

  public SampleRelease publishedAt(String instant) {
    this.publishedAt = Instant.parse(instant);
    return this;
  }

  public SampleRelease allowedIn(String... countries) {
    this.allowed = codes(countries);
    return this;
  }

  public SampleRelease deniedIn(String... countries) {
    this.denied = codes(countries);
    return this;
  }

  public SampleRelease forRules(SampleRule... rules) {
    this.rules = Arrays.stream(rules).map(SampleRule::build).toList();
    return this;
  }

  /** A floor for every version that is older than this text. */
  public SampleRelease floorBefore(String version) {
    return floorFor(new VersionRange(Optional.empty(), Optional.empty(), Optional.of(version)));
  }

  public SampleRelease floorFor(VersionRange range) {
    this.floorFor = Optional.of(range);
    return this;
  }

  public SampleRelease installedWithin(InstallWindow window) {
    this.install = Optional.of(window);
    return this;
  }

  /** A rollout that stays at this share from the publication on. */
  public SampleRelease rolledOutTo(int buckets) {
    return rollout(Rollout.FULL.with(List.of(new Phase(buckets, Optional.empty(), Duration.ZERO))));
  }

  public SampleRelease rollout(Rollout rollout) {
    this.rollout = rollout;
    return this;
  }

  public SampleRelease withNotesIn(String... languages) {
    this.notes =
        Arrays.stream(languages)
            .collect(Collectors.toMap(l -> l, l -> new Text("title " + l, "body " + l)));
    return this;
  }

  public SampleRelease with(Artifact... files) {
    this.artifacts = List.of(files);
    return this;
  }

  public SampleRelease closing(Advisory advisory) {
    this.advisory = Optional.of(advisory);
    this.severity = Severity.SECURITY;
    return this;
  }

  public Release build() {
    return new Release(
        version,
        counter,
        state,
        severity,
        false,
        publishedAt,
        new Targeting(channel, new CountryRule(allowed, denied), rules, floorFor, install),
        rollout,
        new Content(new LocalizedText(notes), artifacts, advisory));
  }

  private static Set<CountryCode> codes(String... countries) {
    return Arrays.stream(countries).map(CountryCode::new).collect(Collectors.toSet());
  }
}
