package io.towncrier.privacy;

import io.towncrier.platform.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;

/** A keyed hash (HMAC-SHA-256) by which a value is found or compared without being kept. */
@ApplicationScoped
public class BlindIndex {
  private final KeyRing keys;

  BlindIndex(KeyRing keys) {
    this.keys = keys;
  }

  /** 32 bytes; the same value gives others for each purpose. */
  public byte[] of(String purpose, Secret value) {
    return keys.mac("blind-index/" + purpose, value.reveal());
  }

  /** Compares in constant time. */
  public boolean matches(String purpose, Secret value, byte[] index) {
    return MessageDigest.isEqual(of(purpose, value), index);
  }
}
