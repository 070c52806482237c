package io.towncrier.delivery.getui;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.PushProvider;
import io.towncrier.platform.Secrets;
import io.towncrier.testing.Configs;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;

/** Makes the sender for tests of other packages. */
public final class GetuiProviders {
  private GetuiProviders() {}

  public static PushProvider of(Map<String, String> settings, Vertx vertx) {
    return new GetuiProvider(
        Configs.of(GetuiConfig.class, settings),
        Configs.of(DeliveryConfig.class, Map.of()),
        Cids.KEYS,
        Secrets.PLAIN,
        InstantSource.system(),
        vertx);
  }
}
