package io.towncrier.privacy.kms;

import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.aws.SignedJson;
import io.towncrier.platform.aws.SignedJson.Answer;
import io.towncrier.privacy.keys.Wrapping;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Wraps by a key of KMS, which never leaves it. Asked once for each version in the life of a
 * process; the version is the encryption context, so that no version opens in the place of another.
 */
@ApplicationScoped
class KmsWrapping implements Wrapping {
  private static final String KIND = "kms:";
  // AWS KMS API Reference, "Decrypt", errors: these do not pass by themselves.
  private static final Set<String> FOR_GOOD =
      Set.of(
          "AccessDeniedException",
          "DisabledException",
          "IncorrectKeyException",
          "InvalidCiphertextException",
          "InvalidKeyUsageException",
          "KMSInvalidStateException",
          "NotFoundException");

  private final SignedJson kms;
  private final Optional<String> key;

  KmsWrapping(SignedJson kms, TowncrierConfig config) {
    this.kms = kms;
    this.key = config.kmsKey();
  }

  @Override
  public boolean isConfigured() {
    return key.isPresent();
  }

  @Override
  public String name() {
    return KIND + key.orElseThrow();
  }

  @Override
  public boolean knows(String name) {
    return name.startsWith(KIND);
  }

  @Override
  public byte[] wrap(byte[] material, int version) {
    Answer answer =
        kms.call(
            "kms",
            "TrentService.Encrypt",
            Map.of(
                "KeyId",
                key.orElseThrow(),
                "Plaintext",
                Base64.getEncoder().encodeToString(material),
                "EncryptionContext",
                context(version)));
    return bytes(answer, "CiphertextBlob")
        .orElseThrow(() -> new IllegalStateException("KMS does not wrap: " + answer.failure()));
  }

  @Override
  public Unwrapped unwrap(byte[] wrapped, int version, String name) {
    String by = name.substring(KIND.length());
    Answer answer =
        kms.call(
            "kms",
            "TrentService.Decrypt",
            Map.of(
                "KeyId",
                by,
                "CiphertextBlob",
                Base64.getEncoder().encodeToString(wrapped),
                "EncryptionContext",
                context(version)));
    Optional<byte[]> material = bytes(answer, "Plaintext");
    if (material.isPresent()) {
      return new Unwrapped.Material(material.get());
    }
    String failure = answer.failure();
    if (FOR_GOOD.contains(failure)) {
      return new Unwrapped.Refused(
          "KMS does not open version %d of the keys with %s (%s): see that the key is enabled and that the role of this function has kms:Decrypt on it."
              .formatted(version, by, failure));
    }
    throw new IllegalStateException("KMS cannot be asked: " + failure);
  }

  private static Map<String, String> context(int version) {
    return Map.of("towncrier-key-version", Integer.toString(version));
  }

  private static Optional<byte[]> bytes(Answer answer, String member) {
    return answer.text(member).map(Base64.getDecoder()::decode);
  }
}
