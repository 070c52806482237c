package io.towncrier.updates.lint;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Advisory;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Finding;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.releases.version.VersionScheme;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One catalogue that is broken for each kind of finding, and beside it one that is good. */
class LinterTest {
  private static final String LATER = "2026-06-01T00:00:00Z";
  private static final Channels CHANNELS = new Channels(List.of("stable", "candidate", "beta"));

  @Test
  void notesAreNeededInTheDefaultLanguage() {
    assertFound("notes-missing releases[2.0].notes.en", release("2.0").withNotesIn("de"));
    assertClean(release("2.0").withNotesIn("de", "en"));
  }

  @Test
  void aSecurityReleaseNeedsAnAdvisory() {
    assertFound("advisory-missing releases[2.0].advisory", release("2.0").of(Severity.SECURITY));
    assertClean(release("2.0").closing(affecting(before("2.0"))));
  }

  @Test
  void theRemedyIsNotAffectedItself() {
    assertFound(
        "still-affected releases[2.0].advisory.affected",
        release("2.0").closing(affecting(to("2.0"))));
  }

  @Test
  void aVersionMustBeOneInTheScheme() {
    assertFound("unknown-version releases[what].version", release("what"));
    SampleProduct dated = SampleProduct.product("archer").ordered(VersionScheme.DATE);
    assertThat(codes(dated, release("1.0"))).contains("unknown-version releases[1.0].version");
    assertThat(codes(dated, release("2026-05-01"))).isEmpty();
  }

  @Test
  void aWithdrawnVersionThatIsNoneAnyMoreBreaksNothing() {
    assertClean(release("what").withdrawn(), release("1.0"), release("2.0").floorBefore("2.0"));
  }

  @Test
  void aSequenceNeedsCounters() {
    SampleProduct opaque = SampleProduct.product("archer").ordered(VersionScheme.SEQUENCE);
    assertThat(codes(opaque, release("blue"))).contains("counter-missing releases[blue].counter");
    assertThat(codes(opaque, release("blue").counting(1), release("red").counting(2))).isEmpty();
  }

  @Test
  void twoSpellingsOfOneVersionAreFound() {
    assertFound("same-version releases[1.0.0].version", release("1.0"), release("1.0.0"));
  }

  @Test
  void theCounterNeverFalls() {
    assertFound(
        "counter-falls releases[2.0].counter",
        release("1.0").counting(2),
        release("2.0").counting(1));
    assertClean(release("1.0").counting(2), release("2.0").counting(2));
  }

  @Test
  void whatIsPublishedLaterStandsBehind() {
    for (String late : List.of("1.0.9rc2", "1.0.9b1", "1.0.9-pre", "1.0.8", "1.0.8z")) {
      assertFound(
          "stands-before-earlier releases[" + late + "].version",
          release("1.0.9"),
          release(late).publishedAt(LATER));
    }
    for (String late : List.of("1.0.9a", "1.0.9p1", "1.0.9-r2", "1.0.10", "1.0.9_build7")) {
      assertClean(release("1.0.9"), release(late).publishedAt(LATER));
    }
    assertClean(release("1.0.9rc2"), release("1.0.9").publishedAt(LATER));
  }

  @Test
  void whatIsForOthersMayStandBeforeWhatWasPublishedEarlier() {
    assertClean(release("2.0").on("beta"), release("1.1").publishedAt(LATER));
    assertClean(release("2.0").withdrawn(), release("1.1").publishedAt(LATER));
    assertClean(release("2.0").allowedIn("DE"), release("1.1").publishedAt(LATER));
    assertClean(
        release("2.0").forRules(rule("new").onHardware("v2")),
        release("1.1").publishedAt(LATER).forRules(rule("old").onHardware("v1")));
    assertFound(
        "stands-before-earlier releases[1.1].version",
        release("2.0").forRules(rule("Chinese").speaking("zh")),
        release("1.1").publishedAt(LATER).forRules(rule("Taiwan").speaking("zh-TW")));
    assertClean(
        release("2.0"),
        release("1.1").publishedAt(LATER).forRules(rule("pinned").priority(5).onHardware("v1")));
  }

  @Test
  void theChannelMustBeKnown() {
    assertFound("unknown-channel releases[2.0].channel", release("2.0").on("nightly"));
    assertFound(
        "unknown-channel releases[2.0].rules[testers].channel",
        release("2.0").forRules(rule("testers").on("nightly")));
    assertClean(release("2.0").on("beta"));
  }

