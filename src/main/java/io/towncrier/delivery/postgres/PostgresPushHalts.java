package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.PushHalts;
import io.towncrier.platform.Halt;
import io.towncrier.platform.postgres.CellHalts;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** The halt of pushes, beside the outbox that it stops. */
@ApplicationScoped
class PostgresPushHalts implements PushHalts {
  private static final CellHalts.Part PUSHES = CellHalts.Part.PUSHES;

  private final CellHalts halts;
  private final InFlight inFlight;

  PostgresPushHalts(CellHalts halts, Database database, DeliveryConfig config) {
    this.halts = halts;
    this.inFlight = new InFlight(database, OutboxSql.CLAIMS_OF_CELL, config.fenceWait());
  }

  @Override
  public Uni<Halt> find() {
    return halts.find(PUSHES);
  }

  @Override
  public Uni<Halt> lockForClaim() {
    return halts.lockForShare(PUSHES);
  }

  @Override
  public Uni<Halt> lockForChange() {
    return halts.lockForChange(PUSHES);
  }

  @Override
  public Uni<Void> save(Halt halt) {
    return halts.save(PUSHES, halt);
  }

  @Override
  public Uni<Void> awaitNothingInFlight(boolean exceptSecurity) {
    return inFlight.awaitNothing(exceptSecurity ? OutboxSql.SECURITY : "");
  }
}
