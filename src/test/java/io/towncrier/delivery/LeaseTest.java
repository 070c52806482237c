package io.towncrier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicReference<Instant> wall =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final InstantSource clock = wall::get;

  @Test
  void aFreshLeaseLeavesTimeForWhatIsShorter() {
    assertThat(Lease.startingNow(HOUR.multipliedBy(2), clock).leaves(HOUR)).isTrue();
  }

  @Test
  void aLeaseLeavesNoTimeForWhatIsAsLongOrLonger() {
    Lease lease = Lease.startingNow(HOUR, clock);

    assertThat(lease.leaves(HOUR)).isFalse();
    assertThat(lease.leaves(HOUR.multipliedBy(2))).isFalse();
  }

  @Test
  void aLeaseThatIsOverLeavesNothing() {
    Lease over = new Lease(System.nanoTime() - 1, clock.instant().plus(HOUR), clock);

    assertThat(over.leaves(Duration.ZERO)).isFalse();
    assertThat(Lease.startingNow(Duration.ZERO, clock).leaves(Duration.ZERO)).isFalse();
  }

  @Test
  void aLeaseRunsOutAsTimePasses() {
    Lease lease = Lease.startingNow(Duration.ofMillis(5), clock);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (lease.leaves(Duration.ZERO) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }

    assertThat(lease.leaves(Duration.ZERO)).isFalse();
    assertThat(System.nanoTime()).isGreaterThanOrEqualTo(lease.endNanos());
  }

  @Test
  void aLeaseRunsOutWhileTheMonotonicClockStandsStillWithItsSandbox() {
    Lease lease = Lease.startingNow(HOUR, clock);
    wall.set(lease.end().minusSeconds(10));

    assertThat(lease.leaves(Duration.ofSeconds(9))).isTrue();
    assertThat(lease.leaves(Duration.ofSeconds(10))).isFalse();
  }

  @Test
  void nothingIsWrittenOnceItHasExpiredHoweverLongTheLease() {
    Lease lease = Lease.startingNow(HOUR, clock).writingUntil(wall.get().plusSeconds(5));

    assertThat(lease.leaves(Duration.ofSeconds(30))).isTrue();
    wall.set(wall.get().plusSeconds(5));
    assertThat(lease.leaves(Duration.ZERO)).isFalse();
    assertThat(Lease.startingNow(HOUR, clock).writingUntil(Instant.MAX).leaves(HOUR)).isFalse();
  }

  @Test
  void aWallClockThatIsSetBackMakesNoLeaseLonger() {
    Lease lease = new Lease(System.nanoTime() - 1, clock.instant().plus(HOUR), clock);
    wall.set(Instant.EPOCH);

    assertThat(lease.leaves(Duration.ZERO)).isFalse();
  }
}
