package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageLanguageTest {
  @Test
  void theBrowsersFirstLanguageThatWeSpeakCounts() {
    assertThat(accepting("de-AT,de;q=0.9,en;q=0.8")).isEqualTo(PageLanguage.GERMAN);
    assertThat(accepting("fr-FR,fr;q=0.9,es-MX;q=0.8,en;q=0.7")).isEqualTo(PageLanguage.SPANISH);
    assertThat(accepting("en;q=0.1, zh-CN;q=0.9")).isEqualTo(PageLanguage.SIMPLIFIED_CHINESE);
    assertThat(accepting("zh-Hant-TW")).isEqualTo(PageLanguage.TRADITIONAL_CHINESE);
    assertThat(accepting("zh-HK,en;q=0.9")).isEqualTo(PageLanguage.TRADITIONAL_CHINESE);
    assertThat(accepting("zh-MO")).isEqualTo(PageLanguage.TRADITIONAL_CHINESE);
    assertThat(accepting("zh-SG, zh-TW;q=0.9")).isEqualTo(PageLanguage.SIMPLIFIED_CHINESE);
    assertThat(accepting("yue-HK, de;q=0.3")).isEqualTo(PageLanguage.GERMAN);
    assertThat(accepting("de;q=0, es")).isEqualTo(PageLanguage.SPANISH);
  }

  @Test
  void anAppAsksInItsSystemsOwnForm() {
    assertThat(PageLanguage.choose(Optional.of("zh_TW_#Hant"), Optional.empty()))
        .isEqualTo(PageLanguage.TRADITIONAL_CHINESE);
    assertThat(PageLanguage.choose(Optional.of("es_419"), Optional.of("de")))
        .isEqualTo(PageLanguage.SPANISH);
    assertThat(PageLanguage.choose(Optional.of("C"), Optional.of("de")))
        .isEqualTo(PageLanguage.GERMAN);
  }

  @Test
  void whatWasAskedForCountsMoreWhenWeSpeakIt() {
    assertThat(PageLanguage.choose(Optional.of("ES"), Optional.of("de")))
        .isEqualTo(PageLanguage.SPANISH);
    assertThat(PageLanguage.choose(Optional.of("fr"), Optional.of("de")))
        .isEqualTo(PageLanguage.GERMAN);
    assertThat(PageLanguage.choose(Optional.of("<script>"), Optional.empty()))
        .isEqualTo(PageLanguage.ENGLISH);
  }

  @Test
  void aHeaderThatCannotBeReadIsEnglish() {
    assertThat(accepting("")).isEqualTo(PageLanguage.ENGLISH);
    assertThat(accepting("*")).isEqualTo(PageLanguage.ENGLISH);
    assertThat(accepting(";;;q=x")).isEqualTo(PageLanguage.ENGLISH);
    assertThat(accepting("de;q=5")).isEqualTo(PageLanguage.ENGLISH);
    assertThat(accepting("de," + "x".repeat(600))).isEqualTo(PageLanguage.ENGLISH);
  }

  private static PageLanguage accepting(String header) {
    return PageLanguage.choose(Optional.empty(), Optional.of(header));
  }
}
