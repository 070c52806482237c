package io.towncrier.events.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code webhook-signature} of Standard Webhooks, version 1. */
final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";

  private WebhookSignature() {}

  /**
   * Signs a message.
   *
   * @param secret {@code whsec_} and a key in base64; the prefix may be missing
   * @param seconds the time of this attempt
   */
  static String of(String secret, String id, long seconds, byte[] body) {
    try {
      String key = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), HMAC));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
