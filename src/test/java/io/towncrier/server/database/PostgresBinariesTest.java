package io.towncrier.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.StartRefused;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64",
    "Linux, x86_64",
    "Linux, aarch64",
    "Mac OS X, x86_64",
    "Mac OS X, aarch64"
  })
  void thePackageHoldsWhatTheReadmeNames(String system, String machine) throws Exception {
    try (InputStream archive =
        PostgresBinaries.of(system, machine, false).getPgBinary(system, machine)) {
      // The first bytes of every .xz file.
      assertThat(archive.readNBytes(6)).isEqualTo(new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0});
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Windows 11, amd64, false",
    "Linux, ppc64le, false",
    "Linux, riscv64, false",
    "Linux, amd64, true",
    "Linux, aarch64, true",
    "FreeBSD, amd64, false"
  })
  void anotherPlatformIsNamedInOneLineWithTheWayOut(String system, String machine, boolean musl) {
    assertThatThrownBy(() -> PostgresBinaries.of(system, machine, musl))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(system + (musl ? " with musl" : "") + " on " + machine)
        .hasMessageContaining("QUARKUS_DATASOURCE_REACTIVE_URL")
        .message()
        .hasLineCount(1);
  }

  @Test
  void theArchitecturesOfLinuxAreNotMixedUp() {
    assertThat(PostgresBinaries.archive("Linux", "aarch64", false))
        .isNotEqualTo(PostgresBinaries.archive("Linux", "amd64", false));
  }
}
