package io.towncrier.delivery;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceStore;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Sends what is due, claim by claim, until nothing is. */
@ApplicationScoped
public class DrainOutbox {
  private static final Logger LOG = Logger.getLogger(DrainOutbox.class);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(60);

  private final Claims claims;
  private final Outbox outbox;
  private final DeviceStore devices;
  private final PushProviders providers;
  private final Transactions transactions;
  private final InstantSource clock;

  DrainOutbox(
      Claims claims,
      Outbox outbox,
      DeviceStore devices,
      PushProviders providers,
      Transactions transactions,
      InstantSource clock) {
    this.claims = claims;
    this.outbox = outbox;
    this.devices = devices;
    this.providers = providers;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Drains the outbox.
   *
   * @param notice only of this one
   * @param goOn asked before every claim
   * @return how many deliveries were looked at
   */
  public Uni<Long> run(Optional<String> notice, BooleanSupplier goOn) {
    PushProvider provider = providers.current();
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                goOn.getAsBoolean()
                    ? claims.next(notice).chain(claim -> send(claim, provider))
                    : Uni.createFrom().item(new Round(0, true)))
        .whilst(round -> !round.last)
        .collect()
        .with(Collectors.summingLong(Round::looked));
  }

  private Uni<Round> send(Claims.Claim claim, PushProvider provider) {
    return Multi.createFrom()
        .iterable(claim.toSend())
        .onItem()
        .transformToUni(
            item ->
                provider.send(item.message(), claim.lease()).map(result -> new Sent(item, result)))
        .merge(Math.max(1, claim.toSend().size()))
        // One after the other: they share the session of this stream's context.
        .onItem()
        .transformToUniAndConcatenate(
            sent ->
                record(claim.id(), sent)
                    // The others still count; this one is taken up again when its lease ends.
                    .onFailure()
                    .invoke(failure -> LOG.errorf("a result is lost: %s", failure))
                    .onFailure()
                    .recoverWithNull()
                    .replaceWith(sent))
        .collect()
        .asList()
        .map(
            sent ->
                new Round(
                    claim.looked(),
                    claim.looked() == 0
                        || sent.stream()
                            .anyMatch(s -> s.result instanceof DeliveryResult.ProviderRefused)));
  }

  private Uni<Void> record(String claim, Sent sent) {
    if (sent.result instanceof DeliveryResult.ProviderRefused refused) {
      LOG.errorf("the push provider refuses our credentials: %s", refused.code());
    }
    return transactions.inTransaction(
        () ->
            rowOf(sent)
                .chain(row -> outbox.recordResults(claim, List.of(row)))
                .chain(() -> haltIfRefused(sent)));
  }

  /** An address that is gone is dropped; one that was changed since the send is pushed to anew. */
  private Uni<Outbox.Result> rowOf(Sent sent) {
    Outbox.Result row = resultOf(sent);
    if (!(sent.result instanceof DeliveryResult.AddressGone gone)) {
      return Uni.createFrom().item(row);
    }
    Outbox.Due due = sent.item.due();
    return devices
        .retireAddress(due.device(), sent.item.message().address())
        .map(same -> same ? row : pending(due, gone.code(), clock.instant(), true));
  }

  private Uni<Void> haltIfRefused(Sent sent) {
    if (sent.result instanceof DeliveryResult.NoticeRefused refused) {
      LOG.errorf("notice %s is halted: %s", sent.item.due().notice(), refused.code());
      return outbox.halt(sent.item.due().notice(), refused.code());
    }
    return Uni.createFrom().voidItem();
  }

  private Outbox.Result resultOf(Sent sent) {
    Outbox.Due due = sent.item.due();
    Instant now = clock.instant();
    if (sent.result instanceof DeliveryResult.Accepted accepted) {
      return new Outbox.Result(
          due,
          Outbox.State.ACCEPTED,
          Optional.empty(),
          Optional.empty(),
          Optional.of(accepted.name()),
          true);
    } else if (sent.result instanceof DeliveryResult.TryLater later) {
      return RetryPolicy.delay(
              due.attempts() + 1, later.retryAfter(), ThreadLocalRandom.current().nextDouble())
          .map(delay -> pending(due, later.code(), now.plus(delay), true))
          .orElseGet(() -> dead(due, later.code()));
    } else if (sent.result instanceof DeliveryResult.QuotaExceeded exceeded) {
      return pending(
          due, exceeded.code(), now.plus(exceeded.retryAfter().orElse(AFTER_REFUSAL)), false);
    } else if (sent.result instanceof DeliveryResult.PlatformRefused refused) {
      return pending(due, refused.code(), now.plus(AFTER_REFUSAL), false);
    } else if (sent.result instanceof DeliveryResult.AddressGone gone) {
      return dead(due, gone.code());
    } else if (sent.result instanceof DeliveryResult.NoticeRefused refused) {
      return dead(due, refused.code());
    } else if (sent.result instanceof DeliveryResult.ProviderRefused refused) {
      return pending(due, refused.code(), now.plus(AFTER_REFUSAL), false);
    }
    return pending(due, "lease-nearly-over", now, false);
  }

  private static Outbox.Result pending(
      Outbox.Due due, String reason, Instant dueAt, boolean tried) {
    return new Outbox.Result(
        due,
        Outbox.State.PENDING,
        Optional.of(reason),
        Optional.of(dueAt),
        Optional.empty(),
        tried);
  }

  private static Outbox.Result dead(Outbox.Due due, String reason) {
    return new Outbox.Result(
        due, Outbox.State.DEAD, Optional.of(reason), Optional.empty(), Optional.empty(), true);
  }

  private record Round(long looked, boolean last) {}

  private record Sent(Claims.ToSend item, DeliveryResult result) {}
}
