package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.targeting.InstallWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class InstallAnswerTest {
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final Instant OPENS = Instant.parse("2026-05-01T02:00:00Z");
  private static final Instant CLOSES = Instant.parse("2026-05-01T05:00:00Z");

  @Test
  void whoeverReadsAKeptAnswerNeverInstallsOutsideOfTheHours() {
    InstallWindow.Opening opening = new InstallWindow.Opening(OPENS, Optional.of(CLOSES));
    // Every moment of asking around the hours, and every age that the answer can have when read.
    for (long asked = -7200; asked < 10_600; asked += 17) {
      Instant now = OPENS.plusSeconds(asked);
      UpdateAnswer.Window window = told(opening, now);
      for (long age = 0; age <= KEPT.toSeconds(); age += 5) {
        Instant read = now.plusSeconds(age);
        Instant from = read.plusSeconds(window.opensInSeconds());
        Instant to = read.plusSeconds(window.closesInSeconds().orElseThrow());
        assertThat(from).isAfterOrEqualTo(OPENS);
        assertThat(to).isBeforeOrEqualTo(CLOSES);
      }
    }
  }

  @Test
  void whatIsOpenIsOpenNow() {
    InstallWindow.Opening open =
        new InstallWindow.Opening(OPENS.plusSeconds(90), Optional.of(CLOSES));

    assertThat(told(open, OPENS.plusSeconds(90)).opensInSeconds()).isZero();
  }

  @Test
  void whatStaysOpenHasNoEnd() {
    UpdateAnswer.Window window =
        told(new InstallWindow.Opening(OPENS, Optional.empty()), OPENS.minusSeconds(60));

    assertThat(window).isEqualTo(new UpdateAnswer.Window(60, OptionalLong.empty()));
  }

  @Test
  void withinAMinuteTheAnswerIsTheSame() {
    InstallWindow.Opening opening = new InstallWindow.Opening(OPENS, Optional.of(CLOSES));

    assertThat(told(opening, OPENS.minusSeconds(3599)))
        .isEqualTo(told(opening, OPENS.minusSeconds(3541)))
        .isNotEqualTo(told(opening, OPENS.minusSeconds(3540)));
  }

  private static UpdateAnswer.Window told(InstallWindow.Opening opening, Instant now) {
    Instant asOf =
        Instant.ofEpochSecond(now.getEpochSecond() / STEP.toSeconds() * STEP.toSeconds());
    return UpdateAnswer.Window.of(opening, asOf, !opening.opens().isAfter(now), STEP.plus(KEPT));
  }
}
