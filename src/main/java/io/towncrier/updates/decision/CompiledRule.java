package io.towncrier.updates.decision;

import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionRange;
import java.util.Optional;

/** A targeting rule whose range of installed versions is understood in the product's scheme. */
record CompiledRule(
    TargetingRule rule, Optional<VersionRange.Resolved> installed, Match.Matched matched) {
  private static final Optional<Refusal> VERSION_NOT_SERVED =
      Optional.of(Refusal.VERSION_NOT_SERVED);

  Optional<Refusal> refusal(Question question) {
    if (installed.isPresent() && !installed.get().contains(question.installed())) {
      return VERSION_NOT_SERVED;
    }
    return rule.refusal(question.facts(), question.channels());
  }
}
