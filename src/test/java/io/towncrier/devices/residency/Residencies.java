package io.towncrier.devices.residency;

import io.towncrier.testing.Configs;
import java.util.Map;

/** Makes the residency of a cell for tests of other packages. */
public final class Residencies {
  private Residencies() {}

  /** Where addresses of these providers may be used: names with commas between, or none. */
  public static Residency allowing(String providers) {
    return new Residency(
        Configs.of(ResidencyConfig.class, Map.of("towncrier.residency.push-providers", providers)));
  }
}
