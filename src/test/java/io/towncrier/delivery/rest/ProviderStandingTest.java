package io.towncrier.delivery.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.vendors.VendorQuota;
import io.towncrier.delivery.vendors.VendorQuotas;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderStandingTest {
  private static final Instant TOLD = Instant.parse("2026-11-30T12:00:00Z");
  private static final Instant ASKED = Instant.parse("2026-11-30T13:00:00Z");

  @Test
  void credentialsOfAnotherDataCentreAreSaidInWords() {
    ProviderStanding refused = ProviderStanding.degraded("WRONG_DATA_CENTRE");
    assertThat(refused.means().orElseThrow())
        .contains("another data centre")
        .contains("TOWNCRIER_GETUI_ENDPOINT");
    assertThat(ProviderStanding.degraded("TIMEOUT").means()).isEmpty();
    assertThat(ProviderStanding.WORKING.means()).isEmpty();
  }

  @Test
  void theyAreKnownFromTheQuotasBeforeAPushIsTried() {
    ProviderStanding asked = ProviderStanding.WORKING.with(kept(Optional.of("WRONG_DATA_CENTRE")));
    assertThat(asked.state()).isEqualTo(ProviderStanding.State.WORKING);
    assertThat(asked.quotaUnknown()).contains("WRONG_DATA_CENTRE");
    assertThat(asked.means()).isPresent();
    assertThat(asked.quotaLow()).isEmpty();
  }

  @Test
  void vendorsWithLittleLeftAreNamedAndChangeNoState() {
    ProviderStanding asked = ProviderStanding.WORKING.with(kept(Optional.empty()));
    assertThat(asked.state()).isEqualTo(ProviderStanding.State.WORKING);
    assertThat(asked.quotaLow()).contains("op: 12 of 1000 left");
    assertThat(asked.quotaUnknown()).isEmpty();
    assertThat(ProviderStanding.WORKING.quotaLow()).isEmpty();
  }

  @Test
  void itIsSaidOfWhenQuotasAreAndWhenAProviderThatTellsNoneWasAsked() {
    ProviderStanding told = ProviderStanding.WORKING.with(kept(Optional.empty()));
    assertThat(told.quotasAsOf()).contains(TOLD);
    assertThat(told.quotasAskedAt()).isEmpty();
    ProviderStanding silent = ProviderStanding.WORKING.with(kept(Optional.of("FAILED")));
    assertThat(silent.quotasAsOf()).as("those of before stand").contains(TOLD);
    assertThat(silent.quotasAskedAt()).contains(ASKED);
    VendorQuotas.Kept never =
        new VendorQuotas.Kept(ASKED, Optional.of("FAILED"), Optional.empty(), List.of());
    assertThat(ProviderStanding.WORKING.with(Optional.of(never)).quotasAsOf()).isEmpty();
    assertThat(ProviderStanding.WORKING.quotasAsOf()).isEmpty();
    assertThat(ProviderStanding.WORKING.quotasAskedAt()).isEmpty();
  }

  private static Optional<VendorQuotas.Kept> kept(Optional<String> notTold) {
    return Optional.of(
        new VendorQuotas.Kept(
            ASKED,
            notTold,
            Optional.of(TOLD),
            List.of(
                new VendorQuota("op", Optional.of(1000L), Optional.of(12L), false),
                new VendorQuota("xm", Optional.of(1000L), Optional.of(900L), false))));
  }
}
