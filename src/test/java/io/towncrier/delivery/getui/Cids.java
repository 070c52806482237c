package io.towncrier.delivery.getui;

import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.phone.PhoneKeys;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.TestKeys;
import io.towncrier.privacy.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Messages for tests. */
final class Cids {
  static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";
  static final PhoneKeys KEYS = new PhoneKeys(new Readable(), TestKeys.messageKeys());

  private Cids() {}

  /** That nobody else uses. */
  static String some() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  static PushMessage to(String cid) {
    return to(cid, PushMessage.Attempt.FIRST, Category.FIRMWARE_UPDATE, text("Firmware 2.0", "B"));
  }

  static PushMessage to(
      String cid, PushMessage.Attempt attempt, Category category, LocalizedText.Picked text) {
    return new PushMessage(
        "ntc_1", DEVICE, address(cid), text, Duration.ofHours(1), false, about(category), attempt);
  }

  static PushMessage.Handling about(Category category) {
    return new PushMessage.Handling(category, Instant.parse("2026-05-01T13:00:00Z"), false);
  }

  static LocalizedText.Picked text(String title, String body) {
    return new LocalizedText.Picked("en", new LocalizedText.Text(title, body));
  }

  static PushAddress address(String cid) {
    return new PushAddress(
        "getui",
        PushAddress.Kind.CID,
        new Readable().seal(new Secret(cid), PushAddress.placeOf(DEVICE)),
        PushAddress.placeOf(DEVICE));
  }

  static Lease lease() {
    return Lease.startingNow(Duration.ofSeconds(45), InstantSource.system());
  }

  /** Seals nothing. */
  private static final class Readable implements Vault {
    @Override
    public Sealed seal(Secret plain, Place place) {
      return new Sealed(plain.reveal().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Secret open(Sealed sealed, Place place) {
      return new Secret(new String(sealed.bytes(), StandardCharsets.UTF_8));
    }
  }
}
