package io.towncrier.consents.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.consents.AnswerConsent;
import io.towncrier.consents.AnswerStore;
import io.towncrier.consents.ChangeConsents.Outcome;
import io.towncrier.consents.ConsentStore;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** What the endpoints of devices and of users have in common. */
@ApplicationScoped
class ConsentAnswers {
  private static final int MOST = 100;

  private final ConsentStore store;
  private final AnswerStore answers;

  ConsentAnswers(ConsentStore store, AnswerStore answers) {
    this.store = store;
    this.answers = answers;
  }

  Uni<ConsentBodies.Shown> show(String owner) {
    return Uni.combine()
        .all()
        .unis(store.current(owner), store.history(owner, MOST), answers.answers(owner, MOST))
        .asTuple()
        .map(all -> ConsentBodies.Shown.of(all.getItem1(), all.getItem2(), all.getItem3()));
  }

  Uni<ConsentBodies.Shown> after(AnswerConsent.Outcome outcome, String owner) {
    if (outcome instanceof AnswerConsent.Outcome.Noted) {
      return show(owner);
    }
    if (outcome instanceof AnswerConsent.Outcome.NotAsked) {
      throw ProblemCode.UNKNOWN_NOTICE
          .with("It asks for no consent, or is not in this inbox.")
          .asException();
    }
    if (outcome instanceof AnswerConsent.Outcome.OtherText other) {
      throw Problem.invalidRequest(
              List.of(
                  new FieldError(
                      "textVersion", "is not the one that is asked about: " + other.asked())))
          .asException();
    }
    if (outcome instanceof AnswerConsent.Outcome.AgreedBefore) {
      throw ProblemCode.WRONG_STATE
          .with("This text was agreed to. To withdraw that, PUT it with withdrawn.")
          .asException();
    }
    if (outcome instanceof AnswerConsent.Outcome.TooMany many) {
      throw tooMany(many.freeIn());
    }
    throw new ForgottenCase(outcome);
  }

  private static ProblemException tooMany(Duration freeIn) {
    return ProblemCode.TOO_MANY_REQUESTS
        .with("There were too many changes. A withdrawal is still taken.")
        .asException(freeIn);
  }

  Uni<ConsentBodies.Shown> after(Outcome outcome, String owner) {
    if (outcome instanceof Outcome.Noted) {
      return show(owner);
    }
    if (outcome instanceof Outcome.TooMany many) {
      throw tooMany(many.freeIn());
    }
    throw new ForgottenCase(outcome);
  }
}
