package io.towncrier.privacy;

import io.towncrier.platform.Secret;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.VersionKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.List;

/** A keyed hash (HMAC-SHA-256) by which a value is found or compared without being kept. */
@ApplicationScoped
public class BlindIndex {
  private final LiveKeys keys;

  BlindIndex(LiveKeys keys) {
    this.keys = keys;
  }

  /**
   * As it is written now: of what nobody looks up later; the same value gives others for each
   * purpose.
   */
  public byte[] of(String purpose, Secret value) {
    return keys.written().mac(purpose, value.reveal());
  }

  /** Under each version that lives: what is kept may be of the one or of the other. */
  public Indexes all(String purpose, Secret value) {
    List<VersionKeys> versions = keys.all();
    return new Indexes(
        versions.stream().map(version -> version.mac(purpose, value.reveal())).toList());
  }

  /** Compares in constant time. */
  public boolean matches(String purpose, Secret value, byte[] index) {
    boolean any = false;
    for (byte[] ours : all(purpose, value).all()) {
      any |= MessageDigest.isEqual(ours, index);
    }
    return any;
  }
}
