package io.towncrier.platform.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How functions sign in at the database. */
@ConfigMapping(prefix = "towncrier.database")
public interface DatabaseConfig {
  /** Functions only: sign in at the database by a token of IAM, in place of a password. */
  @WithDefault("false")
  boolean iam();
}
