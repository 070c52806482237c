package io.towncrier.delivery.fcm;

import io.towncrier.delivery.PushMessage;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import java.time.Duration;
import java.util.UUID;

/** Messages for tests. */
final class Pushes {
  static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";

  private Pushes() {}

  static PushMessage to(String address) {
    return new PushMessage(
        "ntc_1",
        DEVICE,
        address(address, PushAddress.Kind.TOKEN),
        text("Firmware 2.0", "For your scooter"),
        Duration.ofHours(1),
        false);
  }

  static PushAddress address(String value, PushAddress.Kind kind) {
    return new PushAddress(
        "fcm",
        kind,
        new ReadableVault().seal(new Secret(value), PushAddress.placeOf(DEVICE)),
        PushAddress.placeOf(DEVICE));
  }

  static LocalizedText.Picked text(String title, String body) {
    return new LocalizedText.Picked("en", new LocalizedText.Text(title, body));
  }

  /** That nobody else uses. */
  static String someAddress() {
    return "a-" + UUID.randomUUID();
  }
}
