package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "192.0.2.0/25, 192.0.2.127, true",
    "192.0.2.0/25, 192.0.2.128, false",
    "10.0.0.0/8, 10.255.0.1, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "fe80::/10, fe80::1%eth0, true",
    "192.0.2.0/24, localhost, false",
    "192.0.2.0/24, unknown, false"
  })
  void anAddressStandsInANetworkOrNot(String range, String address, boolean stands) {
    assertThat(AddressRanges.of(List.of(range)).contains(address)).isEqualTo(stands);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "example.com", "192.0.2.0/33", "192.0.2.0/-1", "::/129", "10.0.0.0/x"})
  void whatIsNoNetworkIsNamed(String text) {
    assertThatThrownBy(() -> AddressRanges.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutRangesNothingIsLookedAt() {
    assertThat(AddressRanges.of(List.of()).contains("192.0.2.1")).isFalse();
  }
}
