package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Halt;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stops every offer of the cell, and lets offers go on. The halt is part of the catalogue, so it
 * reaches every instance as a change of the catalogue does; no release is written for it. Rollouts
 * stand still meanwhile: resuming moves the later phases of those that were running.
 */
@ApplicationScoped
public class HaltRollouts {
  private static final String SUBJECT = "rollouts";

  private final CatalogueStore catalogue;
  private final ReleaseStore releases;
  private final Transactions transactions;
  private final CatalogueNews news;
  private final AuditLog audit;
  private final InstantSource clock;

  HaltRollouts(
      CatalogueStore catalogue,
      ReleaseStore releases,
      Transactions transactions,
      CatalogueNews news,
      AuditLog audit,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.releases = releases;
    this.transactions = transactions;
    this.news = news;
    this.audit = audit;
    this.clock = clock;
  }

  /** What is halted now. */
  public Uni<Halt> now() {
    return catalogue.halt();
  }

  /**
   * When this is done this instance offers nothing that is halted; the others hear of it as of
   * every change of the catalogue.
   *
   * @param exceptSecurity whether security releases go on
   * @param reason for the audit log
   * @param operator subject of the operator
   */
  public Uni<Halt> halt(boolean exceptSecurity, String reason, String operator) {
    return transactions
        .inTransaction(
            () ->
                catalogue
                    .lock()
                    .chain(catalogue::halt)
                    .chain(
                        known -> {
                          Instant now = clock.instant();
                          Halt next = known.halted(exceptSecurity, now);
                          String detail = (exceptSecurity ? "except security: " : "") + reason;
                          return catalogue
                              .halted(next, Set.of())
                              .chain(() -> noted("rollouts.halted", operator, detail, now))
                              .replaceWith(next);
                        }))
        .call(news::tell);
  }

  /** Whether rollouts were halted. Those that were halted by themselves stay so. */
  public Uni<Boolean> resume(String reason, String operator) {
    return transactions
        .inTransaction(
            () ->
                catalogue
                    .lock()
                    .chain(catalogue::halt)
                    .chain(
                        known ->
                            known.isOn()
                                ? goOn(known, reason, operator)
                                : Uni.createFrom().item(Boolean.FALSE)))
        .call(resumed -> resumed ? news.tell() : Uni.createFrom().voidItem());
  }

  private Uni<Boolean> goOn(Halt known, String reason, String operator) {
    Instant now = clock.instant();
    return releases
        .withPhases()
        .map(all -> all.stream().flatMap(stored -> moved(stored, known, now).stream()).toList())
        .chain(
            moved ->
                releases
                    .updateAll(moved)
                    .chain(() -> catalogue.halted(Halt.NONE, productsOf(moved))))
        .chain(() -> noted("rollouts.resumed", operator, reason, now))
        .replaceWith(Boolean.TRUE);
  }

  /** A release whose rollout has stood still with all the others; empty when that moves nothing. */
  private static Optional<ReleaseStore.Stored> moved(
      ReleaseStore.Stored stored, Halt halt, Instant now) {
    return moved(stored.release(), halt, now)
        .map(
            release ->
                new ReleaseStore.Stored(
                    stored.id(),
                    release,
                    stored.revision(),
                    stored.author(),
                    stored.writers(),
                    stored.releasedBy()));
  }

  /** Pure. What a pause or a halt of its own holds stands still by that, and is not moved twice. */
  static Optional<Release> moved(Release release, Halt halt, Instant now) {
    Rollout rollout = release.rollout();
    Optional<Instant> since = halt.since(release.isSecurity());
    if (since.isEmpty()
        || release.state() != Release.State.PUBLISHED
        || rollout.state() != Rollout.State.RUNNING
        || (rollout.nextPhase(since.get(), release.publishedAt()).isEmpty()
            && !rollout.waitsForPromotion())) {
      return Optional.empty();
    }
    Instant stood = release.rolloutClock(halt, now);
    return stood.isBefore(now)
        ? Optional.of(release.with(rollout.heldLonger(Duration.between(stood, now))))
        : Optional.empty();
  }

  private static Set<String> productsOf(List<ReleaseStore.Stored> releases) {
    return releases.stream().map(stored -> stored.id().product()).collect(Collectors.toSet());
  }

  private Uni<Void> noted(String action, String operator, String detail, Instant now) {
    return audit.append(new AuditAction(operator, action, detail).to(SUBJECT, now));
  }
}
