package io.towncrier.notices.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.notices.canary.CanaryReport.Standing;
import io.towncrier.notices.canary.CanaryStore.Phone;
import io.towncrier.notices.canary.CanaryStore.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a canary is missed, and when that would be no news of pushes. */
class JudgeCanaryTest {
  private static final Instant SENT = Instant.parse("2026-05-04T08:00:00Z");
  private static final Duration WITHIN = Duration.ofMinutes(2);

  @ParameterizedTest
  @CsvSource({
    // state, reason, dropped, shown after, looked at after (seconds), what follows, because
    "PENDING, , , , 10, WAITING,",
    "ACCEPTED, , , , 119, WAITING,",
    "ACCEPTED, , , 3, 10, SHOWN,",
    "ACCEPTED, , , 120, 600, SHOWN,",
    "ACCEPTED, , , 121, 600, LATE,",
    "ACCEPTED, , , , 120, MISSED, not-told",
    "PENDING, , , , 120, MISSED, not-sent",
    "SENDING, , , , 120, MISSED, not-sent",
    "PENDING, no-credentials, , , 120, MISSED, no-credentials",
    "SUPPRESSED, expired, , , 120, MISSED, expired",
    "DEAD, UNREGISTERED, , , 120, MISSED, UNREGISTERED",
    "SUPPRESSED, no-push-address, , , 120, MISSED, no-push-address",
    "ACCEPTED, , expired, , 120, MISSED, expired",
    "ACCEPTED, , refused, , 120, MISSED, refused",
    // What the owner of the phone wants is no trouble, at whatever moment.
    "SUPPRESSED, category-off, , , 10, SKIPPED, category-off",
    "SUPPRESSED, opted-out, , , 600, SKIPPED, opted-out",
    "SUPPRESSED, unknown-zone, , , 600, SKIPPED, unknown-zone",
    "PENDING, quiet-hours, , , 600, SKIPPED, quiet-hours",
    "ACCEPTED, , switched-off, , 600, SKIPPED, switched-off",
    "ACCEPTED, , not-permitted, , 600, SKIPPED, not-permitted"
  })
  void oneCanary(
      String state,
      String reason,
      String dropped,
      Long shownAfter,
      long lookedAfter,
      CanaryState expected,
      String because) {
    Sent sent =
        new Sent(
            "a",
            SENT,
            state,
            Optional.ofNullable(reason),
            "fcm",
            List.of(),
            Optional.ofNullable(shownAfter).map(SENT::plusSeconds),
            Optional.ofNullable(dropped));
    Standing standing = judge(lookedAfter, false, List.of("a"), sent).phones().get(0);
    assertThat(standing.state()).isEqualTo(expected);
    assertThat(standing.because()).isEqualTo(Optional.ofNullable(because));
    assertThat(standing.shownAfter())
        .isEqualTo(Optional.ofNullable(shownAfter).map(Duration::ofSeconds));
  }

  @Test
  void whileAnOperatorHasHaltedPushesNothingIsMissed() {
    Sent waits = sent("a", "fcm", SENT, "PENDING", null);
    assertThat(judge(600, true, List.of("a"), waits).missed()).isEmpty();
    assertThat(judge(600, true, List.of("a"), waits).phones().get(0).because())
        .contains("pushes-halted");
    // One that was sent before can be shown all the same.
    assertThat(judge(600, true, List.of("a"), sent("a", "fcm", SENT, "ACCEPTED", null)).missed())
        .containsExactly("fcm");
  }

  @Test
  void theAlarmIsOfAProviderOfWhichNoPhoneHasShownIt() {
    Sent offline = sent("a", "fcm", SENT, "ACCEPTED", null);
    Sent shown = sent("b", "fcm", SENT, "ACCEPTED", 4L);
    Sent inChina = sent("c", "getui", SENT, "ACCEPTED", null);
    CanaryReport report = judge(600, false, List.of("a", "b", "c"), offline, shown, inChina);
    assertThat(report.missed()).containsExactly("getui");
    assertThat(report.slowest("fcm")).contains(Duration.ofSeconds(4));
    assertThat(report.slowest("getui")).isEmpty();
    // Late is not in time.
    assertThat(judge(600, false, List.of("b"), sent("b", "fcm", SENT, "ACCEPTED", 300L)).missed())
        .containsExactly("fcm");
  }

