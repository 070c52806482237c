package io.towncrier.platform.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicUrlTest {
  @Test
  void linksBeginWithIt() {
    assertThat(of("https://Updates.example.com:8443/").link("/artifacts/x"))
        .contains(URI.create("https://updates.example.com:8443/artifacts/x"));
    assertThat(of("http://127.0.0.1:8080").link("/x"))
        .contains(URI.create("http://127.0.0.1:8080/x"));
    assertThat(new PublicUrl(Optional.empty()).link("/x")).isEmpty();
  }

  @Test
  void itsOwnUrlsAreKnown() {
    PublicUrl ours = of("https://updates.example.com");
    assertThat(ours.isOwn(URI.create("https://UPDATES.example.com/a?b#c"))).isTrue();
    for (String other :
        new String[] {
          "https://updates.example.com.evil.test/a",
          "https://me@updates.example.com/a",
          "http://updates.example.com/a",
          "https://updates.example.com:444/a",
          "mailto:x"
        }) {
      assertThat(ours.isOwn(URI.create(other))).as(other).isFalse();
    }
  }

  @Test
  void whatIsNoSafeOriginIsRefused() {
    for (String bad :
        new String[] {
          "http://updates.example.com",
          "https://x.test/path",
          "https://x.test?q",
          "ftp://x.test",
          "updates.example.com",
          "https://me@x.test",
          "https:///x"
        }) {
      assertThatThrownBy(() -> of(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static PublicUrl of(String url) {
    return new PublicUrl(Optional.of(URI.create(url)));
  }
}
