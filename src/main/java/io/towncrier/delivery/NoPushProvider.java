package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import java.util.Optional;

/** What there is without credentials: nothing is claimed, and pushes wait. */
final class NoPushProvider implements PushProvider {
  @Override
  public boolean isConfigured() {
    return false;
  }

  @Override
  public String description() {
    return "nowhere: they wait until TOWNCRIER_FCM_CREDENTIALS names a service-account file, or"
        + " TOWNCRIER_GETUI_CREDENTIALS the account of Getui";
  }

  @Override
  public Optional<String> defect() {
    return Optional.of(FindStandstill.NO_CREDENTIALS);
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
