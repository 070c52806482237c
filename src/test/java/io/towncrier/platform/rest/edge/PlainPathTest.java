package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/products/towncrier_ax3000/update",
        "/v1/products/A+b@c.D/update",
        "/v1/devices/dev_0/notices/ntc_1/read",
        "/v1/products/a..b/update",
        "/v1/products/.hidden/update",
        "/v1/products/.../update",
        "/v1/products/1.2.3%2Bbuild/update",
        "/v1/products/%41bc/update",
        "/v1/products/100%25/update",
        "/v1/products/%252F/update",
        "/v1/products/%E2%82%AC/update",
        "//v1//about",
        "/v1/about/"
      })
  void aPathWithOneMeaningIsPlain(String path) {
    assertThat(PlainPath.is(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/devices;x=1/dev_0",
        "/v1;/about",
        "/;/v1/about",
        "/v1/about;",
        "/v1/devices%3Bx/dev_0",
        "/v1/devices%3bx=1;y/dev_0",
        "/v1%2Fabout",
        "/v1/devices/dev_0%2fnotices",
        "/v1\\about",
        "/v1%5Cabout",
        "/v1%5cabout",
        "/v1/about%00",
        "/v1/%00/about",
        "/.",
        "/..",
        "/v1/./about",
        "/v1/../v1/about",
        "/v1/about/.",
        "/v1/about/..",
        "/v1/%2e/about",
        "/v1/%2E%2e/about",
        "/v1/.%2e/about",
        "/v1/%2E./",
        "/v1/%",
        "/v1/%4",
        "/v1/%zz",
        "/v1/%u002e/",
        "/v1/% 2e/",
        "/v1/%-1",
        "/v1/%+1",
        "/v1/%c0%ae%c0%ae/about",
        "/v1/%C1%9C",
        "/v1/%ff",
        "/v1/a b",
        "/v1/a\tb",
        "/v1/a\u007Fb"
      })
  void aPathThatTwoReadersCouldReadDifferentlyIsNot(String path) {
    assertThat(PlainPath.is(path)).isFalse();
  }
}
