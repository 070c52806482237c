package io.towncrier.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final long RATE = 1_000;
  private static final long NOW = 1_800_000_000;

  private final Bucket full = Bucket.full(RATE, NOW);

  @Test
  void itIsFilledByTheSecondAndNeverAboveItsBurst() {
    Bucket used = full.take(9_000, RATE);

    assertThat(used.at(NOW, RATE).room()).isEqualTo(1_000);
    assertThat(used.at(NOW + 3, RATE).room()).isEqualTo(4_000);
    assertThat(used.at(NOW + 9, RATE).room()).isEqualTo(10_000);
    assertThat(used.at(NOW + 10_000_000_000L, RATE).room()).isEqualTo(10_000);
    assertThat(new Bucket(0, Long.MIN_VALUE, 0, 0).at(Long.MAX_VALUE / 2_000, RATE).room())
        .isEqualTo(10_000);
  }

  @Test
  void aClockThatGoesBackAddsNothingAndTakesNothing() {
    Bucket used = full.take(9_000, RATE);

    assertThat(used.at(NOW - 1, RATE)).isEqualTo(used);
    assertThat(used.at(NOW - 60, RATE).at(NOW, RATE)).isEqualTo(used);
  }

  @Test
  void aBucketThatIsFarAheadGoesOnFromNow() {
    Bucket ahead = new Bucket(NOW + 400_000_000, 500, (NOW + 400_000_000) * 1_000, Long.MAX_VALUE);

    Bucket here = ahead.at(NOW, RATE);

    assertThat(here.room()).isEqualTo(500);
    assertThat(here.at(NOW + 2, RATE).room()).isEqualTo(2_500);
    assertThat(here.toWait(Urgency.USUAL, NOW)).isEqualTo(Duration.ofHours(6));
    assertThat(here.securityEnds()).isEqualTo(here.queueEnds());
  }

  @Test
  void aDownloadThatIsLargerThanTheBucketBeginsAndIsPaidBack() {
    Bucket used = full.take(50_000, RATE);

    assertThat(used.room()).isEqualTo(-40_000);
    assertThat(used.at(NOW + 45, RATE).hasRoom(Urgency.USUAL, RATE)).isFalse();
    assertThat(used.at(NOW + 46, RATE).hasRoom(Urgency.USUAL, RATE)).isTrue();
  }

  @Test
  void noSizeBlocksARegionForLongerThanTheLongestWait() {
    Bucket used = full.take(Long.MAX_VALUE, RATE).take(Long.MAX_VALUE, RATE);

    assertThat(used.at(NOW + Duration.ofHours(6).toSeconds() + 6, RATE).room()).isPositive();
    Bucket most = Bucket.full(DownloadBudget.MOST, NOW).take(Long.MAX_VALUE, DownloadBudget.MOST);
    assertThat(most.take(Long.MAX_VALUE, DownloadBudget.MOST).room()).isNegative();
    assertThat(most.queued(Long.MAX_VALUE, Urgency.USUAL, NOW, 1).toWait(Urgency.USUAL, NOW))
        .isEqualTo(Duration.ofHours(6));
  }

  @Test
  void aSecurityReleaseGoesFirstThenWhoAsksByHand() {
    Bucket half = full.take(5_000, RATE);
    assertThat(half.hasRoom(Urgency.USUAL, RATE)).isFalse();
    assertThat(half.hasRoom(Urgency.BY_HAND, RATE)).isTrue();
    assertThat(half.hasRoom(Urgency.SECURITY, RATE)).isTrue();

    Bucket quarter = half.take(2_500, RATE);
    assertThat(quarter.hasRoom(Urgency.BY_HAND, RATE)).isFalse();
    assertThat(quarter.hasRoom(Urgency.SECURITY, RATE)).isTrue();

    Bucket empty = quarter.take(2_500, RATE);
    for (Urgency urgency : Urgency.values()) {
      assertThat(empty.hasRoom(urgency, RATE)).as("%s", urgency).isFalse();
    }
  }

  @Test
  void whoWaitsForASecurityReleaseWaitsForNobodyElse() {
    Bucket crowded = full.take(10_000, RATE);
    for (int i = 0; i < 1_000; i++) {
      crowded = crowded.queued(2_000, Urgency.USUAL, NOW, RATE);
    }
    Bucket both = crowded.queued(2_000, Urgency.SECURITY, NOW, RATE);
    Bucket alone = full.take(10_000, RATE).queued(2_000, Urgency.SECURITY, NOW, RATE);

    assertThat(both.toWait(Urgency.SECURITY, NOW)).isEqualTo(alone.toWait(Urgency.SECURITY, NOW));
    assertThat(both.toWait(Urgency.SECURITY, NOW)).isLessThan(Duration.ofSeconds(65));
    assertThat(both.toWait(Urgency.USUAL, NOW)).isEqualTo(crowded.toWait(Urgency.USUAL, NOW));
    assertThat(alone.queued(2_000, Urgency.USUAL, NOW, RATE).toWait(Urgency.USUAL, NOW))
        .as("others stand behind it")
        .isGreaterThan(alone.toWait(Urgency.SECURITY, NOW));
  }

  @Test
  void theSmallestBudgetWorks() {
    Bucket one = Bucket.full(1, NOW);

    assertThat(one.hasRoom(Urgency.USUAL, 1)).isTrue();
    Bucket used = one.take(20, 1);
    assertThat(used.at(NOW + 15, 1).hasRoom(Urgency.USUAL, 1)).isFalse();
    assertThat(used.at(NOW + 16, 1).hasRoom(Urgency.USUAL, 1)).isTrue();
  }

  @Test
  void aSmallerBudgetTakesEffectAtOnce() {
    assertThat(full.at(NOW, 10).room()).isEqualTo(100);
    assertThat(full.take(10_000_000, RATE).at(NOW, 10).room()).isGreaterThanOrEqualTo(-216_000);
  }

  @Test
  void thoseWhoWaitComeOneBehindTheOther() {
    Bucket waits = full.take(10_000, RATE);
    Duration last = Duration.ZERO;
    for (int i = 0; i < 100; i++) {
      waits = waits.queued(2_000, Urgency.USUAL, NOW, RATE);
      Duration wait = waits.toWait(Urgency.USUAL, NOW);
      assertThat(wait).isGreaterThan(last);
      last = wait;
    }
    assertThat(last).isBetween(Duration.ofSeconds(260), Duration.ofSeconds(262));
  }

  @Test
  void nobodyComesBeforeThereCanBeRoomAndNobodyIsSentAwayForLong() {
    Bucket debt = full.take(1_000_000, RATE);
    assertThat(debt.queued(1, Urgency.USUAL, NOW, RATE).toWait(Urgency.USUAL, NOW))
        .isBetween(Duration.ofSeconds(995), Duration.ofSeconds(1_000));

    Bucket many = full;
    for (int i = 0; i < 50; i++) {
      many = many.queued(1_000_000_000, Urgency.USUAL, NOW, RATE);
    }
    assertThat(many.toWait(Urgency.USUAL, NOW)).isEqualTo(Duration.ofHours(6));
    assertThat(many.queued(9_000_000, Urgency.SECURITY, NOW, RATE).toWait(Urgency.SECURITY, NOW))
        .isEqualTo(Duration.ofHours(1));
    assertThat(many.toWait(Urgency.BY_HAND, NOW)).isEqualTo(Duration.ofMinutes(15));
    assertThat(full.queued(0, Urgency.USUAL, NOW, RATE)).isEqualTo(full);
  }

  @Test
  void whateverIsAskedForWhatIsBegunStaysWithinTheBudget() {
    Random chance = new Random(66);
    for (int round = 0; round < 200; round++) {
      long rate = 1 + chance.nextInt(1_000_000);
      Bucket bucket = Bucket.full(rate, NOW);
      long begun = 0;
      long now = NOW;
      long largest = 0;
      for (int i = 0; i < 500; i++) {
        now = Math.max(NOW, now + chance.nextInt(4) - 1);
        long bytes = 1 + (long) (chance.nextDouble() * 3 * rate);
        bucket = bucket.at(now, rate);
        if (bucket.hasRoom(Urgency.SECURITY, rate)) {
          bucket = bucket.take(bytes, rate);
          begun += bytes;
          largest = Math.max(largest, bytes);
        }
      }
      long passed = bucket.second() - NOW;
      assertThat(begun).isLessThanOrEqualTo(rate * passed + 10 * rate + largest);
    }
  }
}
