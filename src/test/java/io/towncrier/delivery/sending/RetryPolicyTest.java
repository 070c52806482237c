package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final Optional<Duration> NOT_ASKED = Optional.empty();

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "3, 40", "4, 80", "5, 160", "6, 320", "7, 640"})
  void theDelayDoublesFromTenSeconds(int attempts, long seconds) {
    assertThat(RetryPolicy.delay(attempts, NOT_ASKED, 0)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5, 12.5", "1, 1.0, 15", "3, 0.25, 45", "7, 1.0, 960"})
  void jitterAddsUpToAHalf(int attempts, double random, double seconds) {
    assertThat(RetryPolicy.delay(attempts, NOT_ASKED, random))
        .contains(Duration.ofMillis((long) (seconds * 1000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 100, Integer.MAX_VALUE})
  void afterEightAttemptsItIsEnough(int attempts) {
    assertThat(RetryPolicy.delay(attempts, NOT_ASKED, 0.5)).isEmpty();
    assertThat(RetryPolicy.delay(attempts, Optional.of(Duration.ofSeconds(1)), 0.5)).isEmpty();
  }

  @Test
  void whatTheProviderAsksIsObeyed() {
    Optional<Duration> asked = Optional.of(Duration.ofMinutes(5));

    assertThat(RetryPolicy.delay(1, asked, 0)).isEqualTo(asked);
    assertThat(RetryPolicy.delay(1, asked, 1)).isEqualTo(asked);
  }

  @Test
  void whoAsksForLessThanTheOwnDelayDoesNotShortenIt() {
    assertThat(RetryPolicy.delay(4, Optional.of(Duration.ofSeconds(1)), 0))
        .contains(Duration.ofSeconds(80));
    assertThat(RetryPolicy.delay(1, Optional.of(Duration.ZERO), 0))
        .contains(Duration.ofSeconds(10));
  }

  @Test
  void anHourAskedForIsWaited() {
    assertThat(RetryPolicy.delay(1, Optional.of(Duration.ofMinutes(60)), 0.5))
        .contains(Duration.ofMinutes(60));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 60", "0.25, 120", "0.125, 240", "0.015625, 1920"})
  void anExceededQuotaDoublesTheDelayWithEachTimeThatThePaceIsHalved(double pace, long seconds) {
    assertThat(RetryPolicy.afterQuota(NOT_ASKED, pace, 0)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(RetryPolicy.afterQuota(NOT_ASKED, pace, 1))
        .isEqualTo(Duration.ofSeconds(seconds * 3 / 2));
  }

  @Test
  void whatTheQuotaAsksIsObeyedAndNobodyComesBackBefore() {
    Optional<Duration> asked = Optional.of(Duration.ofSeconds(17));
    assertThat(RetryPolicy.afterQuota(asked, 0.5, 0)).isEqualTo(Duration.ofSeconds(17));
    assertThat(RetryPolicy.afterQuota(asked, 0.5, 1)).isEqualTo(Duration.ofMillis(25_500));
    assertThat(RetryPolicy.afterQuota(Optional.of(Duration.ZERO), 0.5, 0))
        .isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(longs = {60L * 60 * 24 * 400, Long.MAX_VALUE / 1000, Long.MAX_VALUE})
  void anAbsurdWaitIsAnHourAndNotForAllAtTheSameMoment(long seconds) {
    Optional<Duration> asked = Optional.of(Duration.ofSeconds(seconds));
    for (double random : new double[] {0, 0.3, 0.99}) {
      Duration hour = Duration.ofMinutes(60).minusMillis((long) (360_000 * random));
      assertThat(RetryPolicy.afterQuota(asked, 0.5, random)).isEqualTo(hour);
      assertThat(RetryPolicy.delay(1, asked, random)).contains(hour);
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 100000, 0, 10", "3600, 600, 0, 300", "3600, 600, 1, 540", "60, 60, 0.5, 42"})
  void whateverIsAskedADeliveryIsTriedBeforeItsNoticeExpires(
      long delay, long left, double random, long expected) {
    assertThat(RetryPolicy.withinLife(Duration.ofSeconds(delay), Duration.ofSeconds(left), random))
        .isEqualTo(Duration.ofSeconds(expected));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -100_000})
  void whatHasExpiredIsLookedAtAtOnce(long left) {
    assertThat(RetryPolicy.withinLife(Duration.ofHours(1), Duration.ofSeconds(left), 0.5))
        .isEqualTo(Duration.ZERO);
  }

  // Contract fcm-v1: at most 60 minutes in all.
  @Test
  void allTriesTogetherTakeLessThanAnHour() {
    Duration all = Duration.ZERO;
    int attempts = 1;
    Optional<Duration> delay = RetryPolicy.delay(attempts, NOT_ASKED, 1);
    while (delay.isPresent()) {
      all = all.plus(delay.get());
      delay = RetryPolicy.delay(++attempts, NOT_ASKED, 1);
    }

    assertThat(attempts).isEqualTo(8);
    assertThat(all).isLessThan(Duration.ofMinutes(60));
  }
}