  @ParameterizedTest
  @CsvSource({
    // Passed, by whom it goes, state, reason, shown after; which provider is missed.
    "fcm, getui, ACCEPTED, , 3, fcm",
    "fcm, getui, ACCEPTED, , 300, fcm",
    "fcm, getui, ACCEPTED, , , fcm",
    "fcm, getui, DEAD, UNREGISTERED, , fcm",
    // In a new round the first has shown it after all, or has not.
    "fcm getui, fcm, ACCEPTED, , 90, ''",
    "fcm getui, fcm, ACCEPTED, , , fcm",
    "fcm, getui, SUPPRESSED, opted-out, , ''"
  })
  void whatTheNextAddressShowsHidesNotThatTheFirstShowsNothing(
      String passed, String provider, String state, String reason, Long shownAfter, String missed) {
    Sent sent =
        new Sent(
            "a",
            SENT,
            state,
            Optional.ofNullable(reason),
            provider,
            List.of(passed.split(" ", -1)),
            Optional.ofNullable(shownAfter).map(SENT::plusSeconds),
            Optional.empty());
    CanaryReport report = judge(600, false, List.of("a"), sent);
    assertThat(String.join(" ", report.missed())).isEqualTo(missed);
    assertThat(report.slowest("getui")).isEmpty();
    CanaryState early = judge(10, false, List.of("a"), sent).phones().get(0).state();
    assertThat(early == CanaryState.WAITING)
        .isEqualTo(shownAfter == null && !state.equals("SUPPRESSED"));
  }

  @Test
  void untilTheNextIsDecidedTheOneBeforeIsTold() {
    Sent before = sent("a", "fcm", SENT.minus(Duration.ofMinutes(5)), "ACCEPTED", null);
    Sent now = sent("a", "fcm", SENT, "ACCEPTED", null);
    assertThat(judge(60, false, List.of("a"), now, before).missed()).containsExactly("fcm");
    Sent shown = sent("a", "fcm", SENT, "ACCEPTED", 50L);
    assertThat(judge(60, false, List.of("a"), shown, before).missed()).isEmpty();
  }

  @Test
  void aPhoneThatCouldNotTellIsSkippedAndSoIsOneThatIsNotThere() {
    CanaryPlan plan = new CanaryPlan(List.of("gone", "old", "off"), Duration.ofHours(1), WITHIN);
    List<Phone> phones = List.of(new Phone("old", false, true), new Phone("off", true, false));
    CanaryReport report =
        new JudgeCanary(plan, false, SENT.plusSeconds(600))
            .of(phones, List.of(sent("old", "fcm", SENT, "ACCEPTED", null)));
    assertThat(report.phones())
        .extracting(standing -> standing.because().orElseThrow())
        .containsExactly("unknown-device", "no-kit", "receipts-off");
    assertThat(report.missed()).isEmpty();
  }

  @Test
  void beforeTheFirstOneNothingIsMissed() {
    CanaryReport report = judge(600, false, List.of("a"));
    assertThat(report.phones()).containsExactly(Standing.none("a"));
    assertThat(report.missed()).isEmpty();
  }

  private static Sent sent(
      String device, String provider, Instant at, String state, Long shownAfter) {
    return new Sent(
        device,
        at,
        state,
        Optional.empty(),
        provider,
        List.of(),
        Optional.ofNullable(shownAfter).map(at::plusSeconds),
        Optional.empty());
  }

  private static CanaryReport judge(
      long lookedAfter, boolean halted, List<String> devices, Sent... newestFirst) {
    List<Phone> phones = devices.stream().map(id -> new Phone(id, true, true)).toList();
    return new JudgeCanary(
            new CanaryPlan(devices, Duration.ofHours(1), WITHIN),
            halted,
            SENT.plusSeconds(lookedAfter))
        .of(phones, Stream.of(newestFirst).toList());
  }
}
