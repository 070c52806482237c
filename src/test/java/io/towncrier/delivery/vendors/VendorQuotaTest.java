package io.towncrier.delivery.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorQuotaTest {
  @ParameterizedTest
  @CsvSource({
    "1000,1000,false,1.0,false",
    "1000,100,false,0.1,false",
    "1000,99,false,0.099,true",
    "1000,0,false,0.0,true",
    ",0,false,0.0,true",
    ",5,false,,false",
    "0,5,false,,false",
    "1000,,true,0.0,true",
    "1000,,false,,false",
    // Whether it means "used up" is not said, where it is told what is left.
    "1000,500,true,0.5,false"
  })
  void lessThanATenthIsLittle(
      Long total, Long remaining, boolean limited, Double left, boolean isLow) {
    VendorQuota quota =
        new VendorQuota("xm", Optional.ofNullable(total), Optional.ofNullable(remaining), limited);
    assertThat(quota.left()).isEqualTo(Optional.ofNullable(left));
    assertThat(quota.isLow()).isEqualTo(isLow);
  }

  @Test
  void whatIsOldSaysNothingOfToday() {
    VendorQuota none = new VendorQuota("op", Optional.of(10L), Optional.of(0L), false);
    Instant at = Instant.parse("2026-11-30T12:00:00Z");
    assertThat(kept(at, Optional.empty(), none).low()).containsExactly(none);
    assertThat(kept(at, Optional.of("TIMEOUT"), none).low()).isEmpty();
  }

  private static VendorQuotas.Kept kept(Instant at, Optional<String> notTold, VendorQuota quota) {
    return new VendorQuotas.Kept(at, notTold, Optional.of(at), List.of(quota));
  }
}
