package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.LocalizedText.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalizedTextTest {
  private static final LanguageTag ENGLISH = new LanguageTag("en");

  @ParameterizedTest
  @CsvSource({
    "zh-Hant-HK, zh-Hant",
    "zh-Hant, zh-Hant",
    "zh-Hans-CN, zh",
    "zh, zh",
    "en-GB, en",
    "de-AT, de",
    "fr, en",
    "zh-Hant-TW-x-private, zh-Hant"
  })
  void theClosestTextIsPicked(String wanted, String picked) {
    LocalizedText text = in("en", "de", "zh", "zh-Hant");

    assertThat(text.pick(Optional.of(new LanguageTag(wanted)), ENGLISH).language())
        .isEqualTo(picked);
  }

  @Test
  void whoNamesNoLanguageReadsTheDefault() {
    assertThat(in("de", "en").pick(Optional.empty(), ENGLISH).language()).isEqualTo("en");
  }

  @Test
  void theDefaultHasALookupChainOfItsOwn() {
    LocalizedText text = in("de", "pt");

    assertThat(text.pick(Optional.of(new LanguageTag("fr")), new LanguageTag("pt-BR")).language())
        .isEqualTo("pt");
  }

  @Test
  void aMoreSpecialTextIsNotPickedForABroaderWish() {
    assertThat(in("de-AT", "en").pick(Optional.of(new LanguageTag("de")), ENGLISH).language())
        .isEqualTo("en");
  }

  @Test
  void theLastResortIsTheSameWhateverTheOrder() {
    Optional<LanguageTag> french = Optional.of(new LanguageTag("fr"));

    assertThat(in("sv", "it", "pl").pick(french, ENGLISH).language()).isEqualTo("it");
    assertThat(in("pl", "sv", "it").pick(french, ENGLISH).language()).isEqualTo("it");
    assertThat(in("it", "pl", "sv").pick(french, ENGLISH).language()).isEqualTo("it");
  }

  @Test
  void theTextComesWithItsLanguage() {
    Text german = new Text("Neu", "Alles");
    LocalizedText text = new LocalizedText(Map.of("de", german));

    assertThat(text.pick(Optional.of(new LanguageTag("de-CH")), ENGLISH))
        .isEqualTo(new LocalizedText.Picked("de", german));
  }

  @Test
  void aTextWithoutALanguageIsNone() {
    assertThatThrownBy(() -> new LocalizedText(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itKeepsACopy() {
    Map<String, Text> texts = new HashMap<>(Map.of("en", new Text("New", "All")));
    LocalizedText text = new LocalizedText(texts);
    texts.clear();

    assertThat(text.byLanguage()).containsOnlyKeys("en");
    assertThat(text.byLanguage()).isUnmodifiable();
  }

  private static LocalizedText in(String... languages) {
    Map<String, Text> texts = new LinkedHashMap<>();
    for (String language : languages) {
      texts.put(language, new Text("title " + language, "body " + language));
    }
    return new LocalizedText(texts);
  }
}