  @Test
  void countriesMustNotContradictEachOther() {
    assertFound(
        "contradiction releases[2.0].countries",
        release("2.0").allowedIn("DE", "FR").deniedIn("DE", "FR"));
    assertFound(
        "contradiction releases[2.0].rules[north].countries",
        release("2.0").allowedIn("DE").forRules(rule("north").in("SE", "NO")));
    assertFound(
        "contradiction releases[2.0].rules[north].countries",
        release("2.0").allowedIn("SE").forRules(rule("north").notIn("SE")));
    assertClean(release("2.0").allowedIn("DE", "SE").forRules(rule("north").in("SE", "NO")));
  }

  @Test
  void aListMustNotTakeOutEverybodyWhomItNames() {
    assertFound(
        "contradiction releases[2.0].rules[canary].except",
        release("2.0").forRules(rule("canary").onlyCohorts("c1").exceptCohorts("c1", "c2")));
  }

  @Test
  void anInstalledRangeMustAllowAnUpgrade() {
    assertFound(
        "contradiction releases[2.0].rules[late].installed",
        release("2.0").forRules(rule("late").from("2.0")));
    assertClean(release("2.0").forRules(rule("back").from("2.0").mayGoDown(), rule("rest")));
  }

  @Test
  void rangesMustHoldSomething() {
    assertFound(
        "empty-range releases[2.0].rules[none].installed",
        release("2.0").forRules(rule("none").installed(range("1.5", "1.2"))));
    assertFound("empty-range releases[2.0].floorFor", release("2.0").floorFor(range("1.5", "1.2")));
  }

  @Test
  void boundsMustBeVersions() {
    assertFound(
        "unknown-version releases[2.0].floorFor.before", release("2.0").floorBefore("what"));
    assertFound(
        "unknown-version releases[2.0].rules[old].installed.before",
        release("2.0").forRules(rule("old").before("what")));
  }

  @Test
  void aRuleBehindOneThatMeansTheSameIsShadowed() {
    assertFound(
        "shadowed releases[2.0].rules[Berlin]",
        release("2.0").forRules(rule("all").priority(5), rule("Berlin").in("DE")));
    assertClean(release("2.0").forRules(rule("Berlin").priority(5).in("DE"), rule("all")));
  }

  @Test
  void anOlderReleaseOfHigherPriorityShadows() {
    assertFound(
        "shadowed releases[2.0].rules[Berlin]",
        release("1.0").forRules(rule("all").priority(5)),
        release("2.0").forRules(rule("Berlin").in("DE")));
    assertFound(
        "shadowed releases[2.0]", release("1.0").forRules(rule("all").priority(5)), release("2.0"));
    assertClean(
        release("1.0").forRules(rule("canary").priority(5).onHardware("v1")), release("2.0"));
  }

  @Test
  void whatSomebodyStillGetsToIsNotShadowed() {
    SampleRelease strong = release("1.0").forRules(rule("all").priority(5));

    assertThat(codes(SampleProduct.product("archer"), Set.of("1.5"), strong, release("2.0")))
        .isEmpty();
  }

  @Test
  void aFloorMustBindSomebody() {
    assertFound(
        "floor-binds-nobody releases[2.0].floorFor", release("2.0").floorFor(range("2.0", "3.0")));
    assertClean(release("1.0"), release("2.0").floorBefore("2.0"), release("3.0"));
  }

  @Test
  void aFloorMustBeReachable() {
    assertFound(
        "floor-unreachable releases[2.0].floorFor",
        release("1.0"),
        release("2.0").floorBefore("1.5").forRules(rule("late").from("1.6")),
        release("3.0"));
    assertFound(
        "floor-unreachable releases[2.0].floorFor",
        release("1.0"),
        release("2.0").floorBefore("2.0").rollout(Rollout.FULL.halted(Instant.EPOCH)),
        release("3.0"));
  }

  @Test
  void everyLiveVersionMustComeToTheTarget() {
    SampleRelease[] gap = {
      release("1.0"),
      release("2.0").forRules(rule("new").from("1.5")),
      release("3.0").forRules(rule("newer").from("2.0"))
    };

    assertFound("unreachable releases[3.0]", gap);
    assertThat(messages(gap))
        .contains(
            "devices with 1.0 stay there and never get to it: version-not-served (channel stable)");
    assertClean(
        release("1.0"),
        release("2.0").forRules(rule("old").before("2.0")),
        release("3.0").forRules(rule("newer").from("2.0")));
  }

  @Test
  void aVersionThatOnlyDevicesKnowIsLive() {
    SampleRelease[] releases = {release("2.0").forRules(rule("new").from("1.0"))};

    assertThat(codes(SampleProduct.product("archer"), Set.of("1.1"), releases)).isEmpty();
    assertThat(codes(SampleProduct.product("archer"), Set.of("0.9"), releases))
        .containsExactly("unreachable releases[2.0]");
    assertThat(codes(SampleProduct.product("archer"), Set.of("custom"), releases))
        .containsExactly("unknown-live-version ");
  }

