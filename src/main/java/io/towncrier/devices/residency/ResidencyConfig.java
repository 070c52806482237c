package io.towncrier.devices.residency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** Whose data this service keeps, and by whom it may push. */
@ConfigMapping(prefix = "towncrier.residency")
public interface ResidencyConfig {
  /** The name of this cell among {@code cells}. Without it every device is taken. */
  Optional<String> cell();

  /**
   * All cells, with semicolons between: name, public URL and countries of each, with blanks
   * between, such as {@code eu https://eu.example.com DE FR; cn https://example.cn CN}.
   */
  Optional<String> cells();

  /**
   * Push providers that may be used: {@code fcm}, {@code getui}, both, or {@code none}. An address
   * of another one is refused, and no client of it is made.
   */
  @WithDefault("fcm")
  Set<String> pushProviders();
}
