package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataGateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/products/x/update",
        "/v1/about",
        "/",
        "/q/health/ready",
        "/q/openapi",
        "/console",
        "/console/a/1/console.js",
        "/artifacts/0/image.swu",
        "/personal-center/notification-alerts"
      })
  void whatReachesNoDataGoesOn(String path) {
    assertThat(DataGate.isFree(path)).isTrue();
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
        "/v1/",
        "/DEFAULT/controller/v1/controller-1",
        "/DEFAULT/controller/v1/controller-1/deploymentBase/1/feedback",
        "/console/session"
      })
  void whatMayReachThemWaits(String path) {
    assertThat(DataGate.isFree(path)).isFalse();
  }
}
