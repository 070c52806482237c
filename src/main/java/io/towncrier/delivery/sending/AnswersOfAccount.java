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
      DeliveryResult result = one.result();
      if (result instanceof DeliveryResult.QuotaExceeded exceeded) {
        Duration asked = exceeded.retryAfter().orElse(Duration.ZERO);
        account = account.with(account.budget().exceeded(limits, now, asked));
      } else if (result instanceof DeliveryResult.ProviderRefused refused) {
        account = account.with(account.breaker().refused(now, refused.code()));
      } else if (result instanceof DeliveryResult.PlatformRefused refused) {
        String product = one.item().product();
        account = account.with(product, account.of(product).refused(now, refused.code()));
      }
    }
    return account;
  }

  private static PushAccount counted(PushAccount account, List<Sent> sent, Instant now) {
    int gone = 0;
    int silent = 0;
    int answered = 0;
    String silence = "";
    PushAccount next = account;
    for (Sent one : sent) {
      DeliveryResult result = one.result();
      if (result instanceof DeliveryResult.TryLater later) {
        silent++;
        silence = later.code();
      } else if (result instanceof DeliveryResult.AddressGone) {
        gone++;
        answered++;
      } else if (result instanceof DeliveryResult.Accepted) {
        answered++;
        String product = one.item().product();
        // A push to a platform that was refused came through.
        if (next.of(product).failures() > 0) {
          next = next.with(product, next.of(product).counted(now, 1, 0, ""));
        }
      } else if (result instanceof DeliveryResult.NoticeRefused) {
        answered++;
      }
    }
    return next.with(next.fuse().counted(now, answered, gone))
        .with(next.breaker().counted(now, answered, silent, silence));
  }
}
