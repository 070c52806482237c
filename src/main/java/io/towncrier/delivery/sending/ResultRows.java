package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an answer of the provider means for the delivery: pure. */
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

  private record Rows(RecordResults.Sent sent, Instant now, double pace, double random)
      implements DeliveryResult.Cases<Outbox.Result> {
    @Override
    public Outbox.Result accepted(DeliveryResult.Accepted accepted) {
      return ResultRows.accepted(sent, accepted);
    }

    @Override
    public Outbox.Result addressGone(DeliveryResult.AddressGone gone) {
      return dead(sent, gone.code());
    }

    @Override
    public Outbox.Result addressIdle(DeliveryResult.AddressIdle idle) {
      return dead(sent, idle.code());
    }

    @Override
    public Outbox.Result tryLater(DeliveryResult.TryLater later) {
      Outbox.Result row =
          RetryPolicy.delay(sent.item().due().attempts() + 1, later.retryAfter(), random)
              .map(delay -> pending(sent, later.code(), after(delay), true))
              .orElseGet(() -> dead(sent, later.code()));
      return later.mayBeTaken() ? row.heldFor(sent.item().message().ttl()) : row.withNothingSent();
    }

    @Override
    public Outbox.Result quotaExceeded(DeliveryResult.QuotaExceeded exceeded) {
      Duration delay = RetryPolicy.afterQuota(exceeded.retryAfter(), pace, random);
      return pending(sent, exceeded.code(), after(delay), false).withNothingSent();
    }

    @Override
    public Outbox.Result platformRefused(DeliveryResult.PlatformRefused refused) {
      return pending(sent, refused.code(), after(AFTER_REFUSAL), false).withNothingSent();
    }

    @Override
    public Outbox.Result noticeRefused(DeliveryResult.NoticeRefused refused) {
      return dead(sent, refused.code());
    }

    @Override
    public Outbox.Result providerRefused(DeliveryResult.ProviderRefused refused) {
      return pending(sent, refused.code(), after(AFTER_REFUSAL), false).withNothingSent();
    }

    @Override
    public Outbox.Result notSent(DeliveryResult.NotSent result) {
      return pending(sent, "lease-nearly-over", now, false);
    }

    private Instant after(Duration delay) {
      Duration left = Duration.between(now, sent.item().expiresAt());
      return now.plus(RetryPolicy.withinLife(delay, left, random));
    }
  }
}
