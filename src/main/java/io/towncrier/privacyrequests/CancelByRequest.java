package io.towncrier.privacyrequests;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.rights.CancelAccount;
import io.towncrier.privacy.rights.Ground;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Cancels the account of a person whose subject the caller knows, and notes that as a request which
 * is answered at once: so the maker's account system passes a cancellation on. The subject is kept
 * nowhere.
 */
@ApplicationScoped
public class CancelByRequest {
  private final CancelAccount cancel;
  private final HandlePrivacyRequest handle;
  private final Transactions transactions;

  CancelByRequest(CancelAccount cancel, HandlePrivacyRequest handle, Transactions transactions) {
    this.cancel = cancel;
    this.handle = handle;
    this.transactions = transactions;
  }

  /**
   * Opens the request in the transaction that cancels, and answers it when no push is in flight any
   * more. A failure in between leaves an open request, with its deadline; the same again finds it,
   * and ends it.
   *
   * @param asked a cancellation or a deletion
   */
  public Uni<Done> run(Asked asked, Secret subject, String operator) {
    return cancel
        .run(
            subject,
            asked.ground().orElse(Ground.ACCOUNT_CANCELLED),
            cancellation ->
                handle.open(idOf(asked, cancellation), asked, operator).replaceWithVoid())
        .chain(
            outcome ->
                outcome instanceof CancelAccount.Outcome.Cancelled cancelled
                    ? close(idOf(asked, cancelled.id()), asked.kind(), outcome, operator)
                    : transactions.inTransaction(() -> note(asked, outcome, operator)));
  }

  /** Nothing is kept of the person: each call is a request of its own. */
  private Uni<Done> note(Asked asked, CancelAccount.Outcome outcome, String operator) {
    return handle
        .open(Ids.next(PrivacyRequest.PREFIX), asked, operator)
        .chain(open -> close(open.opened().id(), asked.kind(), outcome, operator));
  }

  /** The same for the same request: it is how the request of a cancellation is found again. */
  private static String idOf(Asked asked, String cancellation) {
    return Ids.of(
        PrivacyRequest.PREFIX,
        cancellation,
        asked.kind().name(),
        asked.reference(),
        asked.ground().map(Enum::name).orElse(""));
  }

  private Uni<Done> close(
      String id, RequestKind kind, CancelAccount.Outcome outcome, String operator) {
    return handle
        .answer(id, answer(kind, outcome), operator)
        .map(closed -> new Done(closed(closed), receipt(outcome)));
  }

  /** Pure. */
  private static RequestAnswer answer(RequestKind kind, CancelAccount.Outcome outcome) {
    if (outcome instanceof CancelAccount.Outcome.Unknown) {
      return RequestAnswer.NO_DATA_HELD;
    }
    return kind == RequestKind.DELETION ? RequestAnswer.DELETED : RequestAnswer.ACCOUNT_CANCELLED;
  }

  private static Optional<Secret> receipt(CancelAccount.Outcome outcome) {
    return outcome instanceof CancelAccount.Outcome.Cancelled cancelled
        ? Optional.of(cancelled.secret())
        : Optional.empty();
  }

  private static PrivacyRequest closed(HandlePrivacyRequest.Outcome outcome) {
    if (outcome instanceof HandlePrivacyRequest.Outcome.Done done) {
      return done.request();
    }
    // It came before, or another operator was faster.
    if (outcome instanceof HandlePrivacyRequest.Outcome.Over over) {
      return over.request();
    }
    if (outcome instanceof HandlePrivacyRequest.Outcome.Unknown
        || outcome instanceof HandlePrivacyRequest.Outcome.NoAnswer
        || outcome instanceof HandlePrivacyRequest.Outcome.NeverRefused) {
      throw new IllegalStateException("of a request that is there and fits: " + outcome);
    }
    throw new ForgottenCase(outcome);
  }

  /**
   * What is asked for.
   *
   * @param ground of a deletion alone
   * @param verifiedAt not in the future
   */
  public record Asked(
      RequestKind kind, String reference, Optional<Ground> ground, Instant verifiedAt) {}

  /**
   * What became of it.
   *
   * @param receipt secret of the receipt; empty when nothing was held
   */
  public record Done(PrivacyRequest request, Optional<Secret> receipt) {}
}
