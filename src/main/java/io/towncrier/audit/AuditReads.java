package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Audits reads of one person's data by an operator, before they are answered. */
@ApplicationScoped
public class AuditReads {
  private static final int BATCH = 1_000;

  private final ReadLog log;
  private final InstantSource clock;

  AuditReads(ReadLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Notes a read. Only when this has succeeded anything may be read. */
  public Uni<Void> note(Read read) {
    return log.note(read.entry(clock));
  }

  /** Chains what was noted, batch by batch; how many. */
  public Uni<Long> chain(BooleanSupplier hasTime) {
    return log.chain(BATCH)
        .chain(
            chained ->
                chained == BATCH && hasTime.getAsBoolean()
                    ? chain(hasTime).map(rest -> rest + BATCH)
                    : Uni.createFrom().item((long) chained));
  }

  /**
   * A look at one person's data.
   *
   * @param operator subject of the operator
   * @param action {@code device.read}
   * @param subject id of what is looked at; never a value that names somebody
   * @param reason why, in the operator's words
   * @param authorization of a value that is opened: the request or ticket of the user that allows
   *     it
   */
  public record Read(
      String operator,
      String action,
      String subject,
      String reason,
      Optional<String> authorization) {
    /** One that opens nothing. */
    public Read(String operator, String action, String subject, String reason) {
      this(operator, action, subject, reason, Optional.empty());
    }

    private AuditEntry entry(InstantSource clock) {
      String detail =
          authorization.map(ticket -> reason + " [authorized by " + ticket + "]").orElse(reason);
      return new AuditEntry(operator, action, subject, detail, clock.instant());
    }
  }
}
