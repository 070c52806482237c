package io.towncrier.releases;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LocalizedText;
import io.towncrier.platform.LocalizedText.Text;
import io.towncrier.releases.targeting.CountryRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A release of which a test names only what matters to it. */
public final class SampleRelease {
  private final String version;
  private String channel = "stable";
  private Instant publishedAt = Instant.parse("2026-01-01T00:00:00Z");
  private Set<CountryCode> allowed = Set.of();
  private Set<CountryCode> denied = Set.of();
  private Map<String, Text> notes = Map.of("en", new Text("New", "All of it"));

  private SampleRelease(String version) {
    this.version = version;
  }

  public static SampleRelease release(String version) {
    return new SampleRelease(version);
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

  public SampleRelease withNotesIn(String... languages) {
    this.notes =
        Arrays.stream(languages)
            .collect(Collectors.toMap(l -> l, l -> new Text("title " + l, "body " + l)));
    return this;
  }

  public Release build() {
    return new Release(
        Version.parse(version).orElseThrow(),
        channel,
        Severity.RECOMMENDED,
        false,
        publishedAt,
        new CountryRule(allowed, denied),
        new LocalizedText(notes),
        List.of());
  }

  private static Set<CountryCode> codes(String... countries) {
    return Arrays.stream(countries).map(CountryCode::new).collect(Collectors.toSet());
  }
}
