package io.towncrier.delivery.console;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import io.towncrier.devices.ChallengePusher.Challenge;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Prints what it would send; for the laptop. The address stays sealed, the device id is masked. */
@ApplicationScoped
class ConsoleProvider implements PushProvider {
  private static final Logger LOG = Logger.getLogger("push");
  private static final int SHOWN = 8;

  private final FcmConfig fcm;

  ConsoleProvider(FcmConfig fcm) {
    this.fcm = fcm;
  }

  @Override
  public boolean isConfigured() {
    return fcm.credentials().isEmpty();
  }

  @Override
  public String description() {
    return "console (prints what it would send; set TOWNCRIER_FCM_CREDENTIALS to send)";
  }

  @Override
  public Uni<DeliveryResult> challenge(Challenge challenge, Lease lease) {
    if (!lease.leaves(Duration.ZERO)) {
      return Uni.createFrom().item(new DeliveryResult.NotSent());
    }
    // In full: whoever reads this console plays the phone.
    LOG.infof(
        "to %s... (%s): challenge %s",
        challenge.deviceId().substring(0, SHOWN),
        challenge.address().provider(),
        challenge.nonce().reveal());
    return Uni.createFrom().item(new DeliveryResult.Accepted("console"));
  }

  @Override
  public Uni<DeliveryResult> send(PushMessage message, Lease lease) {
    if (!lease.leaves(Duration.ZERO)) {
      return Uni.createFrom().item(new DeliveryResult.NotSent());
    }
    LOG.infof(
        "to %s... (%s, %s): notice %s: %s",
        message.deviceId().substring(0, SHOWN),
        message.address().provider(),
        message.text().language(),
        message.notice(),
        message.text().text().title());
    return Uni.createFrom().item(new DeliveryResult.Accepted("console"));
  }
}
