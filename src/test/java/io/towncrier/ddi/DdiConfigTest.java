package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Configs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults of the settings of DDI: operators depend on them. */
class DdiConfigTest {
  @Test
  void itIsOffByDefaultAndGatewaysAreOffEvenThen() {
    DdiConfig config = Configs.of(DdiConfig.class, Map.of());

    assertThat(config.tenant()).isEmpty();
    assertThat(config.gatewayTokens()).isFalse();
    assertThat(config.raucProducts()).isEmpty();
    assertThat(config.busySleep()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.restartLimit()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void everySettingHasItsName() {
    DdiConfig config =
        Configs.of(
            DdiConfig.class,
            Map.of(
                "towncrier.ddi.tenant", "acme",
                "towncrier.ddi.gateway-tokens", "true",
                "towncrier.ddi.rauc-products", "r1,r2",
                "towncrier.ddi.busy-sleep", "30s"));

    assertThat(config.tenant()).contains("acme");
    assertThat(config.gatewayTokens()).isTrue();
    assertThat(config.raucProducts()).contains(List.of("r1", "r2"));
    assertThat(config.busySleep()).isEqualTo(Duration.ofSeconds(30));
  }
}
