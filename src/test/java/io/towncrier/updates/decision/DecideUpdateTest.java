package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.SampleFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecideUpdateTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Channels CHANNELS = new Channels(List.of("stable", "beta"));

  @Test
  void theNewestReleaseIsOfferedWhateverTheOrderInTheCatalogue() {
    assertOffer("3.10", decide(installed("1.0"), release("2.0"), release("3.10"), release("3.9")));
  }

  @Test
  void whoHasTheNewestIsUpToDate() {
    assertThat(decide(installed("2.0"), release("1.0"), release("2.0")))
        .isEqualTo(new UpdateDecision.UpToDate());
  }

  @Test
  void aProductWithoutReleasesIsUpToDate() {
    assertThat(decide(installed("2.0"))).isEqualTo(new UpdateDecision.UpToDate());
  }

  @Test
  void nobodyIsEverSentDown() {
    assertThat(decide(installed("3.0"), release("1.0"), release("2.0"), release("3.0-rc1")))
        .isEqualTo(new UpdateDecision.UpToDate());
  }

  @Test
  void theSameVersionInAnotherSpellingIsNoUpdate() {
    assertThat(decide(installed("v2"), release("2.0.0"))).isEqualTo(new UpdateDecision.UpToDate());
  }

  @Test
  void aReleaseCandidateIsReplacedByItsRelease() {
    assertOffer("24.10.0", decide(installed("24.10.0-rc7"), release("24.10.0")));
  }

  @Test
  void whoFollowsStableIsNotOfferedABeta() {
    assertOffer("2.0", decide(installed("1.0"), release("2.0"), release("3.0").on("beta")));
  }

  @Test
  void ofABetaWhoFollowsStableHearsNothing() {
    assertThat(decide(installed("2.0"), release("3.0").on("beta")))
        .isEqualTo(new UpdateDecision.UpToDate());
  }

  @Test
  void whoFollowsBetaIsOfferedTheNewestOfBoth() {
    SampleFacts tester = installed("1.0").following("beta");

    assertOffer("3.0", decide(tester, release("2.0"), release("3.0").on("beta")));
    assertOffer("4.0", decide(tester, release("4.0"), release("3.0").on("beta")));
  }

  @Test
  void ofAReleaseThatIsNotOutYetNobodyHears() {
    SampleRelease tomorrow = release("2.0").publishedAt("2026-05-02T12:00:00Z");

    assertThat(decide(installed("1.0"), tomorrow)).isEqualTo(new UpdateDecision.UpToDate());
  }

  @Test
  void whileTheNewestIsNotOutYetTheOneBeforeIsOffered() {
    SampleRelease tomorrow = release("3.0").publishedAt("2026-05-02T12:00:00Z");

    assertOffer("2.0", decide(installed("1.0"), release("2.0"), tomorrow));
  }

  @Test
  void aReleaseIsOutFromItsVeryMoment() {
    assertOffer("2.0", decide(installed("1.0"), release("2.0").publishedAt(NOW.toString())));
    assertThat(decide(installed("1.0"), release("2.0").publishedAt(NOW.plusNanos(1).toString())))
        .isEqualTo(new UpdateDecision.UpToDate());
  }

  @Test
  void whereTheNewestIsDeniedTheNextBestIsOffered() {
    assertOffer(
        "2.0", decide(installed("1.0").in("FR"), release("2.0"), release("3.0").deniedIn("FR")));
  }

  @Test
  void whereEverythingIsDeniedItIsHeldBack() {
    assertThat(
            decide(
                installed("1.0").in("FR"),
                release("2.0").allowedIn("DE"),
                release("3.0").deniedIn("FR")))
        .isEqualTo(new UpdateDecision.HeldBack(Refusal.COUNTRY_NOT_SERVED));
  }

  @Test
  void withoutACountryAReleaseWithARuleIsHeldBack() {
    assertThat(decide(installed("1.0"), release("2.0").deniedIn("FR")))
        .isEqualTo(new UpdateDecision.HeldBack(Refusal.COUNTRY_UNKNOWN));
  }

  @Test
  void withoutACountryAReleaseWithoutARuleIsOffered() {
    assertOffer("2.0", decide(installed("1.0"), release("2.0"), release("3.0").allowedIn("DE")));
  }

  @Test
  void aDeniedReleaseThatIsNotNewerHoldsNothingBack() {
    assertThat(decide(installed("2.0").in("FR"), release("2.0").deniedIn("FR")))
        .isEqualTo(new UpdateDecision.UpToDate());
  }

  @Test
  void aReleaseThatIsRefusedSilentlyDoesNotHideTheReasonOfTheNext() {
    assertThat(
            decide(
                installed("1.0").in("FR"),
                release("2.0").deniedIn("FR"),
                release("3.0").on("beta").deniedIn("FR")))
        .isEqualTo(new UpdateDecision.HeldBack(Refusal.COUNTRY_NOT_SERVED));
  }

  @Test
  void aSecretReleaseIsNotGivenAwayByItsCountryRule() {
    assertThat(
            decide(
                installed("1.0").in("FR"),
                release("2.0").on("beta").deniedIn("FR"),
                release("3.0").publishedAt("2027-01-01T00:00:00Z").deniedIn("FR")))
        .isEqualTo(new UpdateDecision.UpToDate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "", "1.0 (custom)"})
  void aVersionThatIsNotUnderstoodIsHeldBack(String version) {
    assertThat(decide(installed(version), release("2.0")))
        .isEqualTo(new UpdateDecision.HeldBack(Refusal.UNKNOWN_VERSION));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-01T00:00:00Z, false",
    "2026-05-01T23:59:59.999Z, false",
    "2026-05-02T00:00:00Z, true",
    "2026-05-02T13:00:00Z, true"
  })
  void supportEndsWithTheLastDayInUtc(String now, boolean ended) {
    UpdateDecision decision =
        decide(
            releases(supportedUntil("2026-05-01"), release("1.0")),
            installed("1.0"),
            Instant.parse(now));

    assertThat(decision)
        .isEqualTo(ended ? new UpdateDecision.Unsupported() : new UpdateDecision.UpToDate());
  }

  @Test
  void theLastUpdateIsStillOfferedAfterTheEndOfSupport() {
    ProductReleases releases = releases(supportedUntil("2020-01-01"), release("2.0"));

    assertOffer("2.0", decide(releases, installed("1.0"), NOW));
    assertThat(decide(releases, installed("2.0"), NOW)).isEqualTo(new UpdateDecision.Unsupported());
  }

  @Test
  void afterTheEndOfSupportNothingIsHeldBackAnyMore() {
    ProductReleases releases =
        releases(supportedUntil("2020-01-01"), release("2.0").deniedIn("FR"));

    assertThat(decide(releases, installed("1.0").in("FR"), NOW))
        .isEqualTo(new UpdateDecision.Unsupported());
  }

  private static void assertOffer(String version, UpdateDecision decision) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            UpdateDecision.Offer.class,
            offer -> assertThat(offer.release().version()).hasToString(version));
  }

  private static UpdateDecision decide(SampleFacts facts, SampleRelease... releases) {
    return decide(releases(Optional.empty(), releases), facts, NOW);
  }

  private static UpdateDecision decide(ProductReleases releases, SampleFacts facts, Instant now) {
    return DecideUpdate.BY_ALL_GATES
        .decide(releases, CHANNELS, facts.build(), now, Duration.ZERO)
        .decision();
  }

  private static Optional<String> supportedUntil(String day) {
    return Optional.of(day);
  }

  private static ProductReleases releases(
      Optional<String> supportedUntil, SampleRelease... releases) {
    SampleProduct product = SampleProduct.product("archer");
    supportedUntil.ifPresent(product::supportedUntil);
    List<Release> built = Arrays.stream(releases).map(SampleRelease::build).toList();
    return ProductReleases.of(product.build(), built);
  }
}
