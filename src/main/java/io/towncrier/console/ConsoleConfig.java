package io.towncrier.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** The page Notification Alerts. */
@ConfigMapping(prefix = "towncrier.console")
public interface ConsoleConfig {
  /**
   * Who may show a page in a frame: {@code none}, {@code self}, or origins such as {@code
   * https://account.example.com}. A web view of an app is no frame and needs none of them.
   */
  @WithDefault("none")
  Set<String> frameAncestors();
}
