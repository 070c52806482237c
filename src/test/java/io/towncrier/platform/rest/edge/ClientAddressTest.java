package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, '', 192.0.2.1",
    "10.0.0.1, 203.0.113.9:4711, 203.0.113.9",
    "10.0.0.1, '1.1.1.1, 203.0.113.009', 203.0.113.9",
    "10.0.0.1, '[2001:db8::7]:443', 2001:db8:0:0:0:0:0:7",
    "10.0.0.1, ::ffff:203.0.113.9, 203.0.113.9",
    // What the proxy cannot tell is the proxy's.
    "10.0.0.1, unknown, 10.0.0.1",
    "fe80::1%eth0, '', fe80:0:0:0:0:0:0:1"
  })
  void theWholeAddressIsThatOfTheOutermostTrustedProxy(
      String remote, String forwarded, String whole) {
    List<String> header = forwarded.isEmpty() ? List.of() : List.of(forwarded);
    assertThat(ClientAddress.whole(remote, header, 1)).contains(whole);
  }

  @Test
  void whoHasNoAddressHasNoWholeOne() {
    assertThat(ClientAddress.whole("unknown", List.of(), 0)).isEmpty();
    assertThat(ClientAddress.whole("1.2.3.400", List.of("localhost"), 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::1, 2001:db8:1:ffff::9, true",
    "2001:db8:1:2::1, 2001:db8:2:2::1, false",
    "2001:db8::1, 2001:db8:0:8000:1::, true"
  })
  void networksOfOneCustomerLieInOne48(String one, String other, boolean same) {
    String first = ClientAddress.wider(ClientAddress.of(one, List.of(), 0)).orElseThrow();
    String second = ClientAddress.wider(ClientAddress.of(other, List.of(), 0)).orElseThrow();
    assertThat(first.equals(second)).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "::ffff:192.0.2.1", "unknown", "1:2:3"})
  void whatIsNoIpv6AddressLiesInNone(String address) {
    assertThat(ClientAddress.wider(ClientAddress.of(address, List.of(), 0))).isEmpty();
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
        "203.0.113.9:4711",
        " 203.0.113.9:1 ",
        "[203.0.113.9]",
        "[203.0.113.9]:443",
        "\"203.0.113.9:80\"",
        "::ffff:203.0.113.9",
        "[::ffff:203.0.113.9]:65535",
        "203.000.113.009"
      })
  void aPortBracketsAndQuotesAreNoPartOfAnAddress(String text) {
    assertThat(ClientAddress.of(PROXY, List.of(text), 1)).isEqualTo("203.0.113.9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2001:db8:1:2::9]:4711",
        "[2001:db8:1:2::9]",
        "\"[2001:DB8:1:2:0::7]:1\"",
        "2001:db8:1:2::3%eth0",
        "[2001:db8:1:2::3%25eth0]:80",
        "2001:0db8:0001:0002:0000:0000:0000:0009"
      })
  void anIpv6AddressIsReadInEveryForm(String text) {
    assertThat(ClientAddress.of(PROXY, List.of(text), 1))
        .isEqualTo(ClientAddress.of("2001:db8:1:2::1", List.of(), 0));
  }

  @Test
  void networksBehindPortsAreToldApart() {
    List<String> seen =
        IntStream.range(0, 70)
            .mapToObj(k -> ClientAddress.of(PROXY, List.of("[2001:db8:3:" + k + "::1]:9"), 1))
            .distinct()
            .toList();

    assertThat(seen).hasSize(70);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "xyz:80",
        ".:",
        "2001:db8::zz",
        "example.com:80",
        "1:2:3:4:5:6:7:8:9",
        "[::1",
        "unknown",
        "_hidden",
        "for=203.0.113.9",
        "for=\"[2001:db8::1]:80\";proto=https",
        "203.0.113.256",
        "203.0.113",
        "0x7f.1.1.1",
        "203.0.113.9:123456",
        "203.0.113.9 203.0.113.10",
        "unix:/run/proxy.sock"
      })
  void whatIsNoAddressCountsByTheConnection(String text) {
    assertThat(ClientAddress.of(PROXY, List.of(text), 1)).isEqualTo(PROXY);
    assertThat(ClientAddress.of("10.0.0.2", List.of(text), 1)).isEqualTo("10.0.0.2");
  }

  @Test
  void aKeyIsShort() {
    assertThat(ClientAddress.of("x".repeat(8_000), List.of(), 0)).hasSize(64);
    assertThat(ClientAddress.of(PROXY, List.of(":".repeat(8_000)), 1)).isEqualTo(PROXY);
  }
}
