package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/** Lets deliveries go out again that were given up, and writes down who did so. */
@ApplicationScoped
public class ReleaseDeadLetters {
  private final DeadLetters deadLetters;
  private final AuditLog audit;
  private final Transactions transactions;
  private final DrainSignal drain;
  private final InstantSource clock;

  ReleaseDeadLetters(
      DeadLetters deadLetters,
      AuditLog audit,
      Transactions transactions,
      DrainSignal drain,
      InstantSource clock) {
    this.deadLetters = deadLetters;
    this.audit = audit;
    this.transactions = transactions;
    this.drain = drain;
    this.clock = clock;
  }

  /**
   * Those of a notice; see {@link DeadLetters#release}.
   *
   * @param operator subject of who wants it
   * @return how many
   */
  public Uni<Integer> run(
      String notice, Optional<String> reason, Optional<String> device, String operator) {
    return transactions
        .inTransaction(
            () ->
                deadLetters
                    .release(notice, reason, device)
                    .call(
                        released ->
                            released == 0
                                ? Uni.createFrom().voidItem()
                                : audit.append(
                                    new AuditEntry(
                                        operator,
                                        "dead-letters.released",
                                        notice,
                                        released + " deliveries",
                                        clock.instant()))))
        .invoke(drain::wake);
  }
}
