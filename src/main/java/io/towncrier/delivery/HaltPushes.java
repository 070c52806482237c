package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Halt;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/** Halts the pushes of the whole cell, and lets them go on. */
@ApplicationScoped
public class HaltPushes {
  private static final String SUBJECT = "pushes";

  private final PushHalts halts;
  private final AuditLog audit;
  private final Transactions transactions;
  private final DrainSignal drain;
  private final InstantSource clock;

  HaltPushes(
      PushHalts halts,
      AuditLog audit,
      Transactions transactions,
      DrainSignal drain,
      InstantSource clock) {
    this.halts = halts;
    this.audit = audit;
    this.transactions = transactions;
    this.drain = drain;
    this.clock = clock;
  }

  /** What is halted now. */
  public Uni<Halt> now() {
    return halts.find();
  }

  /**
   * From the commit on no instance claims anything more. What is in flight is not waited for: see
   * {@link #awaitNothingInFlight}.
   *
   * @param exceptSecurity whether what is about security goes on
   * @param reason as the operator gave it, for the audit log
   * @param operator subject of the operator
   */
  public Uni<Halt> halt(boolean exceptSecurity, String reason, String operator) {
    return transactions.inTransaction(
        () ->
            halts
                .lockForChange()
                .chain(
                    known -> {
                      Instant now = clock.instant();
                      Halt next = known.halted(exceptSecurity, now);
                      String detail = (exceptSecurity ? "except security: " : "") + reason;
                      return halts
                          .save(next)
                          .chain(
                              () ->
                                  audit.append(
                                      new AuditEntry(
                                          operator, "pushes.halted", SUBJECT, detail, now)))
                          .replaceWith(next);
                    }));
  }

  /** Done once nothing that the halt forbids is being sent any more. */
  public Uni<Void> awaitNothingInFlight(Halt halt) {
    return halts.awaitNothingInFlight(halt.exceptsSecurity());
  }

  /**
   * Lets pushes go on; whether they were halted. Notices that were halted by themselves stay so.
   */
  public Uni<Boolean> resume(String reason, String operator) {
    return transactions
        .inTransaction(
            () ->
                halts
                    .lockForChange()
                    .chain(
                        known ->
                            known.isOn()
                                ? halts
                                    .save(Halt.NONE)
                                    .chain(
                                        () ->
                                            audit.append(
                                                new AuditEntry(
                                                    operator,
                                                    "pushes.resumed",
                                                    SUBJECT,
                                                    reason,
                                                    clock.instant())))
                                    .replaceWith(Boolean.TRUE)
                                : Uni.createFrom().item(Boolean.FALSE)))
        .invoke(drain::wake);
  }
}
