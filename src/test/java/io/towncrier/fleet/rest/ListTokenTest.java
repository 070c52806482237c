package io.towncrier.fleet.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListTokenTest {
  private final ListToken token = ListToken.of(2, "by", null, "DE");

  @Test
  void aQueryReadsItsOwn() {
    for (List<String> key : List.of(List.of("DE", "1.0"), List.of("", ""), List.of("é =&", "."))) {
      assertThat(ListToken.of(2, "by", null, "DE").read(token.write(key))).contains(key);
    }
  }

  @Test
  void anotherQueryDoesNotReadIt() {
    String next = token.write(List.of("DE", "1.0"));
    for (ListToken other :
        List.of(
            ListToken.of(2, "by", null, "FR"),
            ListToken.of(2, "by", "DE", null),
            ListToken.of(2, "byDE", null, ""),
            ListToken.of(2, "by", null, "DE", null))) {
      assertThat(other.read(next)).isEmpty();
    }
  }

  @Test
  void whatIsNoTokenIsNotRead() {
    String next = token.write(List.of("DE", "1.0"));
    for (String bad : List.of("", "x", next + "!", next.substring(0, 8), next.substring(1))) {
      assertThat(token.read(bad)).isEmpty();
    }
    assertThat(token.read(token.write(List.of("DE")))).isEmpty();
    assertThat(token.read(token.write(List.of("DE", "\0")))).isEmpty();
  }
}
