package io.towncrier.artifacts;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.HostedArtifact.Defect;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads each complete upload once, makes its sums and compares them with what was announced: then
 * it is ready, or its bytes are gone. Until then no release can refer to it, and nobody is served.
 */
@ApplicationScoped
public class VerifyArtifacts {
  private static final Logger LOG = Logger.getLogger(VerifyArtifacts.class);

  private final ArtifactStore store;
  private final ArtifactHome home;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;

  VerifyArtifacts(
      ArtifactStore store,
      ArtifactHome home,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock) {
    this.store = store;
    this.home = home;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Verifies while there are uploads that wait and time is left.
   *
   * @return how many were decided
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return Multi.createBy()
        .repeating()
        .uni(() -> hasTime.getAsBoolean() ? next(hasTime) : Uni.createFrom().item(false))
        .whilst(decided -> decided)
        .filter(decided -> decided)
        .collect()
        .with(Collectors.counting());
  }

  /** Whether one was decided. */
  private Uni<Boolean> next(BooleanSupplier hasTime) {
    return store
        .claimVerification(clock.instant())
        .chain(
            claimed ->
                claimed.isEmpty()
                    ? Uni.createFrom().item(false)
                    : Homes.ask(() -> home.assemble(claimed.get(), hasTime))
                        .chain(sums -> decided(claimed.get(), sums)));
  }

  private Uni<Boolean> decided(HostedArtifact upload, Optional<Sums> sums) {
    if (sums.isEmpty()) {
      LOG.warnf("%s was not read to its end in the time that was left", upload.id());
      return store.releaseVerification(upload.id()).replaceWith(false);
    }
    Optional<Defect> defect = Defect.of(upload, sums.get());
    return (defect.isEmpty() ? ready(upload, sums.get()) : refused(upload, defect.get()))
        // Somebody deleted it meanwhile.
        .call(
            stillWanted ->
                stillWanted ? Uni.createFrom().voidItem() : Homes.tell(() -> home.forget(upload)))
        .replaceWith(true);
  }

  private Uni<Boolean> ready(HostedArtifact upload, Sums sums) {
    Instant now = clock.instant();
    return Homes.tell(() -> home.keep(upload))
        .chain(
            () ->
                transactions.inTransaction(
                    () ->
                        store
                            .verified(upload.id(), sums, now)
                            .call(was -> noted(was, "artifact.ready", upload, now))));
  }

  private Uni<Boolean> refused(HostedArtifact upload, Defect defect) {
    Instant now = clock.instant();
    LOG.warnf("%s was refused: %s", upload.id(), defect.code());
    return Homes.tell(() -> home.forget(upload))
        .chain(
            () ->
                transactions.inTransaction(
                    () ->
                        store
                            .refused(upload.id(), defect)
                            .call(was -> noted(was, "artifact.refused", upload, now))));
  }

  private Uni<Void> noted(boolean was, String action, HostedArtifact artifact, Instant at) {
    return was
        ? audit.append(UploadArtifact.entry(AuditEntry.SYSTEM, action, artifact, at))
        : Uni.createFrom().voidItem();
  }
}
