package io.towncrier.updates.published;

import io.towncrier.platform.Secrets;
import io.towncrier.testing.Configs;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** A key pair as settings hold it. */
record SnapshotKeyPair(KeyPair keys) {
  static SnapshotKeyPair make() {
    try {
      return new SnapshotKeyPair(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  String privateKey() {
    return Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
  }

  SnapshotConfig config() {
    return Configs.of(
        SnapshotConfig.class,
        Map.of(
            "towncrier.snapshot.bucket", "b",
            "towncrier.snapshot.public-key", publicKey(),
            "towncrier.snapshot.signing-key", privateKey()));
  }

  SnapshotKeys opened() {
    return new SnapshotKeys(config(), Secrets.PLAIN);
  }
}
