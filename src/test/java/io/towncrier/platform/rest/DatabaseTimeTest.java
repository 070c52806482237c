package io.towncrier.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests may take longer for the database than the others. */
class DatabaseTimeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/admin/catalogue",
        "/v1/admin/catalogue/preview",
        "/v1/admin/simulate",
        "/v1/admin/notices/ntc_1/preview",
        "/v1/admin/audit/verification",
        "/v1/admin/audit/reads/verification"
      })
  void whatGoesThroughAllReleasesDevicesOrEntriesHasItsOwn(String path) {
    assertThat(DatabaseTime.hasItsOwn(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/admin/audit",
        "/v1/admin/audit/export",
        "/v1/admin/audit/reads",
        "/v1/admin/notices/ntc_1",
        "/v1/me"
      })
  void whatReadsAPageHasNot(String path) {
    assertThat(DatabaseTime.hasItsOwn(path)).isFalse();
  }
}
