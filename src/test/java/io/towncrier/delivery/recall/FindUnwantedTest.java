package io.towncrier.delivery.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.StillWanted.Answer;
import io.towncrier.devices.Device;
import io.towncrier.devices.PushTarget;
import io.towncrier.preferences.Suppression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FindUnwantedTest {
  private static final PushTarget ROUTER =
      new PushTarget(
          "dev_router",
          "ax",
          "ax",
          new Device.Facts(
              "2.0",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              "stable",
              Optional.empty(),
              Optional.empty(),
              OptionalLong.empty(),
              false),
          List.of(),
          Optional.empty(),
          false);

  private static final Map<String, Answer> ANSWERS =
      Map.of(
          "1.9", new Answer.Unwanted(Suppression.NO_LONGER_OFFERED),
          "2.0", new Answer.Unwanted(Suppression.UPDATED_MEANWHILE),
          "2.1", new Answer.HeldBack(),
          "3.0", new Answer.Wanted());

  @Test
  void whatAClaimWouldNotSendIsCalledBackWithItsReasonOnEachPhone() {
    List<Recalls.Unwanted> found =
        FindUnwanted.unwanted(
            List.of(
                about("ntc_1", "dev_phone", "2.0"),
                about("ntc_1", "dev_other", "2.0"),
                about("ntc_2", "dev_phone", "1.9"),
                about("ntc_3", "dev_phone", "2.1"),
                about("ntc_4", "dev_phone", "3.0")),
            (release, target) -> {
              assertThat(target).as("the router, and not the phone").isEqualTo(ROUTER);
              return ANSWERS.get(release.version());
            },
            ROUTER);
    assertThat(found)
        .containsExactly(
            new Recalls.Unwanted("ntc_1", "dev_phone", "updated-meanwhile"),
            new Recalls.Unwanted("ntc_1", "dev_other", "updated-meanwhile"),
            new Recalls.Unwanted("ntc_2", "dev_phone", "no-longer-offered"));
  }

  private static Recalls.AboutRelease about(String notice, String device, String version) {
    return new Recalls.AboutRelease(notice, device, new PushContent.Release("ax", version));
  }
}
