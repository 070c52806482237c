package io.towncrier.releases.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateVersionTest {
  @ParameterizedTest
  @CsvSource({
    "2024-04-01, 2024-04-02",
    "2024-04-30, 2024.05.01",
    "20231231, 2024-01-01",
    "9999-12-30, 99991231",
    "2024-04-01, 2024-04-01.1",
    "20240401.2, 2024-04-01_10",
    "2024.04.01-9, 20240402",
    "2024-04-01.99999999999999999999, 2024-04-01.100000000000000000000"
  })
  void theSecondIsNewer(String older, String newer) {
    assertThat(version(newer).isNewerThan(version(older))).isTrue();
    assertThat(version(older).isNewerThan(version(newer))).isFalse();
    assertThat(version(older)).isNotEqualTo(version(newer));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-04-01, 20240401",
    "2024-04-01, 2024.04.01",
    "2024-04-01, 2024-04-01.0",
    "20240401.2, 20240401-02",
    "2024.04.01_2, 2024-04-01-2"
  })
  void bothAreTheSameVersion(String one, String other) {
    assertThat(version(one)).isEqualByComparingTo(version(other)).isEqualTo(version(other));
    assertThat(version(one)).hasSameHashCodeAs(version(other)).hasToString(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-04",
        "2024-4-1",
        "24-04-01",
        "202404011",
        "2024-0401",
        "202404-01",
        "2024-04.01",
        "2024_04_01",
        "2024-04-01.",
        "2024-04-01.a",
        "2024-04-01.1.2",
        "2024-04-01.-1",
        "2024-04-01+1",
        "2024-04-01~1",
        "2024-04-0100",
        "v2024-04-01",
        "2024-00-01",
        "2024-13-01",
        "2024-04-00",
        "2024-04-31",
        "2023-02-29",
        "1900-02-29",
        "2100-02-29",
        "1969-12-31",
        "0000-01-01",
        "-999-01-01",
        "+024-04-01",
        "2024-+4-01",
        "10000-01-01",
        "2024-04-01 ",
        "\u0662\u0660\u0662\u0664-04-01",
        "2024-04-\u0660\u0661",
        "2024-04-01.\u0661"
      })
  void whatIsNoDayIsNotUnderstood(String text) {
    assertThat(VersionScheme.DATE.read(text)).isEmpty();
  }

  @Test
  void everyDayOfTheCalendarIsUnderstoodAndNoOther() {
    List<String> wrong = new ArrayList<>();
    DateTimeFormatter compact = DateTimeFormatter.BASIC_ISO_DATE;
    Optional<Version> before = Optional.empty();
    LocalDate expected = LocalDate.of(1970, 1, 1);
    for (int year = 1969; year <= 2101; year++) {
      for (int monthAndDay = 0; monthAndDay <= 1399; monthAndDay++) {
        String text = "%04d%04d".formatted(year, monthAndDay);
        Optional<Version> version = VersionScheme.DATE.read(text);
        boolean isNext = text.equals(compact.format(expected));
        if (version.isPresent() != isNext
            || (isNext && before.filter(b -> !version.get().isNewerThan(b)).isPresent())) {
          wrong.add(text);
        }
        before = isNext ? version : before;
        expected = isNext ? expected.plusDays(1) : expected;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(expected).isEqualTo("2102-01-01");
  }

  @Test
  void sixtyFourCharactersAreTheMost() {
    assertThat(VersionScheme.DATE.read("2024-04-01." + "9".repeat(53))).isPresent();
    assertThat(VersionScheme.DATE.read("2024-04-01." + "9".repeat(54))).isEmpty();
  }

  private static Version version(String text) {
    return SampleVersions.version(VersionScheme.DATE, text);
  }
}