  @Test
  void upAndDownMustNotBeACircle() {
    assertFound(
        "cycle releases[1.0]",
        release("1.0")
            .forRules(rule("back").priority(5).installed(range("2.0", "3.0")).mayGoDown()),
        release("2.0"));
  }

  @Test
  void countersKeepOnlyThoseFromTheCircleThatReportThem() {
    assertFound(
        "cycle releases[1.0]",
        release("1.0")
            .counting(1)
            .forRules(rule("back").priority(5).installed(range("2.0", "3.0")).mayGoDown()),
        release("2.0").counting(2));
  }

  @Test
  void aWithdrawnFloorNeedsAnotherInItsPlace() {
    assertFound(
        "unreachable releases[3.0]",
        release("1.0"),
        release("2.0").floorBefore("2.0").withdrawn(),
        release("3.0"));
    assertClean(
        release("1.0"),
        release("2.0").floorBefore("2.0").withdrawn(),
        release("2.1").floorBefore("2.1"),
        release("3.0"));
  }

  @Test
  void whoIsListedByCohortAndByIdIsAKindOfItsOwn() {
    SampleRelease rest = release("2.0").forRules(rule("rest").exceptCohorts("c1"));
    SampleRelease one = release("3.0").forRules(rule("one").onlyDevices("d1").from("1.5"));

    assertThat(messages(release("1.0"), rest, one))
        .singleElement()
        .asString()
        .endsWith("(channel stable, cohort c1, device d1)");
  }

  @Test
  void ofTooManyKindsItIsSaidThatNotAllWereTried() {
    String[] revisions = IntStream.range(0, 700).mapToObj(i -> "v" + i).toArray(String[]::new);
    SampleRelease[] releases =
        IntStream.range(0, 700)
            .mapToObj(
                i ->
                    release("1." + i)
                        .forRules(
                            rule("h").onHardware(revisions[i]), rule("b").on("beta").in("DE")))
            .toArray(SampleRelease[]::new);

    assertThat(codes(SampleProduct.product("archer"), releases)).contains("too-many-kinds ");
  }

  @Test
  void draftsAreNotLookedAt() {
    assertClean(release("1.0"), release("what").draft());
  }

  private static void assertFound(String codeAndPlace, SampleRelease... releases) {
    assertThat(codes(SampleProduct.product("archer"), releases)).contains(codeAndPlace);
  }

  private static void assertClean(SampleRelease... releases) {
    assertThat(codes(SampleProduct.product("archer"), releases)).isEmpty();
  }

  @Test
  void aCounterThatDevicesReportAndNoReleaseHasIsTold() {
    for (boolean reported : new boolean[] {true, false}) {
      assertThat(withCounters(reported, release("1.0"), release("2.0")).contains("no-counters"))
          .isEqualTo(reported);
    }
    assertThat(withCounters(true, release("1.0"), release("2.0").counting(1)))
        .doesNotContain("no-counters");
    // What is not out has no counter for anybody.
    assertThat(withCounters(true, release("1.0"), release("2.0").counting(1).draft()))
        .contains("no-counters");
  }

  private static List<String> withCounters(boolean reported, SampleRelease... releases) {
    return Linter.lint(
            SampleProduct.product("archer").build(),
            Arrays.stream(releases).map(SampleRelease::build).toList(),
            CHANNELS,
            new Linter.Reported(Set.of(), reported))
        .stream()
        .map(Finding::code)
        .toList();
  }

  private static List<String> codes(SampleProduct product, SampleRelease... releases) {
    return codes(product, Set.of(), releases);
  }

  private static List<String> codes(
      SampleProduct product, Set<String> live, SampleRelease... releases) {
    return lint(product, live, releases).stream()
        .map(finding -> finding.code() + " " + finding.place())
        .toList();
  }

  private static List<String> messages(SampleRelease... releases) {
    return lint(SampleProduct.product("archer"), Set.of(), releases).stream()
        .map(Finding::message)
        .toList();
  }

  private static List<Finding> lint(
      SampleProduct product, Set<String> live, SampleRelease... releases) {
    return Linter.lint(
        product.build(),
        Arrays.stream(releases).map(SampleRelease::build).toList(),
        CHANNELS,
        new Linter.Reported(live, false));
  }

  private static Advisory affecting(VersionRange range) {
    return new Advisory("CVE-2026-1", Advisory.Severity.HIGH, range, "A hole", "Update");
  }

  private static VersionRange before(String version) {
    return new VersionRange(Optional.empty(), Optional.empty(), Optional.of(version));
  }

  private static VersionRange to(String version) {
    return new VersionRange(Optional.empty(), Optional.of(version), Optional.empty());
  }

  private static VersionRange range(String from, String before) {
    return new VersionRange(Optional.of(from), Optional.empty(), Optional.of(before));
  }
}
