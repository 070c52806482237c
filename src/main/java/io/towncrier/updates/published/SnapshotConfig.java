package io.towncrier.updates.published;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Functions only: where the published snapshot is, and whose signature it has. */
@ConfigMapping(prefix = "towncrier.snapshot")
public interface SnapshotConfig {
  /** Functions only: the bucket of the published snapshot. Without it: from the database. */
  Optional<String> bucket();

  /** The object in that bucket. */
  @WithDefault("catalogue/snapshot")
  String key();

  /**
   * Ed25519 keys (X.509 in base64) by one of which a snapshot must be signed. Several, while the
   * key is changed.
   */
  Optional<List<String>> publicKey();

  /**
   * The Ed25519 key (PKCS 8 in base64) that signs snapshots, or {@code secretsmanager:<ARN>}, where
   * a process may publish.
   */
  Optional<String> signingKey();

  /** How old a signature may become before the tick renews it, though nothing has changed. */
  @WithDefault("1h")
  Duration renewAfter();
}
