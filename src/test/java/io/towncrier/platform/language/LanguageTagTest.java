package io.towncrier.platform.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("zoneless")
class LanguageTagTest {
  @ParameterizedTest
  @CsvSource({
    "zh-hANT-hk, zh-Hant-HK",
    "EN, en",
    "PT-br, pt-BR",
    "de-1996, de-1996",
    "es-419, es-419",
    "DE-x-Private, de-x-private"
  })
  void theCaseIsMadeCanonical(String given, String canonical) {
    assertThat(LanguageTag.parse(given)).map(LanguageTag::value).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fil", "yue", "haw", "gsw"})
  void livingLanguagesOfThreeLettersAreKnown(String tag) {
    assertThat(LanguageTag.parse(tag)).contains(new LanguageTag(tag));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "xx", "xx-DE", "qqq", "und", "x-private", "english", "klingon", "de_DE"})
  void aLanguageThatDoesNotExistIsRefused(String tag) {
    assertThat(LanguageTag.parse(tag)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-", "-en", "en--GB", "e", "en-GB-", "en DE", "én", "en\u0000", "12"})
  void aMalformedTagIsRefused(String tag) {
    assertThat(LanguageTag.parse(tag)).isEmpty();
  }

  @Test
  void sixtySubtagsAreRefused() {
    assertThat(LanguageTag.parse("en-x" + "-abcde".repeat(60))).isEmpty();
  }

  @Test
  void thirtyFiveCharactersAreTheMost() {
    String longest = "en-x-abcdefgh-abcdefgh-abcdefgh-abc";

    assertThat(longest).hasSize(35);
    assertThat(LanguageTag.parse(longest)).isPresent();
    assertThat(LanguageTag.parse(longest + "d")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EN", "zh-hant", "xx", ""})
  void onlyCanonicalTagsCanBeMade(String text) {
    assertThatThrownBy(() -> new LanguageTag(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itReadsAsItsValue() {
    assertThat(new LanguageTag("pt-BR")).hasToString("pt-BR");
  }

  @Test
  void whateverIsParsedIsCanonicalAndIsReadAlikeFromAClient() {
    List<String> parts =
        List.of("en", "ja", "JP", "no", "NO", "th", "TH", "NY", "x", "u", "lvariant", "POSIX");
    List<String> more =
        List.of("ca", "japanese", "nu", "thai", "va", "Latn", "zh", "cmn", "i", "a");
    Random random = new Random(20260501);
    int parsed = 0;
    for (int i = 0; i < 20_000; i++) {
      List<String> subtags = new ArrayList<>();
      subtags.add(parts.get(random.nextInt(8)));
      for (int n = random.nextInt(7); n > 0; n--) {
        List<String> from = random.nextBoolean() ? parts : more;
        subtags.add(from.get(random.nextInt(from.size())));
      }
      String text = String.join("-", subtags);
      Optional<LanguageTag> tag = LanguageTag.parse(text);
      if (tag.isPresent()) {
        parsed++;
        assertThat(LanguageTag.parse(tag.get().value())).as(text).isEqualTo(tag);
        assertThat(tag.get().isMeantBy(tag.get())).as(text).isTrue();
        assertThat(LanguageTag.fromClient(text)).as(text).isPresent();
      }
    }
    assertThat(parsed).isGreaterThan(500);
  }
}
