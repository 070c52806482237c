package io.towncrier.delivery.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.DeliveryResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecallOutcomeTest {
  private static final Optional<Duration> NINE = Optional.of(Duration.ofSeconds(9));

  @Test
  void thatAMessageWasTakenDoesNotSayWhatWasShown() {
    assertThat(RecallOutcome.of(new DeliveryResult.Accepted("m")))
        .isEqualTo(new RecallOutcome.Unknown());
    assertThat(new RecallOutcome.Unknown().again()).isEmpty();
  }

  @Test
  void ofTwoAddressesWhatIsTriedAgainIsTriedAgainAndElseTheBetterIsTold() {
    RecallOutcome later = new RecallOutcome.Later("T", Duration.ofSeconds(9), false);
    RecallOutcome taken = new RecallOutcome.Unknown();
    RecallOutcome gone = new RecallOutcome.CouldNot("UNREGISTERED");
    List<RecallOutcome> best = List.of(later, new RecallOutcome.Recalled(), taken, gone);
    for (int i = 0; i < best.size(); i++) {
      for (int j = i; j < best.size(); j++) {
        assertThat(best.get(i).together(best.get(j))).isEqualTo(best.get(i));
        assertThat(best.get(j).together(best.get(i))).isEqualTo(best.get(i));
      }
    }
  }

  @Test
  void whatPassesIsTriedAgainWhenTheProviderSaysSo() {
    for (DeliveryResult passing :
        List.of(
            new DeliveryResult.TryLater("T", NINE), new DeliveryResult.QuotaExceeded("T", NINE))) {
      assertThat(RecallOutcome.of(passing))
          .isEqualTo(new RecallOutcome.Later("T", Duration.ofSeconds(9), true));
    }
    for (DeliveryResult passing :
        List.of(
            new DeliveryResult.TryLater("T", Optional.empty()),
            new DeliveryResult.QuotaExceeded("T", Optional.empty()),
            new DeliveryResult.PlatformRefused("T"),
            new DeliveryResult.ProviderRefused("T"),
            new DeliveryResult.NotSent())) {
      RecallOutcome outcome = RecallOutcome.of(passing);
      assertThat(outcome.state()).isEqualTo(RecallState.WAITING);
      assertThat(outcome.again().orElseThrow()).isPositive();
      assertThat(((RecallOutcome.Later) outcome).asksForPatience())
          .as("whether it is about more than this push")
          .isEqualTo(
              passing instanceof DeliveryResult.QuotaExceeded
                  || passing instanceof DeliveryResult.ProviderRefused);
    }
  }

  @Test
  void whatWillNeverBeTakenIsNotTriedAgain() {
    for (DeliveryResult gone :
        List.of(
            new DeliveryResult.AddressGone("G"),
            new DeliveryResult.AddressIdle("G"),
            new DeliveryResult.NoticeRefused("G"))) {
      assertThat(RecallOutcome.of(gone)).isEqualTo(new RecallOutcome.CouldNot("G"));
    }
  }

  @Test
  void statesAreToldByCodesAndOneAloneIsNotFinal() {
    Map<RecallState, String> codes =
        Map.of(
            RecallState.WAITING, "waiting",
            RecallState.RECALLED, "recalled",
            RecallState.UNKNOWN, "recall-unknown",
            RecallState.COULD_NOT, "could-not");
    assertThat(Arrays.stream(RecallState.values()))
        .allMatch(state -> codes.get(state).equals(RecallState.codeOf(state.name())));
    assertThat(new RecallOutcome.Recalled().state()).isEqualTo(RecallState.RECALLED);
  }
}
