package io.towncrier.consents;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Takes what a device or its user answers to the question of a notice. Nothing stops with it. */
@ApplicationScoped
public class AnswerConsent {
  private final AskedConsents questions;
  private final ConsentStore acts;
  private final AnswerStore answers;
  private final Transactions transactions;
  private final InstantSource clock;

  AnswerConsent(
      AskedConsents questions,
      ConsentStore acts,
      AnswerStore answers,
      Transactions transactions,
      InstantSource clock) {
    this.questions = questions;
    this.acts = acts;
    this.answers = answers;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Notes the answer of a device or an account.
   *
   * @param shown the text that was shown
   */
  public Uni<Outcome> run(String owner, String notice, boolean given, ConsentAct.Text shown) {
    Instant now = clock.instant();
    return transactions.inTransaction(
        () ->
            questions
                .of(notice)
                .chain(
                    asked ->
                        asked.isEmpty()
                            ? outcome(new Outcome.NotAsked())
                            : answer(
                                owner,
                                asked.get(),
                                new ConsentAnswer(notice, asked.get().kind(), given, shown, now))));
  }

  private Uni<Outcome> answer(String owner, AskedConsent asked, ConsentAnswer answer) {
    return acts.lock(owner, asked.kind())
        .chain(latest -> follow(owner, answer, FormerRule.decide(asked, answer, latest), latest));
  }

  private Uni<Outcome> follow(
      String owner,
      ConsentAnswer answer,
      FormerRule.Decision decision,
      Optional<ConsentAct> latest) {
    if (decision instanceof FormerRule.Decision.Agrees agrees) {
      return agree(owner, answer, agrees.act(), latest);
    }
    if (decision instanceof FormerRule.Decision.Holds) {
      return keep(owner, answer);
    }
    if (decision instanceof FormerRule.Decision.AgreedBefore) {
      return refuse(owner, answer, new Outcome.AgreedBefore());
    }
    if (decision instanceof FormerRule.Decision.OtherText other) {
      return refuse(owner, answer, new Outcome.OtherText(other.asked()));
    }
    throw new ForgottenCase(decision);
  }

  private Uni<Outcome> agree(
      String owner, ConsentAnswer answer, ConsentAct act, Optional<ConsentAct> latest) {
    if (latest.filter(act::repeats).isPresent()) {
      return keep(owner, answer);
    }
    return acts.countSince(owner, act.at().minus(ChangeConsents.AN_HOUR))
        .chain(
            count ->
                count >= ChangeConsents.MOST_AN_HOUR
                    ? outcome(new Outcome.TooMany(ChangeConsents.AN_HOUR))
                    : keep(owner, answer)
                        .call(
                            kept ->
                                kept instanceof Outcome.Noted
                                    ? acts.add(owner, act)
                                    : Uni.createFrom().voidItem()));
  }

  /** Who has not got the notice hears nothing of it, not even that there is one. */
  private Uni<Outcome> refuse(String owner, ConsentAnswer answer, Outcome why) {
    return answers
        .isAsked(owner, answer.notice())
        .map(isTheirs -> isTheirs ? why : new Outcome.NotAsked());
  }

  private Uni<Outcome> keep(String owner, ConsentAnswer answer) {
    return answers
        .answer(owner, answer)
        .map(isTheirs -> isTheirs ? new Outcome.Noted() : new Outcome.NotAsked());
  }

  private static Uni<Outcome> outcome(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }

  /** What became of an answer. */
  public sealed interface Outcome {
    /** It was noted. */
    record Noted() implements Outcome {}

    /** No such notice is in their inbox, or it asks for nothing. */
    record NotAsked() implements Outcome {}

    /** Another version of the text is asked about; nothing was noted. */
    record OtherText(String asked) implements Outcome {}

    /** This text was agreed to: to withdraw that is no answer, since it stops something. */
    record AgreedBefore() implements Outcome {}

    /** There were too many changes within the hour. */
    record TooMany(Duration freeIn) implements Outcome {}
  }
}
