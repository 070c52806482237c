package io.towncrier.delivery.vendors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.preferences.Category;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of contract push-china about vendors. */
class VendorRulesTest {
  @Test
  void atNightHuaweiAndHonorShowNothingOfAnyClass() {
    List<VendorEffect> effects =
        VendorRules.ahead(
            Category.SECURITY,
            at("2026-11-30T01:00"),
            at("2026-11-30T01:20"),
            Duration.ofHours(24));
    assertThat(effects).extracting(VendorEffect::vendor).containsExactly("Huawei", "Honor");
    VendorEffect huawei = effects.get(0);
    assertThat(huawei.hiddenFrom()).contains(at("2026-11-30T01:00"));
    assertThat(huawei.hiddenUntil()).contains(at("2026-11-30T06:00"));
    assertThat(huawei.lostIfSentBefore()).isEmpty();
    assertThat(huawei.perDay()).isEmpty();
    assertThat(huawei.text())
        .contains("from 01:00 (Asia/Shanghai) to 06:00 (Asia/Shanghai)")
        .contains("screen");
  }

  @Test
  void aSecurityNoticeOfTwoHoursIsLostAtNight() {
    List<VendorEffect> effects =
        VendorRules.ahead(
            Category.SECURITY, at("2026-11-29T23:30"), at("2026-11-30T00:30"), Duration.ofHours(2));
    assertThat(effects.get(0).hiddenFrom()).contains(at("2026-11-30T00:00"));
    assertThat(effects.get(0).lostIfSentBefore()).contains(at("2026-11-30T04:00"));
    assertThat(effects.get(0).text()).contains("before 04:00").contains("never shown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-30T06:00", "2026-11-30T12:00", "2026-11-30T22:00"})
  void byDayWhatIsImportantIsShown(String from) {
    assertThat(
            VendorRules.ahead(
                Category.FIRMWARE_UPDATE,
                at(from),
                at(from).plus(Duration.ofMinutes(90)),
                Duration.ofHours(1)))
        .isEmpty();
  }

  @Test
  void marketingHasACapADayWithEachVendor() {
    List<VendorEffect> noon =
        VendorRules.ahead(
            Category.ANNOUNCEMENT,
            at("2026-11-30T12:00"),
            at("2026-11-30T13:00"),
            Duration.ofHours(24));
    assertThat(noon)
        .extracting(effect -> effect.vendor() + " " + effect.perDay().orElseThrow())
        .containsExactlyInAnyOrder("Huawei 2", "Honor 2", "Xiaomi 5", "OPPO 2", "vivo 2");
    assertThat(noon).allSatisfy(effect -> assertThat(effect.hiddenUntil()).isEmpty());
  }

  /** The console says so of every cap. */
  @Test
  void everyCapIsSaidToBeSecondHandAndTheHoursOfHuaweiAreNot() {
    assertThat(VendorRules.of(MessageClass.MARKETING))
        .filteredOn(rule -> rule.perDay().isPresent())
        .hasSize(5)
        .allMatch(VendorRule::isSecondHand);
    Instant night = at("2026-11-30T01:00");
    List<VendorEffect> huawei =
        VendorRules.ahead(Category.ANNOUNCEMENT, night, night, Duration.ofHours(24)).stream()
            .filter(effect -> effect.vendor().equals("Huawei"))
            .toList();
    assertThat(huawei).extracting(VendorEffect::text).hasSize(2);
    assertThat(huawei.get(0).text()).startsWith("Huawei may show nothing");
    assertThat(huawei.get(1).text()).startsWith("Huawei (as third parties say) shows 2 ");
    assertThat(of("Honor", VendorRules.after(Category.POLICY, night, night.plusSeconds(60), 0)))
        .extracting(VendorEffect::text)
        .asString()
        .startsWith("Honor (as third parties say) may show nothing");
    Instant noon = at("2026-11-30T12:00");
    Instant end = at("2026-12-01T12:00");
    assertThat(of("Huawei", VendorRules.after(Category.ANNOUNCEMENT, noon, end, 2)).text())
        .contains("Huawei (as third parties say) shows 2, and may have dropped it");
  }

