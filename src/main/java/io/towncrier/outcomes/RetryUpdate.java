package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lets a device try a release again that it was not offered any more. */
@ApplicationScoped
public class RetryUpdate {
  private final OutcomeStore store;
  private final KeepAttempt keep;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;

  RetryUpdate(
      OutcomeStore store,
      KeepAttempt keep,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock) {
    this.store = store;
    this.keep = keep;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Lifts what holds the release back from the device; its attempts are counted anew.
   *
   * @return the attempt; empty when the device has had none with this release
   */
  public Uni<Optional<Attempt>> run(String device, String version, String operator, String reason) {
    return find(device, version)
        .chain(
            known ->
                known.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : lifted(known.get().key(), operator, reason));
  }

  private Uni<Optional<Attempt>> find(String device, String version) {
    return store
        .ofDevice(device)
        .map(
            (List<Attempt> all) ->
                all.stream().filter(a -> a.key().version().equals(version)).findFirst());
  }

  private Uni<Optional<Attempt>> lifted(Attempt.Key key, String operator, String reason) {
    Instant now = clock.instant();
    return transactions.inTransaction(
        () ->
            keep.changed(
                    key, now, held -> Optional.of(FollowUpdate.released(held.locked().attempt())))
                .call(
                    () ->
                        audit.append(
                            new AuditEntry(
                                operator,
                                "attempts.released",
                                key.device(),
                                key.product() + ':' + key.version() + ": " + reason,
                                now))));
  }
}
