package io.towncrier.updates.decision;

import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.TargetingRule;
import java.util.Optional;

/**
 * A targeting rule whose range of installed versions is understood in the product's scheme.
 *
 * @param rule as it was published
 * @param first of the positions of installed versions that it is for
 * @param last of them
 * @param matched what it means for those whom it matches
 * @param kind the same for all rules of the product that differ in nothing but the versions
 */
record CompiledRule(TargetingRule rule, int first, int last, Match.Matched matched, int kind) {
  /** So many kinds of a product are looked at once a decision; more only in each release anew. */
  static final int KINDS = 16;

  private static final Optional<Refusal> VERSION_NOT_SERVED =
      Optional.of(Refusal.VERSION_NOT_SERVED);

  /** The same as no refusal. What is known already is asked first: it tells most rules apart. */
  boolean matches(Question question) {
    return question.refusal(kind, rule).isEmpty() && servesInstalled(question);
  }

  Optional<Refusal> refusal(Question question) {
    return servesInstalled(question) ? question.refusal(kind, rule) : VERSION_NOT_SERVED;
  }

  private boolean servesInstalled(Question question) {
    return first <= question.installed() && question.installed() <= last;
  }
}