  @Test
  void marketingIsShownByVivoFromSevenToTwentyThreeAlone() {
    VendorEffect vivo =
        of(
            "vivo",
            VendorRules.ahead(
                Category.APP_UPDATE,
                at("2026-11-30T22:50"),
                at("2026-11-30T23:10"),
                Duration.ofHours(24)));
    assertThat(vivo.hiddenFrom()).contains(at("2026-11-30T23:00"));
    assertThat(vivo.hiddenUntil()).contains(at("2026-12-01T07:00"));
  }

  @Test
  void ofOneThatWasAcceptedAtNightItIsSaidUntilWhen() {
    VendorEffect huawei =
        of(
            "Huawei",
            VendorRules.after(Category.POLICY, at("2026-11-30T01:10"), at("2026-12-01T01:10"), 0));
    assertThat(huawei.hiddenUntil()).contains(at("2026-11-30T06:00"));
    assertThat(huawei.text()).contains("until 06:00 (Asia/Shanghai)").doesNotContain("never");
    assertThat(
            of(
                    "Huawei",
                    VendorRules.after(
                        Category.POLICY, at("2026-11-30T01:10"), at("2026-11-30T03:10"), 0))
                .text())
        .contains("never shows it");
    assertThat(
            VendorRules.after(Category.POLICY, at("2026-11-30T09:10"), at("2026-12-01T09:10"), 7))
        .isEmpty();
  }

  @Test
  void theThirdAnnouncementOfADayMayBeDropped() {
    Instant noon = at("2026-11-30T12:00");
    Instant end = at("2026-12-01T12:00");
    assertThat(VendorRules.after(Category.ANNOUNCEMENT, noon, end, 1)).isEmpty();
    assertThat(VendorRules.after(Category.ANNOUNCEMENT, noon, end, 2))
        .extracting(VendorEffect::vendor)
        .containsExactly("Huawei", "Honor", "OPPO", "vivo");
    assertThat(VendorRules.after(Category.ANNOUNCEMENT, noon, end, 5))
        .extracting(VendorEffect::vendor)
        .contains("Xiaomi");
    assertThat(VendorRules.after(Category.ANNOUNCEMENT, noon, end, 2).get(0).text())
        .contains("number 3");
  }

  @ParameterizedTest
  @CsvSource({
    "22:59:59,",
    "23:00,2026-12-01T07:00",
    "23:30,2026-12-01T07:00",
    "00:00,2026-11-30T07:00",
    "06:59:59,2026-11-30T07:00",
    "07:00,"
  })
  void hoursMayGoOverMidnight(LocalTime clock, String end) {
    HiddenHours hours = new HiddenHours(LocalTime.of(23, 0), LocalTime.of(7, 0));
    assertThat(hours.endOf(at("2026-11-30T" + clock)))
        .isEqualTo(Optional.ofNullable(end).map(VendorRulesTest::at));
  }

  @Test
  void aTimeThatIsOverBeforeTheHoursBeginHasNoneOfThem() {
    HiddenHours hours = new HiddenHours(LocalTime.MIDNIGHT, LocalTime.of(6, 0));
    assertThat(hours.firstWithin(at("2026-11-30T06:00"), at("2026-11-30T23:59"))).isEmpty();
    assertThat(hours.firstWithin(at("2026-11-30T06:00"), at("2026-12-01T00:00")))
        .contains(at("2026-12-01T00:00"));
  }

  @Test
  void eachCategoryHasAClassAndARowIsReadWholeOrNotAtAll() {
    assertThat(Stream.of(MessageClass.values()).flatMap(one -> one.categories().stream()))
        .containsExactlyInAnyOrder(Category.values());
    assertThat(MessageClass.MARKETING.categories())
        .containsExactlyInAnyOrder(Category.APP_UPDATE, Category.ANNOUNCEMENT);
    for (String bad :
        List.of("Huawei,important,00:00,06:00", "Huawei,important,,,,2,hearsay", "A,b,,,,,getui")) {
      assertThatThrownBy(() -> VendorRule.read(bad)).isInstanceOf(RuntimeException.class);
    }
  }

  private static VendorEffect of(String vendor, List<VendorEffect> effects) {
    return effects.stream().filter(one -> one.vendor().equals(vendor)).findFirst().orElseThrow();
  }

  private static Instant at(String thereInChina) {
    return LocalDateTime.parse(thereInChina).atZone(VendorRules.ZONE).toInstant();
  }
}
