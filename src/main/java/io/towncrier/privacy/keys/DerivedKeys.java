package io.towncrier.privacy.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of all purposes under one master key, each derived once: to derive it for every value
 * was a sixth of what a push costs. They are forgotten with the master key, by forgetting this.
 */
public final class DerivedKeys {
  private static final String HMAC = "HmacSHA256";

  private final SecretKey master;
  // By purpose; there is a handful, all of them names in the code.
  private final Map<String, SecretKey> ofMacs = new ConcurrentHashMap<>();
  private final Map<String, SecretKey> ofCiphers = new ConcurrentHashMap<>();

  public DerivedKeys(byte[] master) {
    this.master = new SecretKeySpec(master, HMAC);
  }

  /** An AES-256 key; the same object as long as this is. */
  public SecretKey aes(String purpose) {
    return ofCiphers.computeIfAbsent(purpose, p -> new SecretKeySpec(mac("key/" + p, ""), "AES"));
  }

  /** HMAC-SHA-256 of a text under the key of a purpose, 32 bytes. */
  public byte[] mac(String purpose, String text) {
    return hmac(
        ofMacs.computeIfAbsent(purpose, p -> new SecretKeySpec(hmac(master, p), HMAC)), text);
  }

  // Not kept as ciphers are: a Mac costs a fraction of what deriving its key did.
  private static byte[] hmac(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
