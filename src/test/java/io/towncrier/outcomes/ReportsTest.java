package io.towncrier.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Secret;
import io.towncrier.platform.rest.edge.ClientAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What devices write freely is kept without addresses. */
@Tag("zoneless")
class ReportsTest {
  @Test
  void addressesOfEveryKindAreMasked() {
    assertThat(Reports.masked("no route to 192.168.1.7, 2001:db8::1 from aa:bb:cc:dd:ee:0f"))
        .isEqualTo("no route to ***, *** from ***");
    assertThat(Reports.masked("AABBCCDDEEFF or AA-BB-CC-DD-EE-FF: ann@example.org"))
        .isEqualTo("*** or ***: ***");
    assertThat(Reports.masked("slot rootfs.1: 12:30:05 exit 256")).startsWith("slot rootfs.1: ");
  }

  @Test
  void aDetailIsOneLineOfTwoHundredCharacters() {
    assertThat(Reports.masked("a\nb\u001b[31m\u2028c")).isEqualTo("a b [31m c");
    assertThat(Reports.masked("x".repeat(1_000_000))).hasSize(200);
    assertThat(Reports.masked("y".repeat(196) + " 10.0.0.1")).doesNotContain("10.0");
  }

  @Test
  void aNetworkIsTheFirstThreeBytesOfIpv4AndSixOfIpv6() {
    assertThat(network("203.0.113.9")).isEqualTo(network("203.0.113.250"));
    assertThat(network("203.0.113.9")).isNotEqualTo(network("203.0.114.9"));
    assertThat(network("2001:db8:1:2::3")).isEqualTo(network("2001:db8:1:ff::9"));
    assertThat(network("2001:db8:1:2::3")).isNotEqualTo(network("2001:db8:2:2::3"));
  }

  private static Secret network(String address) {
    return ReporterNetwork.of(ClientAddress.of(address, List.of(), 0));
  }
}
