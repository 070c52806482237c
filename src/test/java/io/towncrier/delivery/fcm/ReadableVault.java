package io.towncrier.delivery.fcm;

import io.towncrier.platform.Secret;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.Vault;
import java.nio.charset.StandardCharsets;

/** Seals nothing. */
final class ReadableVault implements Vault {
  @Override
  public Sealed seal(Secret plain, Place place) {
    return new Sealed(plain.reveal().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Secret open(Sealed sealed, Place place) {
    return new Secret(new String(sealed.bytes(), StandardCharsets.UTF_8));
  }
}
