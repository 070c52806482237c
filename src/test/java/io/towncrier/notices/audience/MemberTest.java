package io.towncrier.notices.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.devices.Device;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.version.VersionRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(PHONE.unmet(Selection.of(Audience.EVERYBODY, Optional.empty(), Set.of(), NOW)))
        .isEmpty();
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
    assertThat(PHONE.unmet(Selection.of(others, Optional.of(List.of("1.0")), Set.of(), NOW)))
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
    assertThat(PHONE.unmet(Selection.of(like, Optional.empty(), Set.of(), NOW))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "zh-Hant, zh-TW zh-HK zh-MO zh-Hant zh-Hant-SG zh-AU",
    "zh-Hans, zh zh-CN zh-SG zh-Hans-HK",
    "zh, zh zh-CN zh-TW zh-HK zh-MO zh-Hant zh-SG zh-Hans-HK zh-Hant-SG zh-AU",
    "zh-HK, zh-HK zh-MO",
    "zh-CN, zh-CN",
    "es-419, es-MX es-AR es-US es-419",
    "es, es es-ES es-MX es-AR es-US es-419",
    "pt-PT, pt-AO pt-PT pt-MO",
    "pt-BR, pt-BR",
    "en-001, en-AU en-GB en-001 en-150 en-DE",
    "en-GB, en-GB",
    "sr, sr sr-Latn sr-ME sr-Cyrl-ME",
    "sr-Latn, sr-Latn sr-ME",
    "no, no nb nn nb-SJ",
    "nb, no nb nb-SJ",
    "nn, nn",
    "iw, he he-IL"
  })
  void languagesMeanWhatIsBelowThem(String wanted, String meant) {
    Set<String> reported =
        Set.of(
            ("zh zh-CN zh-TW zh-HK zh-MO zh-Hant zh-SG zh-Hans-HK zh-Hant-SG zh-AU es es-ES es-MX"
                    + " es-AR es-US es-419 pt pt-BR pt-AO pt-PT pt-MO en en-US en-AU en-GB en-001"
                    + " en-150 en-DE sr sr-Latn sr-ME sr-Cyrl-ME no nb nn nb-SJ da he he-IL yue-HK")
                .split(" "));
    Audience audience = speaking(LanguageTag.parse(wanted).orElseThrow());

    Selection selection = Selection.of(audience, Optional.empty(), reported, NOW);

    assertThat(selection.languages().orElseThrow()).containsExactlyInAnyOrder(meant.split(" "));
    for (String language : reported) {
      assertThat(inLanguage(language).unmet(selection).isEmpty())
          .as(language)
          .isEqualTo(selection.languages().get().contains(language));
    }
  }

  private static Audience speaking(LanguageTag language) {
    return new Audience(
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(language),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        OptionalInt.empty());
  }

  private static Member inLanguage(String language) {
    return new Member(
        PHONE.deviceId(),
        PHONE.kind(),
        PHONE.product(),
        PHONE.version(),
        PHONE.country(),
        language,
        PHONE.channel(),
        PHONE.accounts(),
        PHONE.lastSeen(),
        PHONE.revoked());
  }
}
