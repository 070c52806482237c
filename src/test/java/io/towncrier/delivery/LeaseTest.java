package io.towncrier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
  @Test
  void aFreshLeaseLeavesTimeForWhatIsShorter() {
    assertThat(Lease.startingNow(Duration.ofHours(2)).leaves(Duration.ofHours(1))).isTrue();
  }

  @Test
  void aLeaseLeavesNoTimeForWhatIsAsLongOrLonger() {
    Lease lease = Lease.startingNow(Duration.ofHours(1));

    assertThat(lease.leaves(Duration.ofHours(1))).isFalse();
    assertThat(lease.leaves(Duration.ofHours(2))).isFalse();
  }

  @Test
  void aLeaseThatIsOverLeavesNothing() {
    assertThat(new Lease(System.nanoTime() - 1).leaves(Duration.ZERO)).isFalse();
    assertThat(Lease.startingNow(Duration.ZERO).leaves(Duration.ZERO)).isFalse();
  }

  @Test
  void aLeaseRunsOutAsTimePasses() {
    Lease lease = Lease.startingNow(Duration.ofMillis(5));
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (lease.leaves(Duration.ZERO) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }

    assertThat(lease.leaves(Duration.ZERO)).isFalse();
    assertThat(System.nanoTime()).isGreaterThanOrEqualTo(lease.endNanos());
  }
}
