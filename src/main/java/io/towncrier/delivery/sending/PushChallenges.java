package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushHalts;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.devices.address.ChallengePusher;
import io.towncrier.platform.ForgottenCase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Pushes challenges through the provider that pushes notices, at a small pace of their own and
 * under a lease as long as those of notices.
 */
@ApplicationScoped
class PushChallenges implements ChallengePusher {
  private static final Logger LOG = Logger.getLogger(PushChallenges.class);
  // Somebody waits for the answer.
  private static final int TURNS = 3;

  private final PushHalts halts;
  private final PushProviders providers;
  private final Pace pace;
  private final DeliveryConfig config;
  private final InstantSource clock;

  PushChallenges(
      PushHalts halts,
      PushProviders providers,
      Pace pace,
      DeliveryConfig config,
      InstantSource clock) {
    this.halts = halts;
    this.providers = providers;
    this.pace = pace;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Turn begin() {
    return new UnderLease(Lease.startingNow(config.lease(), clock));
  }

  static Result resultOf(DeliveryResult result) {
    Result told = result.on(new Results());
    if (told == Result.UNAVAILABLE) {
      LOG.warnf("a challenge was not pushed: %s", result);
    }
    return told;
  }

  private final class UnderLease implements Turn {
    private final Lease lease;

    UnderLease(Lease lease) {
      this.lease = lease;
    }

    @Override
    public Duration lease() {
      return config.lease();
    }

    @Override
    public Uni<Result> push(Challenge challenge) {
      PushProvider provider = providers.reaching(challenge.address().provider());
      AccountId account = provider.account();
      // Its lease is kept by now: a halt waits for it, or is seen here.
      return halts
          .find()
          .chain(
              halt ->
                  halt.isOn()
                      ? Uni.createFrom().item(new DeliveryResult.NotSent())
                      : pushed(provider, account, challenge, TURNS))
          .map(PushChallenges::resultOf)
          .onFailure()
          .invoke(failure -> LOG.errorf("a challenge failed: %s", failure))
          .onFailure()
          .recoverWithItem(Result.UNAVAILABLE);
    }

    private Uni<DeliveryResult> pushed(
        PushProvider provider, AccountId account, Challenge challenge, int turns) {
      return pace.challenge(account, config.challengeLimitsOf(provider))
          .chain(
              permit -> {
                if (permit instanceof Pace.SendPermit.Go) {
                  // What one address answers says nothing of the account.
                  return provider.challenge(challenge, lease);
                }
                if (permit instanceof Pace.SendPermit.Wait wait && turns > 1) {
                  return Uni.createFrom()
                      .voidItem()
                      .onItem()
                      .delayIt()
                      .by(wait.length())
                      .chain(() -> pushed(provider, account, challenge, turns - 1));
                }
                if (permit instanceof Pace.SendPermit.Wait
                    || permit instanceof Pace.SendPermit.Busy
                    || permit instanceof Pace.SendPermit.Closed
                    || permit instanceof Pace.SendPermit.NothingDue) {
                  return Uni.createFrom().item(new DeliveryResult.NotSent());
                }
                throw new ForgottenCase(permit);
              });
    }
  }

  private static final class Results implements DeliveryResult.Cases<Result> {
    @Override
    public Result accepted(DeliveryResult.Accepted result) {
      return Result.PUSHED;
    }

    @Override
    public Result addressGone(DeliveryResult.AddressGone result) {
      return Result.UNKNOWN_ADDRESS;
    }

    // The app has just given it to us: it is not what the phone has.
    @Override
    public Result addressIdle(DeliveryResult.AddressIdle result) {
      return Result.UNKNOWN_ADDRESS;
    }

    @Override
    public Result tryLater(DeliveryResult.TryLater result) {
      return Result.UNAVAILABLE;
    }

    @Override
    public Result quotaExceeded(DeliveryResult.QuotaExceeded result) {
      return Result.UNAVAILABLE;
    }

    @Override
    public Result platformRefused(DeliveryResult.PlatformRefused result) {
      return Result.UNAVAILABLE;
    }

    @Override
    public Result noticeRefused(DeliveryResult.NoticeRefused result) {
      return Result.UNAVAILABLE;
    }

    @Override
    public Result providerRefused(DeliveryResult.ProviderRefused result) {
      return Result.UNAVAILABLE;
    }

    @Override
    public Result notSent(DeliveryResult.NotSent result) {
      return Result.UNAVAILABLE;
    }
  }
}
