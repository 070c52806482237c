package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.devices.DeviceStore;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Writes what became of pushes, many at once, and what the provider's account learns of it. */
@ApplicationScoped
class RecordResults {
  private static final Logger LOG = Logger.getLogger(RecordResults.class);
  // Of a device that was here since then we know better than its provider.
  private static final Duration IDLE_FOR = Duration.ofDays(30);

  private final Outbox outbox;
  private final PushAccounts accounts;
  private final DeviceStore devices;
  private final DeliveryCounters counters;
  private final Transactions transactions;

  RecordResults(
      Outbox outbox,
      PushAccounts accounts,
      DeviceStore devices,
      DeliveryCounters counters,
      Transactions transactions) {
    this.outbox = outbox;
    this.accounts = accounts;
    this.devices = devices;
    this.counters = counters;
    this.transactions = transactions;
  }

  /** A notice that the provider refuses is halted after it. */
  Uni<Void> run(Route route, List<Sent> sent) {
    List<Outbox.Result> accepted =
        sent.stream()
            .flatMap(
                one ->
                    one.result() instanceof DeliveryResult.Accepted taken
                        ? Stream.of(ResultRows.accepted(one, taken))
                        : Stream.empty())
            .toList();
    return (accepted.size() == sent.size() ? accepted(route, sent, accepted) : any(route, sent))
        .invoke(dead -> counters.recorded(sent, dead))
        .chain(() -> haltRefused(sent));
  }

  /**
   * What needs nothing of the account is written without its lock, which every claim asks for: the
   * account learns of it in a moment of its own.
   */
  private Uni<Long> accepted(Route route, List<Sent> sent, List<Outbox.Result> rows) {
    return transactions
        .inTransaction(() -> outbox.recordResults(rows))
        .chain(() -> transactions.inLightTransaction(() -> learn(route, sent)))
        .replaceWith(0L);
  }

  /** In one transaction. */
  private Uni<Long> any(Route route, List<Sent> sent) {
    return transactions.inTransaction(
        () ->
            accounts
                .lock(route.account(), route.limits())
                .chain(
                    known -> {
                      PushAccount learnt = AnswersOfAccount.learn(known, sent, route.limits());
                      return write(sent, learnt, known.now())
                          .call(() -> accounts.save(learnt, acceptedOf(sent)))
                          .invoke(() -> tell(known.account(), learnt));
                    }));
  }

  private Uni<Void> learn(Route route, List<Sent> sent) {
    return accounts
        .lock(route.account(), route.limits())
        .chain(
            known -> {
              PushAccount learnt = AnswersOfAccount.learn(known, sent, route.limits());
              return accounts
                  .save(learnt, acceptedOf(sent))
                  .invoke(() -> tell(known.account(), learnt));
            });
  }

  /** In the order in which rows of several accounts are locked: pure. */
  static SortedMap<String, Long> acceptedOf(List<Sent> sent) {
    SortedMap<String, Long> accepted = new TreeMap<>();
    for (Sent one : sent) {
      if (one.result() instanceof DeliveryResult.Accepted) {
        accepted.merge(one.item().due().notice(), 1L, Long::sum);
      }
    }
    return accepted;
  }

  /** In the order in which devices are locked, of which some lose an address: pure. */
  private static List<Sent> byDevice(List<Sent> sent) {
    return sent.stream().sorted(Comparator.comparing(one -> one.item().due().device())).toList();
  }

  /** How many are given up with it. */
  private Uni<Long> write(List<Sent> sent, PushAccount learnt, Instant now) {
    return Multi.createFrom()
        .iterable(byDevice(sent))
        .onItem()
        .transformToUniAndConcatenate(one -> rowOf(one, learnt, now))
        .collect()
        .asList()
        .chain(
            rows ->
                outbox
                    .recordResults(rows)
                    .replaceWith(
                        rows.stream().filter(r -> r.state() == Outbox.State.DEAD).count()));
  }

  /** An address that is gone is dropped; one that was changed since the send is pushed to anew. */
  private Uni<Outbox.Result> rowOf(Sent sent, PushAccount learnt, Instant now) {
    double random = ThreadLocalRandom.current().nextDouble();
    Outbox.Result row = ResultRows.of(sent, now, learnt.budget().pace(), random);
    if (!learnt.fuse().mayPrune(now)) {
      return Uni.createFrom().item(row);
    }
    if (sent.result() instanceof DeliveryResult.AddressGone gone) {
      return devices
          .retireAddress(sent.item().due().device(), sent.item().message().address())
          .map(same -> same ? row.withoutAddress() : ResultRows.again(sent, gone.code(), now));
    }
    return withoutIdle(row, sent, now);
  }

  /**
   * An address that the provider has not seen for long goes when the device was not here either.
   */
  private Uni<Outbox.Result> withoutIdle(Outbox.Result row, Sent sent, Instant now) {
    if (!(sent.result() instanceof DeliveryResult.AddressIdle)) {
      return Uni.createFrom().item(row);
    }
    return devices
        .retireIdleAddress(
            sent.item().due().device(),
            sent.item().message().address(),
            LocalDate.ofInstant(now.minus(IDLE_FOR), ZoneOffset.UTC))
        .map(same -> same ? row.withoutAddress() : row);
  }

  private Uni<Void> haltRefused(List<Sent> sent) {
    Map<String, String> refused = new TreeMap<>();
    for (Sent one : sent) {
      if (one.result() instanceof DeliveryResult.NoticeRefused no) {
        refused.put(one.item().due().notice(), no.code());
      }
    }
    return Multi.createFrom()
        .iterable(refused.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            entry -> {
              LogContext.about(
                  entry.getKey(),
                  () -> LOG.errorf("notice %s is halted: %s", entry.getKey(), entry.getValue()));
              return outbox.halt(entry.getKey(), entry.getValue());
            })
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private static void tell(PushAccount was, PushAccount is) {
    if (is.breaker().failures() > was.breaker().failures()) {
      LOG.errorf(
          "%s is not pushed to until %s: %s",
          is.id(), is.breaker().openUntil(), is.breaker().because().orElse(""));
    } else if (was.breaker().failures() > 0 && is.breaker().failures() == 0) {
      LOG.infof("%s is pushed to again", is.id());
    }
    if (is.fuse().blownUntil().isAfter(was.fuse().blownUntil())) {
      LOG.errorf(
          "%d of %d addresses are said to be gone: none is pruned until %s",
          is.fuse().gone(), is.fuse().pushes(), is.fuse().blownUntil());
    }
    if (is.budget().slowedAt().isAfter(was.budget().slowedAt())) {
      LOG.warnf(
          "the quota of %s is exceeded: the pace is %.2f", is.id().project(), is.budget().pace());
    }
    is.byProduct()
        .forEach(
            (product, breaker) -> {
              if (breaker.failures() > was.of(product).failures()) {
                LOG.errorf(
                    "devices of %s are not pushed to until %s: %s",
                    product, breaker.openUntil(), breaker.because().orElse(""));
              }
            });
  }

  /** A push, and what the provider made of it. */
  record Sent(String claim, Claims.ToSend item, DeliveryResult result) {}
}
