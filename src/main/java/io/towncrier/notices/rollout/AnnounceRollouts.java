package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Transactions;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import io.towncrier.updates.snapshots.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks for what a publication or a phase has brought since the last look, and tells the devices
 * that are newly eligible. A product whose stage is the same costs a comparison.
 */
@ApplicationScoped
public class AnnounceRollouts {
  private static final Logger LOG = Logger.getLogger(AnnounceRollouts.class);

  private final RolloutNotices rollouts;
  private final TellFleet tell;
  private final CurrentSnapshot snapshots;
  private final AuditLog audit;
  private final Transactions transactions;
  private final InstantSource clock;

  AnnounceRollouts(
      RolloutNotices rollouts,
      TellFleet tell,
      CurrentSnapshot snapshots,
      AuditLog audit,
      Transactions transactions,
      InstantSource clock) {
    this.rollouts = rollouts;
    this.tell = tell;
    this.snapshots = snapshots;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * One look.
   *
   * @param hasTime asked before each product
   * @return how many deliveries were planned
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    if (!tell.isEnabled()) {
      return Uni.createFrom().item(0L);
    }
    Instant now = clock.instant();
    return snapshots
        .get()
        // While every offer is halted nobody becomes eligible: that is looked for afterwards.
        .chain(
            snapshot ->
                snapshot.halt().stops(true, now)
                    ? Uni.createFrom().item(0L)
                    : rollouts.stages().chain(known -> compare(snapshot, known, now, hasTime)));
  }

  private Uni<Long> compare(
      Snapshot snapshot, Map<String, Stage> known, Instant now, BooleanSupplier hasTime) {
    Map<String, Stage> first = new TreeMap<>();
    List<FleetScan> changed = new ArrayList<>();
    for (ProductReleases releases : snapshot.all()) {
      Stage stage = known.get(releases.product().id());
      String text = Stage.textAt(releases, now);
      if (stage == null) {
        first.put(releases.product().id(), new Stage(text, now));
      } else if (!stage.text().equals(text)) {
        changed.add(new FleetScan(releases, snapshot.channels(), stage, now));
      }
    }
    return (first.isEmpty() ? Uni.createFrom().voidItem() : rollouts.begin(first))
        .chain(
            () ->
                Multi.createFrom()
                    .iterable(changed)
                    .onItem()
                    .transformToUniAndConcatenate(walk -> announce(walk, hasTime))
                    .collect()
                    .with(Collectors.summingLong(planned -> planned)));
  }

  /**
   * A page at a time. A walk that is cut short has planned what it has planned; the stage is the
   * same as before, so that another one begins, and a device that was notified is not notified
   * again.
   */
  private Uni<Long> announce(FleetScan walk, BooleanSupplier hasTime) {
    return tell.run(walk, hasTime)
        .call(
            outcome -> outcome.through() ? finish(walk) : rollouts.leave(walk.product(), walk.id()))
        .map(TellFleet.Outcome::planned)
        // The other products have news too; this one is tried again.
        .onFailure()
        .invoke(
            failure ->
                LOG.errorf("not all devices are notified of %s: %s", walk.product(), failure))
        .onFailure()
        .recoverWithUni(failure -> leave(walk));
  }

  /** If the database is away, the turn ends by itself. */
  private Uni<Long> leave(FleetScan walk) {
    return rollouts
        .leave(walk.product(), walk.id())
        .onFailure()
        .recoverWithNull()
        .replaceWith(walk.planned());
  }

  private Uni<Void> finish(FleetScan walk) {
    return transactions.inTransaction(
        () ->
            rollouts
                .takeTurn(walk.product(), walk.known(), walk.id())
                .chain(
                    mine ->
                        mine
                            ? rollouts
                                .save(walk.product(), walk.next())
                                .chain(() -> note(walk.product(), walk.planned(), walk.now()))
                            : Uni.createFrom().voidItem()));
  }

  private Uni<Void> note(String product, long planned, Instant now) {
    return planned == 0
        ? Uni.createFrom().voidItem()
        : audit.append(
            new AuditEntry(
                AuditEntry.SYSTEM, "rollout.announced", product, planned + " deliveries", now));
  }
}
