package io.towncrier.privacyrequests;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.privacy.rights.Ground;
import io.towncrier.privacyrequests.Deadline.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A request is answered within 15 days of its verification, or an alarm rings before they end. */
class DeadlineTest {
  private static final Instant VERIFIED = Instant.parse("2028-02-20T23:59:59.999Z");
  private static final PrivacyRequest.Closed NOW = new PrivacyRequest.Closed(VERIFIED, "olga");

  @ParameterizedTest
  @CsvSource({
    "0, ON_TIME",
    "10, REMIND",
    "14, ALARM",
    "15, OVERDUE",
    "400, OVERDUE",
  })
  void eachUrgencyBeginsWithItsDay(int day, Urgency urgency) {
    Deadline deadline = Deadline.of(VERIFIED);
    Instant begins = VERIFIED.plus(Duration.ofDays(day));
    assertThat(deadline.urgency(begins)).isEqualTo(urgency);
    if (day > 0 && day < 400) {
      assertThat(deadline.urgency(begins.minusMillis(1)).ordinal())
          .isEqualTo(urgency.ordinal() - 1);
    }
  }

  /**
   * Three years of requests at random moments and of looks at random distances, of which some are
   * missed: what is overdue rings at every look, and rang before it was, unless no look came.
   */
  @Test
  void nothingIsOverdueWithoutAlarm() {
    Random random = new Random(20_261_130);
    for (int i = 0; i < 100_000; i++) {
      Instant verified =
          Instant.parse("2026-01-01T00:00:00Z").plusMillis(random.nextLong(3L * 366 * 86_400_000));
      Deadline deadline = Deadline.of(verified);
      Instant look = verified.plusMillis(random.nextLong(Duration.ofDays(40).toMillis()));
      Urgency urgency = deadline.urgency(look);
      boolean isOverdue = !look.isBefore(verified.plus(Duration.ofDays(15)));
      assertThat(urgency == Urgency.OVERDUE).isEqualTo(isOverdue);
      assertThat(urgency.rings()).isEqualTo(!look.isBefore(verified.plus(Duration.ofDays(14))));
      // A look within the last day rings before it is too late.
      Instant before = deadline.due().minusMillis(1 + random.nextLong(86_400_000));
      assertThat(deadline.urgency(before)).isEqualTo(Urgency.ALARM);
      // The query of the watch finds the same.
      for (Urgency least : Urgency.values()) {
        assertThat(!deadline.due().isAfter(Deadline.dueAtMost(least, look)))
            .as("%s at %s of %s", least, look, verified)
            .isEqualTo(urgency.compareTo(least) >= 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void anOptOutIsNeverRefused(RefusalReason reason) {
    assertThat(open(RequestKind.OPT_OUT).refuse(reason, "Ada Lovelace", NOW)).isEmpty();
    Stream.of(RequestKind.values())
        .filter(kind -> kind != RequestKind.OPT_OUT)
        .forEach(
            kind ->
                assertThat(open(kind).refuse(reason, "Ada Lovelace", NOW))
                    .map(PrivacyRequest.Refused::decidedBy)
                    .contains("Ada Lovelace"));
  }

  @ParameterizedTest
  @EnumSource(RequestKind.class)
  void aRequestIsAnsweredByWhatItAskedForOrByThatNothingIsHeld(RequestKind kind) {
    assertThat(Stream.of(RequestAnswer.values()).filter(open(kind)::isAnsweredBy))
        .hasSize(2)
        .contains(RequestAnswer.NO_DATA_HELD);
    assertThat(open(kind).answer(RequestAnswer.NO_DATA_HELD, NOW).state()).isEqualTo("answered");
  }

  private static PrivacyRequest.Open open(RequestKind kind) {
    return new PrivacyRequest.Open(
        new PrivacyRequest.Opened(
            "prq_x",
            kind,
            "CASE-1",
            kind.needsGround() ? Optional.of(Ground.MINOR) : Optional.empty(),
            VERIFIED,
            VERIFIED,
            "olga"));
  }
}
