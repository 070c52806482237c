package io.towncrier.audit;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the heads of the audit chains are signed off, outside of the database. */
@ConfigMapping(prefix = "towncrier.audit")
public interface AuditConfig {
  /**
   * Plain server: the file of the heads, in place of {@code audit-heads} in the data directory.
   * Several servers on one database share one.
   */
  Optional<Path> headsFile();

  /** Functions only: the bucket of the same, with object lock. */
  Optional<String> bucket();
}
