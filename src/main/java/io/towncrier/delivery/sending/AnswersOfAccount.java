package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.sending.RecordResults.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the answers to some pushes say of the account that they were sent with: pure. */
final class AnswersOfAccount {
  private AnswersOfAccount() {}

  static PushAccount learn(PushAccounts.Known known, List<Sent> sent, Limits limits) {
    Instant now = known.now();
    PushAccount account = counted(known.account(), sent, now);
    for (Sent one : sent) {
      account = one.result().on(new Refusals(account, one.item().product(), limits, now));
    }
    return account;
  }

  private static PushAccount counted(PushAccount account, List<Sent> sent, Instant now) {
    Count count = new Count();
    PushAccount next = account;
    for (Sent one : sent) {
      String product = one.item().product();
      // A push to a platform that was refused came through.
      if (one.result().on(count) == Heard.TAKEN && next.of(product).failures() > 0) {
        next = next.with(product, next.of(product).counted(now, 1, 0, ""));
      }
    }
    return next.with(next.fuse().counted(now, count.answered, count.gone))
        .with(next.breaker().counted(now, count.answered, count.silent, count.silence));
  }

  /** What one result says of whether the provider answers. */
  private enum Heard {
    TAKEN,
    ANSWERED,
    SILENT,
    NOTHING
  }

  /** Counts what the provider answered, and what it did not. */
  private static final class Count implements DeliveryResult.Cases<Heard> {
    private int answered;
    private int gone;
    private int silent;
    private String silence = "";

    @Override
    public Heard accepted(DeliveryResult.Accepted result) {
      answered++;
      return Heard.TAKEN;
    }

    @Override
    public Heard addressGone(DeliveryResult.AddressGone result) {
      gone++;
      answered++;
      return Heard.ANSWERED;
    }

    // The fuse is for addresses that seem to be gone, by whatever words.
    @Override
    public Heard addressIdle(DeliveryResult.AddressIdle result) {
      gone++;
      answered++;
      return Heard.ANSWERED;
    }

    @Override
    public Heard noticeRefused(DeliveryResult.NoticeRefused result) {
      answered++;
      return Heard.ANSWERED;
    }

    @Override
    public Heard tryLater(DeliveryResult.TryLater result) {
      silent++;
      silence = result.code();
      return Heard.SILENT;
    }

    // These three have rules of their own: see Refusals.
    @Override
    public Heard quotaExceeded(DeliveryResult.QuotaExceeded result) {
      return Heard.NOTHING;
    }

    @Override
    public Heard platformRefused(DeliveryResult.PlatformRefused result) {
      return Heard.NOTHING;
    }

    @Override
    public Heard providerRefused(DeliveryResult.ProviderRefused result) {
      return Heard.NOTHING;
    }

    @Override
    public Heard notSent(DeliveryResult.NotSent result) {
      return Heard.NOTHING;
    }
  }

  /** The account after one result that is about more than its own message. */
  private record Refusals(PushAccount account, String product, Limits limits, Instant now)
      implements DeliveryResult.Cases<PushAccount> {
    @Override
    public PushAccount quotaExceeded(DeliveryResult.QuotaExceeded result) {
      Duration asked = result.retryAfter().orElse(Duration.ZERO);
      return account.with(account.budget().exceeded(limits, now, asked));
    }

    @Override
    public PushAccount providerRefused(DeliveryResult.ProviderRefused result) {
      return account.with(account.breaker().refused(now, result.code()));
    }

    @Override
    public PushAccount platformRefused(DeliveryResult.PlatformRefused result) {
      return account.with(product, account.of(product).refused(now, result.code()));
    }

    @Override
    public PushAccount accepted(DeliveryResult.Accepted result) {
      return account;
    }

    @Override
    public PushAccount addressGone(DeliveryResult.AddressGone result) {
      return account;
    }

    @Override
    public PushAccount addressIdle(DeliveryResult.AddressIdle result) {
      return account;
    }

    @Override
    public PushAccount tryLater(DeliveryResult.TryLater result) {
      return account;
    }

    @Override
    public PushAccount noticeRefused(DeliveryResult.NoticeRefused result) {
      return account;
    }

    @Override
    public PushAccount notSent(DeliveryResult.NotSent result) {
      return account;
    }
  }
}
