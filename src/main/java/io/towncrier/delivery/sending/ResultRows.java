package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an answer of the provider means for the delivery: pure. What was accepted is done. What was
 * refused goes to the next address of its device at once, and what may have been taken goes there
 * when the lease is over (docs/adr/0069).
 */
final class ResultRows {
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(60);

  private ResultRows() {}

  /**
   * The row after its send.
   *
   * @param pace what is left of the speed of all who send
   * @param random between 0 and 1
   */
  static Outbox.Result of(RecordResults.Sent sent, Instant now, double pace, double random) {
    return sent.result().on(new Rows(sent, now, pace, random));
  }

  /** The row after a send that the provider took. */
  static Outbox.Result accepted(RecordResults.Sent sent, DeliveryResult.Accepted accepted) {
    return new Outbox.Result(
            sent.claim(),
            sent.item().due(),
            Outbox.State.ACCEPTED,
            Optional.empty(),
            Optional.empty(),
            Optional.of(accepted.name()),
            true)
        .heldFor(sent.item().message().ttl());
  }

  /** The address was another one: the new one is pushed to at once. */
  static Outbox.Result again(RecordResults.Sent sent, String code, Instant now) {
    return pending(sent, code, now, true).withNothingSent();
  }

  private static Outbox.Result pending(
      RecordResults.Sent sent, String reason, Instant dueAt, boolean tried) {
    return new Outbox.Result(
        sent.claim(),
        sent.item().due(),
        Outbox.State.PENDING,
        Optional.of(reason),
        Optional.of(dueAt),
        Optional.empty(),
        tried);
  }

  private static Outbox.Result dead(RecordResults.Sent sent, String reason) {
    return new Outbox.Result(
        sent.claim(),
        sent.item().due(),
        Outbox.State.DEAD,
        Optional.of(reason),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  private static AddressTurn turn(RecordResults.Sent sent) {
    return sent.item().turn();
  }

  /** At once: it is known that nothing was sent. */
  private static Optional<Outbox.Result> onwards(
      RecordResults.Sent sent, String code, Instant now, boolean tried) {
    return turn(sent)
        .onwards()
        .map(move -> pending(sent, code, now, tried).withNothingSent().moving(move));
  }

  /** The last of a round has refused it: the next one begins with the first. */
  private static Outbox.Result anew(RecordResults.Sent sent, Outbox.Result row) {
    return row.state() == Outbox.State.PENDING
        ? turn(sent).anew().map(row::moving).orElse(row)
        : row;
  }

  private record Rows(RecordResults.Sent sent, Instant now, double pace, double random)
      implements DeliveryResult.Cases<Outbox.Result> {
    @Override
    public Outbox.Result accepted(DeliveryResult.Accepted accepted) {
      return ResultRows.accepted(sent, accepted);
    }

    @Override
    public Outbox.Result addressGone(DeliveryResult.AddressGone gone) {
      return reachesNobody(gone.code());
    }

    /** Addresses that were gone past, and are there still, may take it another time. */
    private Outbox.Result reachesNobody(String code) {
      return onwards(sent, code, now, true)
          .orElseGet(
              () ->
                  turn(sent).anew().isEmpty()
                      ? dead(sent, code)
                      : anew(sent, retried(code, Optional.empty())).withNothingSent());
    }

    @Override
    public Outbox.Result addressIdle(DeliveryResult.AddressIdle idle) {
      return reachesNobody(idle.code());
    }

    @Override
    public Outbox.Result tryLater(DeliveryResult.TryLater later) {
      return later.mayBeTaken()
          ? unknown(later).heldFor(sent.item().message().ttl())
          : onwards(sent, later.code(), now, true)
              .orElseGet(
                  () -> anew(sent, retried(later.code(), later.retryAfter())).withNothingSent());
    }

    /** The lease is waited for where the row is written: it ends by the clock of the database. */
    private Outbox.Result unknown(DeliveryResult.TryLater later) {
      return turn(sent)
          .onwards()
          .map(move -> pending(sent, later.code(), now, true).moving(move))
          .orElseGet(() -> anew(sent, retried(later.code(), later.retryAfter())));
    }

    private Outbox.Result retried(String code, Optional<Duration> asked) {
      return RetryPolicy.delay(sent.item().due().attempts() + 1, asked, random)
          .map(delay -> pending(sent, code, after(delay), true))
          .orElseGet(() -> dead(sent, code));
    }

    @Override
    public Outbox.Result quotaExceeded(DeliveryResult.QuotaExceeded exceeded) {
      Duration delay = RetryPolicy.afterQuota(exceeded.retryAfter(), pace, random);
      // It is worth waiting for, unless its notice is over by then.
      Optional<Outbox.Result> other =
          delay.compareTo(left()) < 0
              ? Optional.empty()
              : onwards(sent, exceeded.code(), now, false);
      return other.orElseGet(
          () -> pending(sent, exceeded.code(), after(delay), false).withNothingSent());
    }

    @Override
    public Outbox.Result platformRefused(DeliveryResult.PlatformRefused refused) {
      return refused(refused.code());
    }

    /** Until the provider or the platform takes something again. */
    private Outbox.Result refused(String code) {
      return onwards(sent, code, now, false)
          .orElseGet(
              () -> anew(sent, pending(sent, code, after(AFTER_REFUSAL), false)).withNothingSent());
    }

    @Override
    public Outbox.Result noticeRefused(DeliveryResult.NoticeRefused refused) {
      return dead(sent, refused.code());
    }

    @Override
    public Outbox.Result providerRefused(DeliveryResult.ProviderRefused refused) {
      return refused(refused.code());
    }

    @Override
    public Outbox.Result notSent(DeliveryResult.NotSent result) {
      return pending(sent, "lease-nearly-over", now, false);
    }

    private Instant after(Duration delay) {
      return now.plus(RetryPolicy.withinLife(delay, left(), random));
    }

    private Duration left() {
      return Duration.between(now, sent.item().expiresAt());
    }
  }
}
