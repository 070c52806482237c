package io.towncrier.ddi;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.actions.Action;
import io.towncrier.ddi.actions.ActionStore;
import io.towncrier.ddi.actions.ConfigLink;
import io.towncrier.ddi.actions.Feedback;
import io.towncrier.ddi.actions.FeedbackRules;
import io.towncrier.ddi.actions.FeedbackRules.Verdict;
import io.towncrier.ddi.enrolment.Controller;
import io.towncrier.ddi.enrolment.ControllerStore;
import io.towncrier.outcomes.OutcomeReport;
import io.towncrier.outcomes.ReportOutcome;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiFunction;

/**
 * Takes what a client says of an action of its device: first the outcome, in the words that all
 * dialects share, then the action. A client that hears of no answer between both says it again, and
 * both are kept once.
 */
@ApplicationScoped
public class TakeFeedback {
  private final ControllerStore devices;
  private final ActionStore actions;
  private final ShowDeployment deployments;
  private final ReportOutcome outcomes;
  private final Transactions transactions;
  private final InstantSource clock;

  TakeFeedback(
      ControllerStore devices,
      ActionStore actions,
      ShowDeployment deployments,
      ReportOutcome outcomes,
      Transactions transactions,
      InstantSource clock) {
    this.devices = devices;
    this.actions = actions;
    this.deployments = deployments;
    this.outcomes = outcomes;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Of the update itself.
   *
   * @param network where it comes from, to count failures by
   */
  public Uni<Outcome> run(Controller device, int number, Feedback said, Secret network) {
    return actions
        .of(device.id())
        .map(history -> history.numbered(number))
        .chain(
            found ->
                found.isPresent()
                    ? report(device, found.get(), said, network)
                    : Uni.createFrom().voidItem())
        .chain(() -> take(device, number, (action, now) -> FeedbackRules.of(action, said, now)));
  }

  /** What is too late or contradicts is told by the action, and kept by the outcome. */
  private Uni<Void> report(Controller device, Action before, Feedback said, Secret network) {
    return FeedbackReport.of(before, said)
        .map(
            report ->
                outcomes
                    .run(new OutcomeReport(device.id(), before.version(), report, network))
                    .replaceWithVoid())
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  /** Of a request to cancel it. */
  public Uni<Outcome> ofCancel(Controller device, int number, Feedback said, ClientKind client) {
    return deployments
        .isToBeCancelled(device, number, client)
        .chain(
            isAsked ->
                take(
                    device,
                    number,
                    (action, now) -> FeedbackRules.ofCancel(action, said, isAsked, now)));
  }

  private Uni<Outcome> take(
      Controller device, int number, BiFunction<Action, Instant, Verdict> rules) {
    return transactions.inTransaction(
        () ->
            actions
                .lock(device.id(), number)
                .chain(
                    found ->
                        found.isEmpty()
                            ? Uni.createFrom().item(Outcome.UNKNOWN)
                            : keep(device, rules.apply(found.get(), clock.instant()))));
  }

  private Uni<Outcome> keep(Controller device, Verdict verdict) {
    if (verdict instanceof Verdict.Moved moved) {
      return actions
          .save(device.id(), moved.next())
          .call(
              () ->
                  moved.asks().isEmpty()
                      ? Uni.createFrom().voidItem()
                      : devices.ask(
                          device.id(), ConfigLink.asked(moved.asks().get(), clock.instant())))
          .replaceWith(Outcome.TAKEN);
    }
    if (verdict instanceof Verdict.Contradicts contradiction) {
      return actions.save(device.id(), contradiction.kept()).replaceWith(Outcome.CONTRADICTS);
    }
    if (verdict instanceof Verdict.Over) {
      return Uni.createFrom().item(Outcome.OVER);
    }
    if (verdict instanceof Verdict.NotCancellable) {
      return Uni.createFrom().item(Outcome.NOT_CANCELLABLE);
    }
    if (verdict instanceof Verdict.Nothing) {
      return Uni.createFrom().item(Outcome.TAKEN);
    }
    throw new ForgottenCase(verdict);
  }

  /** What became of feedback. */
  public enum Outcome {
    /** It is kept, or was said before. */
    TAKEN,
    /** The device has no such action. */
    UNKNOWN,
    /** The action has ended. */
    OVER,
    /** The action ended otherwise; both results are kept. */
    CONTRADICTS,
    /** The client was not asked to cancel it. */
    NOT_CANCELLABLE
  }
}
