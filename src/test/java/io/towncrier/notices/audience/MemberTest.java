package io.towncrier.notices.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.devices.Device;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import io.towncrier.releases.version.VersionRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MemberTest {
  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");

  private static final Member PHONE =
      new Member(
          "dev_1",
          Device.Kind.PHONE,
          "app",
          "3.0",
          "DE",
          "zh-Hant",
          "stable",
          List.of("acc_1"),
          LocalDate.of(2026, 5, 1),
          false);

  @Test
  void nothingIsAskedOfNobody() {
    assertThat(PHONE.unmet(Selection.of(Audience.EVERYBODY, Optional.empty(), NOW))).isEmpty();
  }

  @Test
  void everyConditionThatIsNotMetIsNamed() {
    Audience others =
        new Audience(
            List.of("router"),
            Optional.of(new VersionRange(Optional.of("1"), Optional.empty(), Optional.empty())),
            List.of(new CountryCode("FR")),
            List.of(new LanguageTag("fr")),
            List.of("candidate"),
            Optional.of(Device.Kind.ROUTER),
            List.of("dev_2"),
            List.of("acc_2"),
            OptionalInt.of(2));
    assertThat(PHONE.unmet(Selection.of(others, Optional.of(List.of("1.0")), NOW)))
        .containsExactly(
            "products",
            "versions",
            "countries",
            "languages",
            "channels",
            "kind",
            "devices",
            "accounts",
            "seenWithinDays");
  }

  @Test
  void aBroaderLanguageAndTheDayItselfCount() {
    Audience like =
        new Audience(
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(new LanguageTag("zh")),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of("acc_2", "acc_1"),
            OptionalInt.of(3));
    assertThat(PHONE.unmet(Selection.of(like, Optional.empty(), NOW))).isEmpty();
  }
}
