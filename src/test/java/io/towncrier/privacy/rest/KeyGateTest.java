package io.towncrier.privacy.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyGateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/products/x/update",
        "/v1/about",
        "/",
        "/q/health/ready",
        "/q/openapi",
        "/personal-center/notification-alerts"
      })
  void whatUsesNoKeyGoesOn(String path) {
    assertThat(KeyGate.isFree(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/devices",
        "/v1/devices/",
        "/v1/devices/dev_1/check",
        "/v1/me/devices",
        "/v1/admin/notices",
        "/v1/dev/user-tokens",
        "/v1/anything-new",
        "/v1/products",
        "/v1/"
      })
  void whatMayUseOneWaits(String path) {
    assertThat(KeyGate.isFree(path)).isFalse();
  }
}
