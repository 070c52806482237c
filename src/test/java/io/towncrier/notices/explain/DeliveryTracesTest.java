package io.towncrier.notices.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.vendors.VendorEffect;
import io.towncrier.notices.explain.DeliveryTraces.Carriage;
import io.towncrier.notices.explain.DeliveryTraces.Trace;
import io.towncrier.preferences.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTracesTest {
  // 01:10 in Shanghai.
  private static final Instant NIGHT = Instant.parse("2026-11-29T17:10:00Z");

  @Test
  void ofOneThatGetuiAcceptedAtNightHuaweiIsNamed() {
    assertThat(trace("ACCEPTED", "getui").vendorEffects())
        .filteredOn(effect -> effect.vendor().equals("Huawei"))
        .extracting(VendorEffect::hiddenUntil)
        .containsExactly(Optional.of(Instant.parse("2026-11-29T22:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTED,fcm", "DEAD,getui", "SUPPRESSED,getui"})
  void ofAnyOtherNoVendorIs(String state, String provider) {
    assertThat(trace(state, provider).vendorEffects()).isEmpty();
  }

  private static Trace trace(String state, String provider) {
    return new Trace(
        state,
        Optional.empty(),
        1,
        NIGHT,
        Optional.of(NIGHT),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new Carriage(
            provider, List.of("fcm"), Category.SECURITY, NIGHT.plus(Duration.ofDays(1)), 0));
  }
}
