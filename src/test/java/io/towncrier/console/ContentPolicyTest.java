package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentPolicyTest {
  @Test
  void nothingIsAllowedInlineOrFromElsewhere() {
    assertThat(new ContentPolicy(Set.of("none")).header())
        .startsWith("default-src 'none'; ")
        .endsWith("; frame-ancestors 'none'")
        .doesNotContain("unsafe", "*", "http:", "data:");
  }

  @Test
  void theDocumentOfUploadsMayCallOneOriginMore() {
    assertThat(new ContentPolicy(Set.of("none")).headerAllowing("h", "https://b.s3.example"))
        .contains("; connect-src 'self' https://b.s3.example;", "script-src 'self' 'sha256-h';");
    assertThat(new ContentPolicy(Set.of("none")).headerAllowing("h"))
        .contains("; connect-src 'self';");
  }

  @Test
  void framesAreAllowedToNamedOrigins() {
    assertThat(
            new ContentPolicy(Set.of("self", "https://b.example.com:8443", "https://*.example.com"))
                .header())
        .endsWith("; frame-ancestors https://*.example.com https://b.example.com:8443 'self'");
  }

  @Test
  void aWordThatWouldOpenThePolicyIsRefused() {
    for (String bad :
        new String[] {
          "*", "http://example.com", "https://a.example; script-src *", "'self'", "https:", ""
        }) {
      assertThatThrownBy(() -> new ContentPolicy(Set.of(bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TOWNCRIER_CONSOLE_FRAME_ANCESTORS");
    }
    assertThatThrownBy(() -> new ContentPolicy(Set.of("none", "self")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContentPolicy(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
