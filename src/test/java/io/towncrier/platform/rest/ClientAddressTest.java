package io.towncrier.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  private static final String PROXY = "10.0.0.1";

  @Test
  void withoutTrustedProxiesTheHeaderIsNotBelieved() {
    assertThat(ClientAddress.of("192.0.2.1", List.of("203.0.113.9"), 0)).isEqualTo("192.0.2.1");
  }

  @Test
  void whatOurProxyHasAppendedIsBelievedAndNothingBeforeIt() {
    assertThat(ClientAddress.of(PROXY, List.of("1.1.1.1, 203.0.113.9"), 1))
        .isEqualTo("203.0.113.9");
    assertThat(ClientAddress.of(PROXY, List.of("1.1.1.1", "203.0.113.9"), 1))
        .isEqualTo("203.0.113.9");
    assertThat(ClientAddress.of(PROXY, List.of("1.1.1.1,203.0.113.9,10.0.0.2"), 2))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void whoComesPastTheProxiesCountsByTheConnection() {
    assertThat(ClientAddress.of("192.0.2.1", List.of(), 1)).isEqualTo("192.0.2.1");
    assertThat(ClientAddress.of("192.0.2.1", List.of("203.0.113.9"), 2)).isEqualTo("192.0.2.1");
  }

  @Test
  void addressesOfOneIpv6CustomerAreOneSource() {
    String one = ClientAddress.of("2001:db8:1:2::1", List.of(), 0);
    assertThat(ClientAddress.of("2001:db8:1:2:ffff:0:0:9", List.of(), 0)).isEqualTo(one);
    assertThat(ClientAddress.of("2001:db8:1:3::1", List.of(), 0)).isNotEqualTo(one);
  }

  @Test
  void theZoneOfALocalAddressSaysNothing() {
    assertThat(ClientAddress.of("fe80::1%eth0", List.of(), 0))
        .isEqualTo(ClientAddress.of("fe80::2", List.of(), 0));
  }

  @Test
  void anIpv4AddressInIpv6FormIsThatAddress() {
    assertThat(ClientAddress.of("::ffff:192.0.2.1", List.of(), 0)).isEqualTo("192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        "xyz:80",
        ".:",
        "2001:db8::zz",
        "example.com:80",
        "1:2:3:4:5:6:7:8:9",
        "[::1"
      })
  void whatIsNoAddressIsOneSource(String text) {
    assertThat(ClientAddress.of(PROXY, List.of(text), 1)).isEqualTo("malformed");
  }

  @Test
  void aKeyIsShort() {
    assertThat(ClientAddress.of(PROXY, List.of("x".repeat(8_000)), 1)).hasSize(64);
  }
}
