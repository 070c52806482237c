package io.towncrier.privacyrequests;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.rights.Ground;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Opens a request, and ends it once: answered, or refused. Each step is audited. */
@ApplicationScoped
public class HandlePrivacyRequest {
  private final PrivacyRequests requests;
  private final AuditLog audit;
  private final Transactions transactions;
  private final InstantSource clock;

  HandlePrivacyRequest(
      PrivacyRequests requests, AuditLog audit, Transactions transactions, InstantSource clock) {
    this.requests = requests;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Opens a request.
   *
   * @param verifiedAt not in the future
   */
  public Uni<PrivacyRequest.Open> open(
      RequestKind kind,
      String reference,
      Optional<Ground> ground,
      Instant verifiedAt,
      String operator) {
    return open(
        Ids.next(PrivacyRequest.PREFIX),
        new CancelByRequest.Asked(kind, reference, ground, verifiedAt),
        operator);
  }

  /** Opens a request under an id that the caller knows; one that is there already stays. */
  Uni<PrivacyRequest.Open> open(String id, CancelByRequest.Asked asked, String operator) {
    Instant now = clock.instant();
    PrivacyRequest.Open request =
        new PrivacyRequest.Open(
            new PrivacyRequest.Opened(
                id,
                asked.kind(),
                asked.reference(),
                asked.ground(),
                asked.verifiedAt(),
                now,
                operator));
    return transactions
        .inTransaction(
            () ->
                requests
                    .add(request)
                    .chain(
                        added ->
                            added
                                ? record(request, "opened", asked.kind().code(), operator, now)
                                : Uni.createFrom().voidItem()))
        .replaceWith(request);
  }

  public Uni<Outcome> answer(String id, RequestAnswer answer, String operator) {
    Instant now = clock.instant();
    return close(
        id,
        open ->
            open.isAnsweredBy(answer)
                ? new Outcome.Done(open.answer(answer, new PrivacyRequest.Closed(now, operator)))
                : new Outcome.NoAnswer(open.opened().kind()));
  }

  /**
   * Refuses a request.
   *
   * @param decidedBy name of the person who answers for the refusal
   */
  public Uni<Outcome> refuse(String id, RefusalReason reason, String decidedBy, String operator) {
    Instant now = clock.instant();
    return close(
        id,
        open ->
            open.refuse(reason, decidedBy, new PrivacyRequest.Closed(now, operator))
                .<Outcome>map(Outcome.Done::new)
                .orElseGet(() -> new Outcome.NeverRefused(open.opened().kind())));
  }

  private Uni<Outcome> close(String id, Function<PrivacyRequest.Open, Outcome> decide) {
    return transactions.inTransaction(
        () ->
            requests
                .lock(id)
                .map(found -> decided(found, decide))
                .call(
                    outcome ->
                        outcome instanceof Outcome.Done done
                            ? requests.close(done.request()).chain(() -> record(done.request()))
                            : Uni.createFrom().voidItem()));
  }

  /** Pure. */
  private static Outcome decided(
      Optional<PrivacyRequest> found, Function<PrivacyRequest.Open, Outcome> decide) {
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    return found.get() instanceof PrivacyRequest.Open open
        ? decide.apply(open)
        : new Outcome.Over(found.get());
  }

  private Uni<Void> record(PrivacyRequest request) {
    if (request instanceof PrivacyRequest.Answered answered) {
      PrivacyRequest.Closed closed = answered.closed();
      return record(request, "answered", answered.answer().code(), closed.by(), closed.at());
    }
    if (request instanceof PrivacyRequest.Refused refused) {
      PrivacyRequest.Closed closed = refused.closed();
      String why = refused.reason().code() + ", decided by " + refused.decidedBy();
      return record(request, "refused", why, closed.by(), closed.at());
    }
    if (request instanceof PrivacyRequest.Open) {
      return Uni.createFrom().voidItem();
    }
    throw new ForgottenCase(request);
  }

  private Uni<Void> record(
      PrivacyRequest request, String act, String detail, String operator, Instant at) {
    return audit.append(
        new AuditEntry(operator, "privacy-request." + act, request.opened().id(), detail, at));
  }

  /** What became of an attempt to close a request. */
  public sealed interface Outcome {
    record Done(PrivacyRequest request) implements Outcome {}

    record Unknown() implements Outcome {}

    /** It is closed already. */
    record Over(PrivacyRequest request) implements Outcome {}

    /** This is no answer to a request of its kind. */
    record NoAnswer(RequestKind kind) implements Outcome {}

    record NeverRefused(RequestKind kind) implements Outcome {}
  }
}
