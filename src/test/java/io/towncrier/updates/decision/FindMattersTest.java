package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Channels;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.rollout.RolloutClaims;
import io.towncrier.releases.rollout.Share;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactSet;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.version.VersionRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What matters to one installed version; that it is enough is shown by MattersTest. */
class FindMattersTest {
  private static final Instant NOW = RandomFleet.NOW;
  private static final Channels CHANNELS = new Channels(List.of("stable", "beta"));
  private static final FactSet NOTHING = FactSet.NONE;

  @Test
  void toWhoHasTheNewestNothingMatters() {
    SampleRelease[] releases = {
      release("1.0").allowedIn("DE"),
      release("2.0").allowedIn("DE").forRules(rule("r").onHardware("B1"))
    };

    assertThat(facts("2.0", releases)).isEqualTo(NOTHING);
    assertThat(facts("2.1", releases)).isEqualTo(NOTHING);
    assertThat(facts("unknown", releases)).isEqualTo(NOTHING);
  }

  @Test
  void eachConditionMakesItsFactMatter() {
    assertThat(facts("1.0", release("2.0"))).isEqualTo(NOTHING);
    assertThat(facts("1.0", release("2.0").deniedIn("CN"))).isEqualTo(FactSet.of(Fact.COUNTRY));
    assertThat(facts("1.0", release("2.0").on("beta"))).isEqualTo(FactSet.of(Fact.CHANNEL));
    assertThat(facts("1.0", release("2.0").counting(3))).isEqualTo(FactSet.of(Fact.COUNTER));
    assertThat(facts("1.0", release("2.0").withNotesIn("en", "de")))
        .isEqualTo(FactSet.of(Fact.LANGUAGE));
    assertThat(facts("1.0", release("2.0").installedWithin(night())))
        .isEqualTo(FactSet.of(Fact.COUNTRY, Fact.TIMEZONE));
    assertThat(facts("1.0", release("2.0").forRules(rule("r").onHardware("B1"))))
        .isEqualTo(FactSet.of(Fact.HARDWARE));
    assertThat(facts("1.0", release("2.0").forRules(rule("r").speaking("de"))))
        .isEqualTo(FactSet.of(Fact.LANGUAGE));
  }

  @Test
  void whatIsBehindAReleaseForEverybodyDoesNotMatter() {
    assertThat(facts("1.0", release("3.0"), release("2.0").allowedIn("DE"))).isEqualTo(NOTHING);
    assertThat(facts("1.0", release("3.0").allowedIn("DE"), release("2.0").withNotesIn("en", "de")))
        .isEqualTo(FactSet.of(Fact.COUNTRY, Fact.LANGUAGE));
  }

  @Test
  void rulesForOtherVersionsAndForListedDevicesAskNobody() {
    VersionRange old = new VersionRange(Optional.empty(), Optional.empty(), Optional.of("1.0"));

    assertThat(facts("1.0", release("2.0").forRules(rule("r").installed(old).in("DE"))))
        .isEqualTo(NOTHING);
    assertThat(
            facts(
                "1.0",
                release("2.0")
                    .withNotesIn("en", "de")
                    .forRules(rule("r").onlyDevices("d1").in("DE"))))
        .isEqualTo(NOTHING);
  }

  @Test
  void aFloorAndTheInstalledReleaseCountToo() {
    assertThat(facts("1.0", release("3.0"), release("2.0").floorBefore("2.0").allowedIn("DE")))
        .isEqualTo(FactSet.of(Fact.COUNTRY));
    assertThat(
            facts(
                "1.0",
                release("2.0"),
                release("1.0").forRules(rule("pin").priority(5).onHardware("B1"))))
        .isEqualTo(FactSet.of(Fact.HARDWARE));
  }

  @Test
  void whatIsNotOutShowsInNothing() {
    SampleRelease secret =
        release("3.0").publishedAt("2026-05-02T00:00:00Z").allowedIn("DE").counting(9);
    SampleRelease installed =
        release("1.0")
            .publishedAt("2026-05-02T00:00:00Z")
            .forRules(rule("pin").priority(5).onHardware("B1"));

    assertThat(matters("1.0", release("2.0"), secret)).isEqualTo(Matters.NOTHING);
    assertThat(matters("1.0", release("2.0"), installed)).isEqualTo(Matters.NOTHING);
  }

