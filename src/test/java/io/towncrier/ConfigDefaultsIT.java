package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.updates.UpdatesConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults of every setting: operators depend on them. */
class ConfigDefaultsIT {
  @Test
  void defaultsAreWhatTheReadmeSays() {
    SmallRyeConfig config = config(Map.of());
    TowncrierConfig towncrier = config.getConfigMapping(TowncrierConfig.class);
    assertThat(towncrier.dataDir()).isEqualTo(Path.of(".towncrier"));
    assertThat(towncrier.masterKey()).isEmpty();
    assertThat(towncrier.operatorToken()).isEmpty();
    assertThat(towncrier.limits().bodyBytes()).isEqualTo(64 * 1024);
    assertThat(towncrier.limits().importBytes()).isEqualTo(32 * 1024 * 1024);
    UpdatesConfig updates = config.getConfigMapping(UpdatesConfig.class);
    assertThat(updates.snapshotMaxAge()).isEqualTo(Duration.ofSeconds(1));
    assertThat(updates.nextCheck()).isEqualTo(Duration.ofHours(6));
    assertThat(updates.cacheMaxAge()).isEqualTo(Duration.ofMinutes(1));
    DeliveryConfig delivery = config.getConfigMapping(DeliveryConfig.class);
    assertThat(delivery.lease()).isEqualTo(Duration.ofSeconds(45));
    assertThat(delivery.batch()).isEqualTo(64);
    FcmConfig fcm = config.getConfigMapping(FcmConfig.class);
    assertThat(fcm.credentials()).isEmpty();
    assertThat(fcm.endpoint()).isEqualTo(URI.create("https://fcm.googleapis.com"));
    assertThat(fcm.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void everySettingHasTheNameThatTheReadmeGives() {
    SmallRyeConfig config =
        config(
            Map.of(
                "towncrier.data-dir", "/data",
                "towncrier.master-key", "k",
                "towncrier.operator-token", "o",
                "towncrier.limits.body-bytes", "1",
                "towncrier.limits.import-bytes", "2",
                "towncrier.updates.snapshot-max-age", "2s",
                "towncrier.delivery.lease", "60s",
                "towncrier.fcm.credentials", "/sa.json",
                "towncrier.fcm.endpoint", "http://127.0.0.1:1",
                "towncrier.fcm.request-timeout", "3s"));
    TowncrierConfig towncrier = config.getConfigMapping(TowncrierConfig.class);
    assertThat(towncrier.dataDir()).isEqualTo(Path.of("/data"));
    assertThat(towncrier.masterKey()).contains("k");
    assertThat(towncrier.operatorToken()).contains("o");
    assertThat(towncrier.limits().bodyBytes()).isEqualTo(1);
    assertThat(towncrier.limits().importBytes()).isEqualTo(2);
    assertThat(config.getConfigMapping(UpdatesConfig.class).snapshotMaxAge())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(config.getConfigMapping(DeliveryConfig.class).lease())
        .isEqualTo(Duration.ofMinutes(1));
    FcmConfig fcm = config.getConfigMapping(FcmConfig.class);
    assertThat(fcm.credentials()).contains(Path.of("/sa.json"));
    assertThat(fcm.endpoint()).isEqualTo(URI.create("http://127.0.0.1:1"));
    assertThat(fcm.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  private static SmallRyeConfig config(Map<String, String> given) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withConverter(
            Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
        .withConverter(Path.class, 100, new io.quarkus.runtime.configuration.PathConverter())
        .withDefaultValues(given)
        .withMapping(TowncrierConfig.class)
        .withMapping(UpdatesConfig.class)
        .withMapping(DeliveryConfig.class)
        .withMapping(FcmConfig.class)
        .build();
  }
}
