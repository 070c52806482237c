package io.towncrier.privacyrequests;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.rights.CancelAccount;
import io.towncrier.privacy.rights.Ground;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Cancels the account of a person whose subject the caller knows, and notes that as a request which
 * was answered at once: so the maker's account system passes a cancellation on. The subject is kept
 * nowhere.
 */
@ApplicationScoped
public class CancelByRequest {
  private final CancelAccount cancel;
  private final HandlePrivacyRequest handle;

  CancelByRequest(CancelAccount cancel, HandlePrivacyRequest handle) {
    this.cancel = cancel;
    this.handle = handle;
  }

  /**
   * Cancels first: while pushes may still be in flight this fails with nothing noted, and the same
   * again goes on waiting.
   *
   * @param asked a cancellation or a deletion
   */
  public Uni<Done> run(Asked asked, Secret subject, String operator) {
    return cancel
        .run(subject, asked.ground().orElse(Ground.ACCOUNT_CANCELLED))
        .chain(
            outcome ->
                handle
                    .open(
                        asked.kind(),
                        asked.reference(),
                        asked.ground(),
                        asked.verifiedAt(),
                        operator)
                    .chain(open -> close(open, asked.kind(), outcome, operator)));
  }

  private Uni<Done> close(
      PrivacyRequest.Open open, RequestKind kind, CancelAccount.Outcome outcome, String operator) {
    return handle
        .answer(open.opened().id(), answer(kind, outcome), operator)
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
    // Another operator was faster with the request that is a moment old.
    if (outcome instanceof HandlePrivacyRequest.Outcome.Over over) {
      return over.request();
    }
    if (outcome instanceof HandlePrivacyRequest.Outcome.Unknown
        || outcome instanceof HandlePrivacyRequest.Outcome.NoAnswer
        || outcome instanceof HandlePrivacyRequest.Outcome.NeverRefused) {
      throw new IllegalStateException("of a request that is a moment old: " + outcome);
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
