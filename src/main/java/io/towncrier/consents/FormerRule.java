package io.towncrier.consents;

import java.util.Optional;

/**
 * Until a consent is given that a revision of the policy asks for, the former rule holds: the act
 * that was in force before, or none. This is the one place that says so (docs/adr/0045).
 */
final class FormerRule {
  private FormerRule() {}

  /** What is agreed to at present; empty where nobody agreed, or it is withdrawn. */
  static Optional<ConsentAct> inForce(Optional<ConsentAct> latest) {
    return latest.filter(act -> !act.withdrawn());
  }

  /**
   * What an answer changes.
   *
   * @param latest act of this kind
   */
  static Decision decide(AskedConsent asked, ConsentAnswer answer, Optional<ConsentAct> latest) {
    if (!asked.textVersion().equals(answer.text().version())) {
      return new Decision.OtherText(asked.textVersion());
    }
    if (answer.given()) {
      return new Decision.Agrees(
          new ConsentAct(
              asked.kind(), false, Optional.of(answer.text()), asked.crossing(), answer.at()));
    }
    Optional<ConsentAct> former = inForce(latest);
    return former.filter(act -> isOf(act, asked)).isPresent()
        ? new Decision.AgreedBefore()
        : new Decision.Holds(former);
  }

  private static boolean isOf(ConsentAct act, AskedConsent asked) {
    return act.crossing().equals(asked.crossing())
        && act.text().filter(text -> text.version().equals(asked.textVersion())).isPresent();
  }

  /** What comes of an answer. */
  sealed interface Decision {
    /** From now on this holds. */
    record Agrees(ConsentAct act) implements Decision {}

    /** Nothing changes: this goes on holding, or nothing. */
    record Holds(Optional<ConsentAct> former) implements Decision {}

    /** This very text was agreed to. To end that is a withdrawal, which stops something. */
    record AgreedBefore() implements Decision {}

    /** The text that was shown is not the one that is asked about. */
    record OtherText(String asked) implements Decision {}
  }
}