  @Test
  void inARolloutTheSideIsEnoughUnlessARuleListsCohorts() {
    Share half = new Share("archer/2.0", 5_000);
    Matters matters = matters("1.0", release("2.0").rolledOutTo(5_000));

    assertThat(matters.facts()).isEqualTo(FactSet.of(Fact.COHORT, Fact.MANUAL));
    assertThat(matters.shares()).containsExactly(half);
    assertThat(matters("1.0", release("2.0").rolledOutTo(10_000))).isEqualTo(Matters.NOTHING);
    assertThat(facts("1.0", release("2.0").rolledOutTo(0))).isEqualTo(FactSet.of(Fact.MANUAL));
    Matters listed =
        matters(
            "1.0",
            release("2.0").rolledOutTo(5_000),
            release("3.0").forRules(rule("r").onlyCohorts("c-1")));
    assertThat(listed.facts().has(Fact.COHORT)).isTrue();
    assertThat(listed.shares()).isEmpty();
  }

  @Test
  void whoIsOutsideIsNotAskedForWhatTheOfferLooksAt() {
    SampleRelease release = release("2.0").rolledOutTo(5_000).withNotesIn("en", "de");
    String id = new Share("archer/2.0", 5_000).id();

    assertThat(facts("1.0", release))
        .isEqualTo(FactSet.of(Fact.LANGUAGE, Fact.COHORT, Fact.MANUAL));
    assertThat(claiming(id + "-in", release).facts())
        .isEqualTo(FactSet.of(Fact.LANGUAGE, Fact.COHORT, Fact.MANUAL));
    assertThat(claiming(id + "-out", release).facts())
        .isEqualTo(FactSet.of(Fact.COHORT, Fact.MANUAL));
    assertThat(claiming("00000000-out", release).facts().has(Fact.LANGUAGE)).isTrue();
  }

  @Test
  void itHoldsUntilThePhaseIsAnotherOne() {
    Rollout rollout =
        new Rollout(
            List.of(
                new Phase(5_000, Optional.empty(), Duration.ofDays(200)),
                new Phase(10_000, Optional.empty(), Duration.ZERO)),
            Optional.empty(),
            Rollout.State.RUNNING,
            Optional.empty(),
            Duration.ZERO);
    ProductReleases releases =
        compiled(release("2.0").publishedAt("2026-01-01T00:00:00Z").rollout(rollout));
    Instant phase = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(200));

    Matters before = at(releases, NOW);
    assertThat(before.until()).contains(phase);
    assertThat(at(releases, phase.minusMillis(1))).isSameAs(before);
    assertThat(at(releases, phase)).isEqualTo(Matters.NOTHING);
    assertThat(at(releases, NOW)).as("a clock that goes back").isEqualTo(before);
  }

  private static Matters at(ProductReleases releases, Instant now) {
    ClientFacts client = installed("1.0").build();
    return releases.matters(
        DecideUpdate.BY_ALL_GATES.decide(releases, CHANNELS, client, now, Duration.ZERO),
        CHANNELS,
        client,
        now);
  }

  private static FactSet facts(String version, SampleRelease... releases) {
    return matters(version, releases).facts();
  }

  private static Matters matters(String version, SampleRelease... releases) {
    return matters(saying(version, RolloutClaims.NONE), releases);
  }

  private static Matters claiming(String claims, SampleRelease... releases) {
    return matters(saying("1.0", RolloutClaims.parse(claims).orElseThrow()), releases);
  }

  private static Matters matters(ClientFacts client, SampleRelease... releases) {
    ProductReleases compiled = compiled(releases);
    return compiled.matters(
        DecideUpdate.BY_ALL_GATES.decide(compiled, CHANNELS, client, NOW, Duration.ZERO),
        CHANNELS,
        client,
        NOW);
  }

  private static ProductReleases compiled(SampleRelease... releases) {
    return ProductReleases.of(
        SampleProduct.product("archer").build(),
        Arrays.stream(releases).map(SampleRelease::build).toList());
  }

  /** Who says nothing but this. */
  private static ClientFacts saying(String version, RolloutClaims claims) {
    return new ClientFacts(
        version,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Channels.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        false,
        Ignored.NONE,
        FactSet.of(Fact.VERSION),
        claims);
  }

  private static InstallWindow night() {
    return new InstallWindow(
        Optional.of(new InstallWindow.Hours(LocalTime.of(2, 0), LocalTime.of(4, 0))),
        Set.of(),
        Optional.empty());
  }
}
