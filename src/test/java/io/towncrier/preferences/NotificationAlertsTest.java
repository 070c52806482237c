package io.towncrier.preferences;

import static io.towncrier.preferences.Category.ANNOUNCEMENT;
import static io.towncrier.preferences.Category.POLICY;
import static io.towncrier.preferences.Category.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationAlertsTest {
  @Test
  void whoSwitchesPushOffForbidsEverything() {
    assertThat(on().forbiddenBy(off())).containsExactlyInAnyOrder(Category.values());
  }

  @Test
  void whatWasForbiddenBeforeIsNotForbiddenAgain() {
    assertThat(on(SECURITY, POLICY).forbiddenBy(off()))
        .isEqualTo(EnumSet.complementOf(EnumSet.of(SECURITY, POLICY)));
    assertThat(off().forbiddenBy(off())).isEmpty();
    assertThat(off().forbiddenBy(on(SECURITY))).isEmpty();
  }

  @Test
  void whoSwitchesACategoryOffForbidsThatOne() {
    assertThat(on().forbiddenBy(on(SECURITY))).containsExactly(SECURITY);
    assertThat(on(POLICY).forbiddenBy(on(POLICY, SECURITY))).containsExactly(SECURITY);
  }

  @Test
  void whoSwitchesOneOnAndAnotherOffForbidsOnlyTheOther() {
    assertThat(on(POLICY).forbiddenBy(on(ANNOUNCEMENT))).containsExactly(ANNOUNCEMENT);
  }

  @Test
  void switchingOnForbidsNothing() {
    assertThat(on(SECURITY, POLICY).forbiddenBy(on())).isEmpty();
    assertThat(off().forbiddenBy(on())).isEmpty();
  }

  @Test
  void receiptsAreForbiddenAndPushesAreNot() {
    NotificationAlerts without =
        new NotificationAlerts(true, Set.of(), Set.of(), Optional.empty(), false, 3);

    assertThat(on().forbiddenBy(without)).isEmpty();
    assertThat(without.onlyForbids(on())).isTrue();
    assertThat(on().onlyForbids(without)).isFalse();
    assertThat(on().onlyForbids(on())).isFalse();
    assertThat(off().onlyForbids(without)).as("it lets receipts be recorded again").isFalse();
    assertThat(without.allowEverything()).isFalse();
    assertThat(on().andOptOutsOf(without).receipts()).isFalse();
    assertThat(without.withoutPush().receipts()).isFalse();
  }

  @Test
  void quietHoursForbidNothing() {
    NotificationAlerts quiet =
        new NotificationAlerts(
            true,
            Set.of(),
            Optional.of(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0))),
            1);

    assertThat(on().forbiddenBy(quiet)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Category.class)
  void aCategoryIsAllowedWhenPushAndItselfAreOn(Category category) {
    assertThat(on().allows(category)).isTrue();
    assertThat(on(category).allows(category)).isFalse();
    assertThat(off().allows(category)).isFalse();
  }

  @Test
  void theNextVersionKeepsTheRest() {
    assertThat(on(SECURITY).withVersion(7))
        .isEqualTo(new NotificationAlerts(true, Set.of(SECURITY), Optional.empty(), 7));
  }

  @Test
  void itKeepsACopy() {
    Set<Category> chosen = EnumSet.of(SECURITY);
    NotificationAlerts alerts = new NotificationAlerts(true, chosen, Optional.empty(), 1);
    chosen.clear();

    assertThat(alerts.off()).containsExactly(SECURITY);
  }

  private static NotificationAlerts on(Category... off) {
    return new NotificationAlerts(true, Set.of(off), Optional.empty(), 0);
  }

  private static NotificationAlerts off() {
    return new NotificationAlerts(false, Set.of(), Optional.empty(), 0);
  }
}
