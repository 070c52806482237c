package io.towncrier.outcomes.judging;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.outcomes.OutcomeSettings;
import io.towncrier.outcomes.PolicyStore;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/** Sets how a product's attempts and rollouts are judged, or a single release of it. */
@ApplicationScoped
public class ChangePolicy {
  private final PolicyStore store;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;

  ChangePolicy(PolicyStore store, Transactions transactions, AuditLog audit, InstantSource clock) {
    this.store = store;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Replaces all of them.
   *
   * @param version of a release; empty for the product
   * @param revision that the operator has seen
   * @return whether it still was the newest
   */
  public Uni<Boolean> run(
      String product,
      Optional<String> version,
      OutcomeSettings settings,
      int revision,
      String operator) {
    String subject = version.map(v -> product + ':' + v).orElse(product);
    return transactions.inTransaction(
        () ->
            store
                .set(product, version, settings, revision)
                .call(
                    set ->
                        set
                            ? audit.append(
                                new AuditEntry(
                                    operator,
                                    "outcome-policy.changed",
                                    subject,
                                    settings.told(),
                                    clock.instant()))
                            : Uni.createFrom().voidItem()));
  }
}
