package io.towncrier.consents;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.consents.FormerRule.Decision;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Until a consent is given that a revision of the policy asks for, the former rule holds. */
class FormerRuleTest {
  private static final Instant NOW = Instant.parse("2026-05-04T08:00:00.123456Z");
  private static final ConsentAct.Crossing HERE = new ConsentAct.Crossing("facts", "Cell eu");
  private static final ConsentAct.Crossing THERE = new ConsentAct.Crossing("facts", "Cell us");
  private static final AskedConsent PUSH =
      new AskedConsent(ConsentAct.Kind.PUSH, "v2", Optional.empty());
  private static final AskedConsent CROSSING =
      new AskedConsent(ConsentAct.Kind.CROSS_BORDER, "v2", Optional.of(THERE));

  @Test
  void whatIsDeclinedLeavesTheFormerConsentInForce() {
    ConsentAct former = agreed(ConsentAct.Kind.PUSH, "v1", Optional.empty());
    assertThat(FormerRule.inForce(Optional.of(former))).contains(former);
    assertThat(decline(PUSH, Optional.of(former)))
        .isEqualTo(new Decision.Holds(Optional.of(former)));
  }

  @Test
  void whoNeverAgreedOrHasWithdrawnHasNothingInForceAfterwardsEither() {
    ConsentAct withdrawn =
        new ConsentAct(ConsentAct.Kind.PUSH, true, Optional.empty(), Optional.empty(), NOW);
    assertThat(decline(PUSH, Optional.empty())).isEqualTo(new Decision.Holds(Optional.empty()));
    assertThat(decline(PUSH, Optional.of(withdrawn)))
        .isEqualTo(new Decision.Holds(Optional.empty()));
    assertThat(FormerRule.inForce(Optional.of(withdrawn))).isEmpty();
  }

  @Test
  void whatIsGivenIsGivenToWhatWasAsked() {
    ConsentAct former = agreed(ConsentAct.Kind.CROSS_BORDER, "v1", Optional.of(HERE));
    Decision decided =
        FormerRule.decide(CROSSING, answer(CROSSING, true, "v2"), Optional.of(former));
    assertThat(decided)
        .isEqualTo(
            new Decision.Agrees(agreed(ConsentAct.Kind.CROSS_BORDER, "v2", Optional.of(THERE))));
  }

  @Test
  void whatWasAgreedToIsNotDeclinedButWithdrawn() {
    ConsentAct agreed = agreed(ConsentAct.Kind.CROSS_BORDER, "v2", Optional.of(THERE));
    assertThat(decline(CROSSING, Optional.of(agreed))).isEqualTo(new Decision.AgreedBefore());
    // The same text with another recipient is another consent.
    ConsentAct elsewhere = agreed(ConsentAct.Kind.CROSS_BORDER, "v2", Optional.of(HERE));
    assertThat(decline(CROSSING, Optional.of(elsewhere)))
        .isEqualTo(new Decision.Holds(Optional.of(elsewhere)));
  }

  @Test
  void anAnswerToAnotherTextIsNone() {
    for (boolean given : new boolean[] {true, false}) {
      assertThat(FormerRule.decide(PUSH, answer(PUSH, given, "v1"), Optional.empty()))
          .isEqualTo(new Decision.OtherText("v2"));
    }
  }

  private static Decision decline(AskedConsent asked, Optional<ConsentAct> latest) {
    return FormerRule.decide(asked, answer(asked, false, asked.textVersion()), latest);
  }

  private static ConsentAnswer answer(AskedConsent asked, boolean given, String version) {
    return new ConsentAnswer("ntc_1", asked.kind(), given, new ConsentAct.Text(version, "de"), NOW);
  }

  private static ConsentAct agreed(
      ConsentAct.Kind kind, String version, Optional<ConsentAct.Crossing> crossing) {
    return new ConsentAct(
        kind, false, Optional.of(new ConsentAct.Text(version, "de")), crossing, NOW);
  }
}
