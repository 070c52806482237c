package io.towncrier.delivery.phone;

import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.MessageKey;
import io.towncrier.privacy.MessageKeys;
import io.towncrier.privacy.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is secret of a phone and needed to send to it: its address, and the key of its messages. */
@ApplicationScoped
public class PhoneKeys {
  private static final String HMAC = "HmacSHA256";
  private static final String FORM = "1";
  // RFC 2104 section 5: half of the hash is the least that should be left of it.
  private static final int MAC_BYTES = 16;
  // To find a provider for each push would cost as much as the MAC itself.
  private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(PhoneKeys::newMac);

  private final Vault vault;
  private final MessageKeys keys;

  public PhoneKeys(Vault vault, MessageKeys keys) {
    this.vault = vault;
    this.keys = keys;
  }

  /** The address itself. */
  public Secret open(PushAddress address) {
    return vault.open(address.sealed(), address.place());
  }

  /**
   * The member {@code mac} of a message: its form, the generation of the key, and 128 bits in
   * base64url. While two versions of the keys live it has one of each, and a space between: an app
   * that has not asked for the new key knows the message all the same.
   *
   * @param form by {@link CanonicalForm}
   */
  public String mac(String deviceId, byte[] form) {
    return keys.all(deviceId).stream().map(key -> mac(key, form)).collect(Collectors.joining(" "));
  }

  private static String mac(MessageKey key, byte[] form) {
    Mac mac = MACS.get();
    try {
      mac.init(new SecretKeySpec(key.bytes(), HMAC));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("32 bytes are a key of HMAC", impossible);
    }
    byte[] cut = Arrays.copyOf(mac.doFinal(form), MAC_BYTES);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(cut);
    return FORM + "." + key.generation() + "." + text;
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(HMAC);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
