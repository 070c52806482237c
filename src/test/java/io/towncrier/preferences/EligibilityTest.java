package io.towncrier.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.preferences.Eligibility.Eligible;
import io.towncrier.preferences.Eligibility.Later;
import io.towncrier.preferences.Eligibility.Suppressed;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EligibilityTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant MIDNIGHT = Instant.parse("2026-05-01T00:00:00Z");
  private static final NotificationAlerts ALL = NotificationAlerts.INITIAL;
  private static final NotificationAlerts NONE =
      new NotificationAlerts(false, Set.of(), Optional.empty(), 1);
  private static final NotificationAlerts NO_SECURITY =
      new NotificationAlerts(true, Set.of(Category.SECURITY), Optional.empty(), 1);

  @ParameterizedTest
  @EnumSource(Category.class)
  void whoChoseNothingIsTold(Category category) {
    assertThat(Eligibility.of(category, List.of(ALL), true, UTC, MIDNIGHT))
        .isEqualTo(new Eligible());
  }

  @Test
  void theAccountAndTheDeviceMustBothAllowIt() {
    assertThat(security(ALL, ALL)).isEqualTo(new Eligible());
    assertThat(security(NONE, ALL)).isEqualTo(new Suppressed(Suppression.OPTED_OUT));
    assertThat(security(ALL, NONE)).isEqualTo(new Suppressed(Suppression.OPTED_OUT));
  }

  @Test
  void aCategoryThatOneOfThemSwitchedOffIsNotSent() {
    assertThat(security(NO_SECURITY, ALL)).isEqualTo(new Suppressed(Suppression.CATEGORY_OFF));
    assertThat(security(ALL, NO_SECURITY)).isEqualTo(new Suppressed(Suppression.CATEGORY_OFF));
  }

  @ParameterizedTest
  @EnumSource(value = Category.class, mode = EnumSource.Mode.EXCLUDE, names = "SECURITY")
  void theOtherCategoriesAreStillSent(Category category) {
    assertThat(Eligibility.of(category, List.of(NO_SECURITY), true, UTC, MIDNIGHT))
        .isEqualTo(new Eligible());
  }

  @Test
  void withoutAnAddressNothingIsSent() {
    assertThat(Eligibility.of(Category.POLICY, List.of(ALL), false, UTC, MIDNIGHT))
        .isEqualTo(new Suppressed(Suppression.NO_PUSH_ADDRESS));
  }

  @Test
  void inQuietHoursItWaitsForTheirEnd() {
    assertThat(security(quiet("22:00", "07:00")))
        .isEqualTo(new Later(Instant.parse("2026-05-01T07:00:00Z")));
    assertThat(security(quiet("09:00", "17:00"))).isEqualTo(new Eligible());
  }

  @Test
  void itWaitsForTheLongerOfTwoQuietHours() {
    Later eight = new Later(Instant.parse("2026-05-01T08:00:00Z"));

    assertThat(security(quiet("22:00", "07:00"), quiet("23:00", "08:00"))).isEqualTo(eight);
    assertThat(security(quiet("23:00", "08:00"), quiet("22:00", "07:00"))).isEqualTo(eight);
    assertThat(security(quiet("23:00", "08:00"), quiet("12:00", "13:00"))).isEqualTo(eight);
  }

  @Test
  void whereverItMayBeQuietItIs() {
    List<ZoneId> brazil = List.of(ZoneOffset.ofHours(-5), ZoneOffset.ofHours(-2));
    NotificationAlerts night = quiet("22:00", "07:00");

    // At noon in UTC it is seven in the one and ten in the other; eleven hours later it is quiet.
    assertThat(in(brazil, "2026-05-01T12:00:00Z", night)).isEqualTo(new Eligible());
    assertThat(in(brazil, "2026-05-01T11:59:00Z", night)).isEqualTo(later("2026-05-01T12:00:00Z"));
    assertThat(in(brazil, "2026-05-01T23:59:00Z", night)).isEqualTo(new Eligible());
    assertThat(in(brazil, "2026-05-02T00:00:00Z", night)).isEqualTo(later("2026-05-02T12:00:00Z"));
    assertThat(in(brazil, "2026-05-02T00:00:00Z", night, quiet("07:00", "09:00")))
        .isEqualTo(later("2026-05-02T14:00:00Z"));
    assertThat(in(brazil, "2026-05-02T00:00:00Z", ALL)).isEqualTo(new Eligible());
  }

  @Test
  void whereItIsAlwaysQuietSomewhereNobodyKnowsWhenItIsQuiet() {
    List<ZoneId> anywhere =
        IntStream.rangeClosed(-12, 14).<ZoneId>mapToObj(ZoneOffset::ofHours).toList();

    assertThat(in(anywhere, "2026-05-01T12:00:00Z", quiet("09:00", "17:00")))
        .isEqualTo(new Suppressed(Suppression.UNKNOWN_ZONE));
    assertThat(in(anywhere, "2026-05-01T12:00:00Z", ALL)).isEqualTo(new Eligible());
  }

  private static Eligibility in(List<ZoneId> zones, String now, NotificationAlerts... alerts) {
    return Eligibility.of(Category.SECURITY, List.of(alerts), true, zones, Instant.parse(now));
  }

  private static Later later(String moment) {
    return new Later(Instant.parse(moment));
  }

  @Test
  void quietHoursAreThoseOfTheZone() {
    assertThat(
            Eligibility.of(
                Category.SECURITY,
                List.of(quiet("22:00", "07:00")),
                true,
                ZoneId.of("Asia/Tokyo"),
                MIDNIGHT))
        .isEqualTo(new Eligible());
  }

  @Test
  void theReasonIsTheFirstThatAppliesOptOutThenCategoryThenAddressThenHours() {
    NotificationAlerts everything =
        new NotificationAlerts(
            false, Set.of(Category.SECURITY), quiet("22:00", "07:00").quietHours(), 1);
    NotificationAlerts pushOn =
        new NotificationAlerts(true, everything.off(), everything.quietHours(), 1);
    NotificationAlerts hoursOnly = quiet("22:00", "07:00");

    assertThat(unreachable(pushOn, everything)).isEqualTo(new Suppressed(Suppression.OPTED_OUT));
    assertThat(unreachable(pushOn, hoursOnly)).isEqualTo(new Suppressed(Suppression.CATEGORY_OFF));
    assertThat(unreachable(hoursOnly)).isEqualTo(new Suppressed(Suppression.NO_PUSH_ADDRESS));
    assertThat(security(hoursOnly)).isInstanceOf(Later.class);
  }

  @Test
  void anAddressDoesNotHelpAgainstAnOptOut() {
    assertThat(security(NONE)).isEqualTo(new Suppressed(Suppression.OPTED_OUT));
    assertThat(unreachable(NONE)).isEqualTo(new Suppressed(Suppression.OPTED_OUT));
  }

  private static Eligibility security(NotificationAlerts... alerts) {
    return Eligibility.of(Category.SECURITY, List.of(alerts), true, UTC, MIDNIGHT);
  }

  private static Eligibility unreachable(NotificationAlerts... alerts) {
    return Eligibility.of(Category.SECURITY, List.of(alerts), false, UTC, MIDNIGHT);
  }

  private static NotificationAlerts quiet(String from, String to) {
    QuietHours hours = new QuietHours(LocalTime.parse(from), LocalTime.parse(to));
    return new NotificationAlerts(true, Set.of(), Optional.of(hours), 1);
  }
}
