package io.towncrier.delivery.fcm;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.PushProvider;
import io.towncrier.platform.Secrets;
import io.towncrier.testing.Configs;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;

/** Makes the sender for tests of other packages. */
public final class FcmProviders {
  private FcmProviders() {}

  public static PushProvider of(Map<String, String> settings, Vertx vertx) {
    return new FcmProvider(
        Configs.of(FcmConfig.class, settings),
        Configs.of(DeliveryConfig.class, Map.of()),
        Pushes.KEYS,
        Secrets.PLAIN,
        InstantSource.system(),
        vertx);
  }
}
