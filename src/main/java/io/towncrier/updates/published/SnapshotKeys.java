package io.towncrier.updates.published;

import io.towncrier.platform.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The keys of published snapshots, read when they are needed. */
@ApplicationScoped
class SnapshotKeys {
  private final SnapshotConfig config;
  private final Secrets secrets;

  SnapshotKeys(SnapshotConfig config, Secrets secrets) {
    this.config = config;
    this.secrets = secrets;
  }

  /** By any of which a snapshot may be signed. */
  List<PublicKey> trusted() {
    return config.publicKey().orElse(List.of()).stream().map(SnapshotKeys::publicKey).toList();
  }

  /** Of who publishes; may block. */
  Optional<PrivateKey> signing() {
    return config.signingKey().map(secrets::reveal).map(SnapshotKeys::privateKey);
  }

  private static PublicKey publicKey(String base64) {
    try {
      return factory().generatePublic(new X509EncodedKeySpec(decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw new IllegalStateException(
          "TOWNCRIER_SNAPSHOT_PUBLIC_KEY is no Ed25519 key, X.509 in base64", wrong);
    }
  }

  private static PrivateKey privateKey(String base64) {
    try {
      return factory().generatePrivate(new PKCS8EncodedKeySpec(decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      // Without the cause, which might tell of the key.
      throw new IllegalStateException(
          "TOWNCRIER_SNAPSHOT_SIGNING_KEY is no Ed25519 key, PKCS 8 in base64");
    }
  }

  private static KeyFactory factory() throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519");
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64.strip());
  }
}
