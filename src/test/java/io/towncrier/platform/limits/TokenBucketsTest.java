package io.towncrier.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private Instant now = Instant.parse("2026-05-01T12:00:00Z");
  private final TokenBuckets buckets = new TokenBuckets(() -> now, 3, EVERY, 4);

  @Test
  void aSourceMaySoOftenAtOnceAndIsThenToldHowLongToWait() {
    assertThat(taken("a", 3)).isEqualTo(3);
    assertThat(buckets.take("a")).contains(EVERY);
    now = now.plusSeconds(4);
    assertThat(buckets.take("a")).contains(Duration.ofSeconds(6));
    now = now.plusSeconds(6);
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).contains(EVERY);
  }

  @Test
  void whoIsRefusedWaitsNoLongerForHavingAsked() {
    taken("a", 3);
    for (int i = 0; i < 100; i++) {
      assertThat(buckets.take("a")).contains(EVERY);
    }
    now = now.plus(EVERY);
    assertThat(buckets.take("a")).isEmpty();
  }

  @Test
  void aBucketHoldsNoMoreThanItsDepthHoweverLongItRests() {
    taken("a", 1);
    now = now.plus(Duration.ofDays(365));
    assertThat(taken("a", 10)).isEqualTo(3);
  }

  @Test
  void oneSourceDoesNotPayForAnother() {
    taken("a", 3);
    assertThat(taken("b", 3)).isEqualTo(3);
  }

  @Test
  void ofTooManySourcesTheOneThatWasQuietTheLongestIsForgotten() {
    taken("a", 3);
    taken("b", 3);
    for (String other : new String[] {"c", "d"}) {
      buckets.take(other);
    }
    assertThat(buckets.take("a")).as("a has asked again since").isPresent();
    buckets.take("e");
    assertThat(buckets.size()).isEqualTo(4);
    assertThat(buckets.take("a")).isPresent();
    assertThat(buckets.take("b")).as("b was forgotten").isEmpty();
  }

  @Test
  void aMillionSourcesTakeNoMoreRoomThanFour() {
    for (int i = 0; i < 1_000_000; i++) {
      buckets.take("source-" + i);
    }
    assertThat(buckets.size()).isEqualTo(4);
  }

  @Test
  void overAnySpanItLetsThroughItsDepthAndOneForEachInterval() {
    Random random = new Random(20260501);
    Instant start = now;
    int allowed = 0;
    for (int i = 0; i < 10_000; i++) {
      now = now.plusMillis(random.nextInt(4_000));
      allowed += buckets.take("a").isEmpty() ? 1 : 0;
    }
    long intervals = Duration.between(start, now).toMillis() / EVERY.toMillis();
    assertThat((long) allowed).isBetween(intervals, 3 + intervals);
  }

  @Test
  void aBucketWithoutTokensOrTimeIsNone() {
    assertThatThrownBy(() -> new TokenBuckets(() -> now, 0, EVERY, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBuckets(() -> now, 1, Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBuckets(() -> now, 1, EVERY, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int taken(String source, int wanted) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      taken += buckets.take(source).equals(Optional.empty()) ? 1 : 0;
    }
    return taken;
  }
}
