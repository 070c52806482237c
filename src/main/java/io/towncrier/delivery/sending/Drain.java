package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.LogContext;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * One run through the outbox. It claims as long as there is room for more under way, and does not
 * wait for the slowest push of a claim: the next claim goes out beside it.
 */
final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  // Of the other instances none sends meanwhile.
  private static final int TRIES_OF_A_PROBE = 100;

  private final Pace pace;
  private final Claims claims;
  private final Route route;
  private final InFlightWindow underWay;
  private final int batch;
  private final DrainReport report;
  private long examined;
  private int unused;
  // Another instance may hold all urgent deliveries; then ordinary ones are claimed.
  private boolean urgentFirst = true;

  Drain(
      Pace pace,
      Claims claims,
      Route route,
      InFlightWindow underWay,
      int batch,
      DrainReport report) {
    this.pace = pace;
    this.claims = claims;
    this.route = route;
    this.underWay = underWay;
    this.batch = batch;
    this.report = report;
  }

  /** Done when what was claimed is recorded, or its lease has run out. */
  Uni<Long> run(Optional<String> notice, long share, BooleanSupplier hasTime) {
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                examined < share && hasTime.getAsBoolean()
                    ? round(notice)
                    : Uni.createFrom().item(Boolean.FALSE))
        .whilst(Boolean.TRUE::equals)
        .collect()
        .last()
        .onTermination()
        .call(underWay::recorded)
        .map(done -> examined)
        .onTermination()
        .invoke(report::tell);
  }

  /** Whether there may be more. */
  private Uni<Boolean> round(Optional<String> notice) {
    return underWay
        .room(batch)
        // Who made room goes on in its own database session.
        .emitOn(Infrastructure.getDefaultExecutor())
        .chain(room -> pace.next(route, Math.min(room, batch), unused, notice, urgentFirst))
        .chain(turn -> take(turn, notice));
  }

  private Uni<Boolean> take(Pace.SendPermit turn, Optional<String> notice) {
    if (turn instanceof Pace.SendPermit.Busy busy) {
      return Uni.createFrom().item(Boolean.TRUE).onItem().delayIt().by(busy.length());
    }
    unused = 0;
    if (turn instanceof Pace.SendPermit.Go go) {
      return claim(notice, go, go.probe() ? TRIES_OF_A_PROBE : 1).map(claim -> send(claim, go));
    } else if (turn instanceof Pace.SendPermit.Wait wait) {
      return Uni.createFrom().item(Boolean.TRUE).onItem().delayIt().by(wait.length());
    }
    LOG.debugf("nothing is sent: %s", turn);
    if (turn instanceof Pace.SendPermit.Closed) {
      return pace.handOver(route).map(moved -> moved > 0);
    }
    if (turn instanceof Pace.SendPermit.NothingDue) {
      return Uni.createFrom().item(Boolean.FALSE);
    }
    throw new ForgottenCase(turn);
  }

  /** A probe that met a delivery which must not go out has shown nothing: it takes the next. */
  private Uni<Claims.Claim> claim(Optional<String> notice, Pace.SendPermit.Go turn, int tries) {
    return claims
        .next(route, notice, turn)
        .chain(
            claim -> {
              boolean wasted = claim.looked() > 0 && claim.toSend().isEmpty() && tries > 1;
              if (!wasted) {
                return Uni.createFrom().item(claim);
              }
              examined += claim.looked();
              return claim(notice, turn, tries - 1);
            });
  }

  private boolean send(Claims.Claim claim, Pace.SendPermit.Go turn) {
    examined += claim.looked();
    unused = turn.pushes() - claim.toSend().size();
    boolean wasUrgent = turn.urgent();
    urgentFirst = !wasUrgent || claim.looked() > 0;
    underWay.add(claim.toSend().size());
    DrainReport.OfClaim told = report.claimed(claim);
    for (Claims.ToSend item : claim.toSend()) {
      route
          .provider()
          .send(item.message(), claim.lease().writingUntil(item.expiresAt()))
          .onFailure()
          .recoverWithItem(
              failure -> {
                LogContext.about(
                    item.due().notice(), () -> LOG.errorf("the provider failed: %s", failure));
                return new DeliveryResult.TryLater("SENDER_FAILED", Optional.empty());
              })
          .subscribe()
          .with(
              result -> {
                told.answered(item, result);
                underWay.done(new RecordResults.Sent(claim.id(), item, result));
              });
    }
    return wasUrgent || claim.looked() > 0;
  }
}
