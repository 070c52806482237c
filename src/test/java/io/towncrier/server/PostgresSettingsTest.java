package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSettingsTest {
  @ParameterizedTest
  @CsvSource({"256, 128", "512, 128", "2048, 512", "4096, 1024", "65536, 1024"})
  void theCacheIsAQuarterOfTheMachineWithinBounds(long machine, long cache) {
    assertThat(PostgresSettings.cacheMegabytes(machine * 1024 * 1024)).isEqualTo(cache);
  }

  @Test
  void whatIsCommittedIsKept() {
    assertThat(PostgresSettings.all())
        .containsEntry("fsync", "on")
        .containsEntry("full_page_writes", "on")
        .containsEntry("synchronous_commit", "on");
  }
}
