package io.towncrier.updates.published;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the published snapshot is, and how it is known to be ours. */
@ConfigMapping(prefix = "towncrier.snapshot")
public interface SnapshotConfig {
  /** Without one, snapshots come from the database. */
  Optional<String> bucket();

  @WithDefault("catalogue/snapshot")
  String key();

  /**
   * Ed25519, X.509 in base64: by one of these a snapshot must be signed. Several, while the key is
   * changed.
   */
  Optional<List<String>> publicKey();

  /**
   * Ed25519, PKCS 8 in base64, or where it is kept ({@link io.towncrier.platform.Secrets}): of who
   * may publish.
   */
  Optional<String> signingKey();

  /** How old a signature may become before the tick renews it, though nothing has changed. */
  @WithDefault("1h")
  Duration renewAfter();
}
