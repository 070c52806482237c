package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose requests count together. */
class SourceBucketsTest {
  private final SourceBuckets buckets =
      new SourceBuckets(
          InstantSource.fixed(Instant.parse("2026-05-01T12:00:00Z")),
          2,
          Duration.ofSeconds(10),
          3,
          100);

  @Test
  void aWideNetworkIsBoundedHoweverManySourcesItHas() {
    long taken = 0;
    for (int i = 0; i < 50; i++) {
      String source = ClientAddress.of("2001:db8:1:" + i + "::1", List.of(), 0);
      taken += buckets.take(source).isEmpty() ? 1 : 0;
    }
    assertThat(taken).isEqualTo(6);
  }

  @Test
  void eachAddressOfIpv4IsASourceOfItsOwn() {
    for (int i = 0; i < 50; i++) {
      String source = ClientAddress.of("198.51.100." + i, List.of(), 0);
      assertThat(buckets.take(source)).isEmpty();
      assertThat(buckets.take(source)).isEmpty();
      assertThat(buckets.take(source)).isPresent();
    }
  }
}
