package io.towncrier.preferences;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** What the categories are like, and what an owner begins with. */
@ConfigMapping(prefix = "towncrier.alerts")
public interface AlertsConfig {
  /** Categories whose in-app notices cannot be switched off; pushes always can. Empty: none. */
  @WithDefault("security,policy")
  Optional<Set<Category>> essential();

  Defaults defaults();

  /** Of an owner, fixed at the first use: a later change of the configuration does not reach it. */
  interface Defaults {
    /** Categories that are not pushed. */
    Optional<Set<Category>> pushOff();

    /** Categories that are not shown in-app; none of them may be essential. */
    Optional<Set<Category>> inAppOff();
  }
}
