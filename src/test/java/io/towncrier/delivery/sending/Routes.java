package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Routes for tests. */
final class Routes {
  static final Limits LIMITS = Limits.ofNotices(600_000, 0.2, Duration.ofSeconds(60));

  private Routes() {}

  /** What is claimed of the deliveries to a provider's addresses. */
  static Route of(String provider, PushProviders providers, DeliveryConfig config) {
    return Route.of(providers.reaching(provider), providers, config).stream()
        .filter(route -> route.label().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  /** Of FCM's, with this account. */
  static Route with(AccountId account) {
    return new Route(
        new Named("fcm"), "fcm", account, LIMITS, Map.of("fcm", "fcm"), Set.of("fcm"), Map.of());
  }

  /** Of a provider's, where these others send and these are allowed. */
  static Route of(String provider, Set<String> senders, Set<String> allowed) {
    Map<String, String> byAddress = new TreeMap<>();
    senders.forEach(name -> byAddress.put(name, name));
    return new Route(
        new Named(provider),
        provider,
        new AccountId("test", "1"),
        LIMITS,
        byAddress,
        allowed,
        Map.of());
  }

  /** Sends nothing. */
  private record Named(String name) implements PushProvider {
    @Override
    public boolean isConfigured() {
      return true;
    }

    @Override
    public String description() {
      return name;
    }

    @Override
    public Uni<DeliveryResult> send(PushMessage message, Lease lease) {
      return Uni.createFrom().item(new DeliveryResult.NotSent());
    }

    @Override
    public Uni<DeliveryResult> challenge(Challenge challenge, Lease lease) {
      return Uni.createFrom().item(new DeliveryResult.NotSent());
    }
  }
}
