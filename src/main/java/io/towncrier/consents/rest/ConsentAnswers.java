package io.towncrier.consents.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.consents.ChangeConsents.Outcome;
import io.towncrier.consents.ConsentStore;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;

/** What the endpoints of devices and of users have in common. */
@ApplicationScoped
class ConsentAnswers {
  private static final int MOST = 100;

  private final ConsentStore store;

  ConsentAnswers(ConsentStore store) {
    this.store = store;
  }

  Uni<ConsentBodies.Shown> show(String owner) {
    return store
        .current(owner)
        .chain(
            current ->
                store
                    .history(owner, MOST)
                    .map(history -> ConsentBodies.Shown.of(current, history)));
  }

  Uni<ConsentBodies.Shown> after(Outcome outcome, String owner) {
    if (outcome instanceof Outcome.Noted) {
      return show(owner);
    }
    if (outcome instanceof Outcome.TooMany many) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("There were too many changes. A withdrawal is still taken.")
          .asException(many.freeIn());
    }
    throw new ForgottenCase(outcome);
  }
}
