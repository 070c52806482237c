package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.ChallengePusher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Pushes challenges through the provider that pushes notices, under a lease as long as theirs. */
@ApplicationScoped
class PushChallenges implements ChallengePusher {
  private static final Logger LOG = Logger.getLogger(PushChallenges.class);

  private final PushProviders providers;
  private final DeliveryConfig config;
  private final InstantSource clock;

  PushChallenges(PushProviders providers, DeliveryConfig config, InstantSource clock) {
    this.providers = providers;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Turn begin() {
    return new UnderLease(Lease.startingNow(config.lease(), clock));
  }

  static Result resultOf(DeliveryResult result) {
    if (result instanceof DeliveryResult.Accepted) {
      return Result.PUSHED;
    }
    if (result instanceof DeliveryResult.AddressGone) {
      return Result.UNKNOWN_ADDRESS;
    }
    LOG.warnf("a challenge was not pushed: %s", result);
    return Result.UNAVAILABLE;
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
      return providers.current().challenge(challenge, lease).map(PushChallenges::resultOf);
    }
  }
}
