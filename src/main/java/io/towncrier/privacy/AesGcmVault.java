package io.towncrier.privacy;

import io.towncrier.platform.Secret;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.SealedForm;
import io.towncrier.privacy.keys.VersionKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** AES-256-GCM under the keys that live, the place being the associated data. */
@ApplicationScoped
class AesGcmVault implements Vault {
  private final LiveKeys keys;

  AesGcmVault(LiveKeys keys) {
    this.keys = keys;
  }

  @Override
  public Sealed seal(Secret plain, Place place) {
    return new Sealed(
        keys.written().seal(plain.reveal().getBytes(StandardCharsets.UTF_8), place.associated()));
  }

  @Override
  public Secret open(Sealed sealed, Place place) {
    byte[] bytes = sealed.bytes();
    int version = SealedForm.version(bytes);
    if (version == 0) {
      throw new DoesNotOpen(
          "what is in %s.%s is not a sealed value".formatted(place.table(), place.column()));
    }
    return open(
        bytes,
        place,
        keys.of(version)
            .orElseThrow(
                () ->
                    new DoesNotOpen(
                        "a sealed value of %s.%s is of version %d of the keys, which is not here"
                            .formatted(place.table(), place.column(), version))));
  }

  private static Secret open(byte[] sealed, Place place, VersionKeys with) {
    try {
      return new Secret(new String(with.open(sealed, place.associated()), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException failure) {
      throw new DoesNotOpen(
          "a sealed value of %s.%s does not open: changed, moved, or under another key"
              .formatted(place.table(), place.column()),
          failure);
    }
  }
}
