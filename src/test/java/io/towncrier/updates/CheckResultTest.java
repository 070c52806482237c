package io.towncrier.updates;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.rollout.Share;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactSet;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckResultTest {
  private static final NextCheck SIX_HOURS = new NextCheck(21_600, 2_160);
  private static final NextCheck SEVEN_HOURS = new NextCheck(25_200, 2_160);
  private static final Product ARCHER = product("archer");

  @Test
  void equalFactsHaveAnEqualTag() {
    assertThat(offer(installed("1.0").speaking("de")).tag())
        .isEqualTo(offer(installed("1.0").speaking("de")).tag());
  }

  @Test
  void theTagDiffersByTheLanguageOfTheNotes() {
    assertThat(offer(installed("1.0").speaking("de")).tag())
        .isNotEqualTo(offer(installed("1.0").speaking("en")).tag());
  }

  @Test
  void languagesThatReadTheSameNotesShareATag() {
    CheckResult austrian = offer(installed("1.0").speaking("de-AT"));
    CheckResult german = offer(installed("1.0").speaking("de"));

    assertThat(austrian.tag()).isEqualTo(german.tag());
    assertThat(austrian.answer()).isEqualTo(german.answer());
  }

  @Test
  void theTagDiffersByTheInstalledVersion() {
    assertThat(offer(installed("1.0")).tag()).isNotEqualTo(offer(installed("1.0.0")).tag());
  }

  @Test
  void theTagDiffersByTheOfferedVersion() {
    assertThat(decision("s1", offerOf(release("2.0"))).tag())
        .isNotEqualTo(decision("s1", offerOf(release("3.0"))).tag());
  }

  @Test
  void theTagDiffersBySnapshotProductAndNextCheck() {
    UpdateDecision upToDate = new UpdateDecision.UpToDate();
    var facts = installed("1.0").build();

    assertThat(
            new String[] {
              new CheckResult(
                      "s1", ARCHER, facts, upToDate, Optional.empty(), SIX_HOURS, Optional.empty())
                  .tag(),
              new CheckResult(
                      "s2", ARCHER, facts, upToDate, Optional.empty(), SIX_HOURS, Optional.empty())
                  .tag(),
              new CheckResult(
                      "s1",
                      product("deco"),
                      facts,
                      upToDate,
                      Optional.empty(),
                      SIX_HOURS,
                      Optional.empty())
                  .tag(),
              new CheckResult(
                      "s1",
                      ARCHER,
                      facts,
                      upToDate,
                      Optional.empty(),
                      SEVEN_HOURS,
                      Optional.empty())
                  .tag()
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void theTagDiffersByTheOutcomeAndItsReason() {
    assertThat(
            new String[] {
              decision("s1", new UpdateDecision.UpToDate()).tag(),
              decision("s1", new UpdateDecision.Unsupported()).tag(),
              decision("s1", new UpdateDecision.HeldBack(Refusal.COUNTRY_UNKNOWN)).tag(),
              decision("s1", new UpdateDecision.HeldBack(Refusal.COUNTRY_NOT_SERVED)).tag(),
              decision("s1", offerOf(release("2.0"))).tag()
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void theTagDiffersByWhatWasIgnoredAndTheAnswerNamesIt() {
    SampleFacts facts = installed("1.0");
    CheckResult readable = offer(facts);
    CheckResult zone = offer(facts.ignoring(Fact.TIMEZONE));
    CheckResult both = offer(facts.ignoring(Fact.COUNTRY));

    assertThat(new String[] {readable.tag(), zone.tag(), both.tag()}).doesNotHaveDuplicates();
    assertThat(readable.answer().ignored()).isEmpty();
    assertThat(zone.answer().ignored()).contains(List.of("timezone"));
    assertThat(both.answer().ignored()).contains(List.of("country", "timezone"));
  }

  @Test
  void theTagDiffersByAllThatIsAskedOfTheClient() {
    AskedFor nothing = asked(FactSet.NONE, FactSet.NONE);
    AskedFor country = asked(FactSet.of(Fact.COUNTRY), FactSet.NONE);
    AskedFor again = asked(FactSet.of(Fact.COUNTRY), FactSet.of(Fact.COUNTRY));
    AskedFor until =
        new AskedFor(
            FactSet.of(Fact.COUNTRY),
            Optional.of(Instant.EPOCH),
            List.of(),
            FactSet.NONE,
            Ignored.NONE);
    AskedFor inRollout =
        new AskedFor(
            FactSet.of(Fact.COHORT),
            Optional.empty(),
            List.of(new Share("archer/2.0", 500)),
            FactSet.NONE,
            Ignored.NONE);
    AskedFor later =
        new AskedFor(
            FactSet.of(Fact.COHORT),
            Optional.empty(),
            List.of(new Share("archer/2.0", 501)),
            FactSet.NONE,
            Ignored.NONE);

    assertThat(Stream.of(nothing, country, again, until, inRollout, later).map(a -> with(a).tag()))
        .doesNotHaveDuplicates()
        .doesNotContain(decision("s1", new UpdateDecision.UpToDate()).tag());
    assertThat(with(again).answer().askAgainWith()).contains(List.of("country"));
    assertThat(with(country).answer().askAgainWith()).isEmpty();
    assertThat(with(nothing).answer().matters()).contains(List.of());
  }

  private static AskedFor asked(FactSet matters, FactSet missing) {
    return new AskedFor(matters, Optional.empty(), List.of(), missing, Ignored.NONE);
  }

  private static CheckResult with(AskedFor asked) {
    return new CheckResult(
        "s1",
        ARCHER,
        installed("1.0").build(),
        new UpdateDecision.UpToDate(),
        Optional.empty(),
        SIX_HOURS,
        Optional.of(asked));
  }

  @Test
  void theTagFitsIntoAHeader() {
    assertThat(offer(installed("1.0")).tag()).matches("[A-Za-z0-9_-]{20}");
  }

  @Test
  void anOfferIsAnsweredInTheLanguageOfTheClient() {
    UpdateAnswer answer = offer(installed("1.0").speaking("de-AT")).answer();

    assertThat(answer.decision()).isEqualTo("offer");
    assertThat(answer.reason()).isEmpty();
    assertThat(answer.installed()).isEqualTo("1.0");
    assertThat(answer.release().orElseThrow().version()).isEqualTo("2.0");
    assertThat(answer.release().orElseThrow().notes())
        .isEqualTo(new UpdateAnswer.Notes("de", "title de", "body de"));
  }

  @Test
  void upToDateSaysWhenToAskAgain() {
    UpdateAnswer answer = decision("s1", new UpdateDecision.UpToDate()).answer();

    assertThat(answer)
        .isEqualTo(
            new UpdateAnswer(
                "up-to-date",
                Optional.empty(),
                "archer",
                "1.0",
                Optional.empty(),
                Optional.empty(),
                21_600,
                2_160,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(LocalDate.parse("2027-12-31")),
                "s1"));
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void whatIsHeldBackHasItsReason(Refusal refusal) {
    UpdateAnswer answer = decision("s1", new UpdateDecision.HeldBack(refusal)).answer();

    assertThat(answer.decision()).isEqualTo("held-back");
    assertThat(answer.reason()).contains(refusal.code());
    assertThat(refusal.code()).matches("[a-z]+(-[a-z]+)*");
  }

  @Test
  void unsupportedHasItsReason() {
    UpdateAnswer answer = decision("s1", new UpdateDecision.Unsupported()).answer();

    assertThat(answer.decision()).isEqualTo("unsupported");
    assertThat(answer.reason()).contains("end-of-support");
    assertThat(answer.release()).isEmpty();
  }

  private static CheckResult offer(SampleFacts facts) {
    UpdateDecision outcome = offerOf(release("2.0").withNotesIn("en", "de"));
    return new CheckResult(
        "s1", ARCHER, facts.build(), outcome, Optional.empty(), SIX_HOURS, Optional.empty());
  }

  private static UpdateDecision offerOf(SampleRelease release) {
    Release built = release.build();
    return new UpdateDecision.Offer(built, built, Optional.empty());
  }

  private static CheckResult decision(String snapshot, UpdateDecision outcome) {
    return new CheckResult(
        snapshot,
        ARCHER,
        installed("1.0").build(),
        outcome,
        Optional.empty(),
        SIX_HOURS,
        Optional.empty());
  }

  private static Product product(String id) {
    return SampleProduct.product(id).supportedUntil("2027-12-31").build();
  }
}
