package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushHalts;
import io.towncrier.delivery.PushMessage;
import io.towncrier.platform.Halt;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Claims deliveries: step 1 of the opt-out fence (docs/adr/0004). One short transaction that locks
 * everything the decision rests on, decides, and marks; nothing is sent before it is committed.
 */
@ApplicationScoped
public class Claims {
  private final PushHalts halts;
  private final Outbox outbox;
  private final ClaimFacts facts;
  private final Transactions transactions;
  private final InstantSource clock;
  private final DeliveryConfig config;

  Claims(
      PushHalts halts,
      Outbox outbox,
      ClaimFacts facts,
      Transactions transactions,
      InstantSource clock,
      DeliveryConfig config) {
    this.halts = halts;
    this.outbox = outbox;
    this.facts = facts;
    this.transactions = transactions;
    this.clock = clock;
    this.config = config;
  }

  /**
   * Claims what is due; what is not to be sent is settled on the way.
   *
   * @param route whose
   * @param turn how many, and to whom not
   */
  Uni<Claim> next(Route route, Optional<String> notice, Pace.SendPermit.Go turn) {
    Lease lease = Lease.startingNow(config.lease(), clock);
    String id = Ids.next("clm");
    return transactions.inTransaction(
        () ->
            halts
                .lockForClaim()
                .chain(halt -> due(route.label(), notice, turn, halt))
                .chain(
                    due ->
                        due.isEmpty()
                            ? Uni.createFrom().item(new Claim(id, lease, 0, List.of()))
                            : decide(id, lease, due, route, turn)));
  }

  private Uni<List<Outbox.Due>> due(
      String provider, Optional<String> notice, Pace.SendPermit.Go turn, Halt halt) {
    boolean nothingGoesOn = halt.isOn() && !halt.exceptsSecurity();
    return nothingGoesOn
        ? Uni.createFrom().item(List.of())
        : outbox.lockDue(turn.pushes(), notice, turn.urgent(), halt.isOn(), provider);
  }

  private Uni<Claim> decide(
      String id, Lease lease, List<Outbox.Due> due, Route route, Pace.SendPermit.Go turn) {
    return facts
        .lock(due)
        .chain(
            locked -> {
              ClaimDecision decision =
                  new ClaimDecision(route, locked, turn, config.ttl(), clock.instant());
              List<ClaimDecision.Decided> decided = due.stream().map(decision::on).toList();
              return outbox
                  .recordClaim(
                      id, config.lease(), decided.stream().map(ClaimDecision.Decided::row).toList())
                  .replaceWith(
                      new Claim(
                          id,
                          lease,
                          due.size(),
                          decided.stream()
                              .map(ClaimDecision.Decided::toSend)
                              .flatMap(Optional::stream)
                              .toList()));
            });
  }

  /**
   * What one claim got hold of.
   *
   * @param looked how many deliveries were due
   * @param toSend those that may be sent, until the lease ends
   */
  record Claim(String id, Lease lease, int looked, List<ToSend> toSend) {}

  /**
   * A delivery that is claimed.
   *
   * @param product of the device
   * @param message to send
   * @param expiresAt from when on it must not be sent
   * @param trace that its notice has begun
   * @param turn where it goes on when its address does not take it
   */
  record ToSend(
      Outbox.Due due,
      String product,
      PushMessage message,
      Instant expiresAt,
      Optional<String> trace,
      AddressTurn turn) {}
}
