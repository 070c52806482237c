package io.towncrier.platform.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.Allocated;
import io.towncrier.platform.language.LocalizedText.Text;
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
    "zh-TW, zh-Hant",
    "zh-HK, zh-Hant",
    "zh-MO, zh-Hant",
    "zh-AU, zh-Hant",
    "zh-CN, zh",
    "zh-SG, zh",
    "zh-Hans, zh",
    "zh-Hant-TW-x-private, zh-Hant"
  })
  void theClosestTextIsPicked(String wanted, String picked) {
    LocalizedText text = in("en", "de", "zh", "zh-Hant");

    assertThat(text.pick(Optional.of(new LanguageTag(wanted)), ENGLISH).language())
        .isEqualTo(picked);
  }

  @ParameterizedTest
  @CsvSource({
    // Never in another script, though it is the same language.
    "zh-TW, en zh, en",
    "zh-HK, en zh-Hans, en",
    "zh-CN, en zh-Hant, en",
    "zh-SG, en zh-TW, en",
    "sr-Latn, en sr, en",
    "sr-ME, en sr, en",
    "sr-Cyrl-ME, en sr, sr",
    "sr, en sr-Latn, en",
    "uz-AF, en uz, en",
    "pa-PK, en pa, en",
    "yue-CN, en yue, en",
    // A likely script or region is not written, or is.
    "zh-TW, en zh-Hant-TW zh-CN, zh-Hant-TW",
    "zh-HK, en zh-TW zh-CN, zh-TW",
    "zh-CN, en zh-TW zh-Hans, zh-Hans",
    "zh, en zh-Hans-CN zh-Hant, zh-Hans-CN",
    "sr, en sr-Cyrl sr-Latn, sr-Cyrl",
    "sr-RS, en sr-Latn-RS sr-Cyrl-RS, sr-Cyrl-RS",
    "pt, en pt-BR pt-PT, pt-BR",
    "fr-CA, en fr-FR, fr-FR",
    "en-GB, de en-US, en-US",
    // Parents.
    "zh-MO, en zh-HK zh-TW, zh-HK",
    "es-MX, en es es-419, es-419",
    "es-AR, en es es-419, es-419",
    "es-US, en es es-419, es-419",
    "es-ES, en es es-419, es",
    "es-GQ, en es es-419, es",
    "es-PR, en es, es",
    "pt-AO, en pt pt-PT, pt-PT",
    "pt-MO, en pt-BR pt-PT, pt-PT",
    "pt-AO, en pt-BR, pt-BR",
    "pt-BR, en pt pt-PT, pt",
    "en-AU, de en en-001, en-001",
    "en-AU, de en en-GB, en",
    "en-DE, de en en-001 en-150, en-150",
    "en-US, de en en-001, en",
    "nb, en no, no",
    "nn, en no, no",
    "nn, en nb no, no",
    "nb-NO, en nn nb, nb",
    "no, en nb, nb",
    "nn-NO, en nb, nb",
    "no-NO, en nn, en",
    "ht, en fr, fr",
    // Aliases, on either side.
    "tl, en fil, fil",
    "fil, en tl, tl",
    "mo, en ro, ro",
    // The nearest of several that mean the same.
    "zh-CN, zh zh-CN zh-Hans, zh-CN",
    "zh-SG, zh zh-CN zh-Hans, zh",
    "de-DE, de de-DE, de-DE",
    "de-AT, de de-DE, de"
  })
  void aParentOfCldrIsTheNextBest(String wanted, String texts, String picked) {
    LocalizedText text = in(texts.split(" "));
    LanguageTag fallback = new LanguageTag(texts.substring(0, 2));

    assertThat(text.pick(Optional.of(new LanguageTag(wanted)), fallback).language())
        .isEqualTo(picked);
  }

  @Test
  void aTextIsFoundWithoutANewObject() {
    LocalizedText text = in("en", "es", "es-419", "zh", "zh-Hant");
    Optional<LanguageTag> argentina = LanguageTag.fromClient("es_AR");
    Optional<LanguageTag> taiwan = LanguageTag.fromClient("zh-TW");

    assertThat(
            Allocated.perCall(
                () ->
                    text.language(argentina, ENGLISH).length()
                        + text.language(taiwan, ENGLISH).length()))
        .isZero();
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
