package io.towncrier.delivery.fcm;

import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.phone.PhoneKeys;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.privacy.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Messages for tests. */
final class Pushes {
  static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";

  /** Opens addresses of tests; keys of messages are those of generation 1. */
  static final PhoneKeys KEYS = new PhoneKeys(new ReadableVault(), TestKeys.messageKeys());

  static final Instant EXPIRES = Instant.parse("2026-05-01T13:00:00Z");

  private Pushes() {}

  static PushMessage to(String address) {
    return new PushMessage(
        "ntc_1",
        DEVICE,
        address(address, PushAddress.Kind.TOKEN),
        text("Firmware 2.0", "For your scooter"),
        Duration.ofHours(1),
        false,
        about(Category.FIRMWARE_UPDATE),
        PushMessage.Attempt.FIRST);
  }

  /** A notice of a category, ordinary unless it is about security. */
  static PushMessage notice(String address, String notice, Category category) {
    return new PushMessage(
        notice,
        DEVICE,
        address(address, PushAddress.Kind.TOKEN),
        text(notice, "Of " + category.code()),
        Duration.ofHours(1),
        category == Category.SECURITY,
        about(category),
        PushMessage.Attempt.FIRST);
  }

  static PushMessage.Handling about(Category category) {
    return new PushMessage.Handling(category, EXPIRES, false);
  }

  /** To an app that has the kit. */
  static PushMessage byApp(PushMessage message) {
    PushMessage.Handling handling = message.handling();
    return new PushMessage(
        message.notice(),
        message.deviceId(),
        message.address(),
        message.text(),
        message.ttl(),
        message.urgent(),
        new PushMessage.Handling(handling.category(), handling.expires(), true),
        message.attempt());
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
