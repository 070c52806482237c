package io.towncrier.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackGatewayTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/about, /v1/about",
    "/a%2Fb?c=%2F, /a/b",
    "/a%3Fb/c, /a",
    "/a%20b, /a b",
    "/a+b, /a+b",
    "/a%252Fb, /a%2Fb",
    "/%C3%BC, /ü"
  })
  void aPathArrivesDecoded(String requested, String arrives) {
    assertThat(LoopbackGateway.rawPath(URI.create(requested))).isEqualTo(arrives);
  }
}
