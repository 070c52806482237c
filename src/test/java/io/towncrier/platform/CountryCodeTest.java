package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountryCodeTest {
  @ParameterizedTest
  @CsvSource({"DE, DE", "de, DE", "dE, DE", "it, IT", "TW, TW", "ss, SS"})
  void assignedCodesAreReadInEitherCase(String given, String code) {
    assertThat(CountryCode.parse(given)).contains(new CountryCode(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "D", "DEU", "276", "D ", " DE", "D\u0000", "EU-"})
  void whatIsNoPairOfLettersIsRefused(String text) {
    assertThat(CountryCode.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"XX", "ZZ", "AA", "QQ", "UK", "EU", "XK", "AN", "SU"})
  void codesThatAreNotAssignedAreRefused(String text) {
    assertThat(CountryCode.parse(text)).isEmpty();
  }

  // Each of these becomes an assigned code by Unicode's upper case: SS, FI, SE, IT.
  @ParameterizedTest
  @ValueSource(strings = {"\u00df", "\ufb01", "\u017fe", "\u0131t"})
  void lettersThatAreNoLettersOfIsoAreRefused(String text) {
    assertThat(CountryCode.parse(text)).isEmpty();
  }

  @Test
  void everyCountryOfIsoIsKnown() {
    assertThat(Locale.getISOCountries())
        .hasSizeGreaterThan(240)
        .allSatisfy(code -> assertThat(CountryCode.parse(code)).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "XX", ""})
  void onlyUpperCaseAssignedCodesCanBeMade(String text) {
    assertThatThrownBy(() -> new CountryCode(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itReadsAsItsValue() {
    assertThat(new CountryCode("FR")).hasToString("FR");
  }

  @Test
  void eachHasANumberOfItsOwn() {
    assertThat(Locale.getISOCountries())
        .extracting(code -> new CountryCode(code).number())
        .doesNotHaveDuplicates()
        .allSatisfy(number -> assertThat(number).isBetween(0, CountryCode.MAX_NUMBER));
  }
}
