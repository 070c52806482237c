package io.towncrier.notices.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.language.LocalizedText;
import org.junit.jupiter.api.Test;

class TextRulesTest {
  @Test
  void whatStandsForNothingIsNamedAsItIsWritten() {
    assertThat(TextRules.unknownVariables("{product} {version} {owner} {} { x }"))
        .containsExactly("{owner}");
  }

  @Test
  void aPushHasRoomForLatinButNotForAsManyChineseLetters() {
    assertThat(TextRules.fitsAPush(text("x".repeat(2_000)))).isTrue();
    assertThat(TextRules.fitsAPush(text("\u7f51".repeat(1_100)))).isTrue();
    assertThat(TextRules.fitsAPush(text("\u7f51".repeat(1_200)))).isFalse();
  }

  @Test
  void variablesCountAtTheirLongest() {
    assertThat(TextRules.fitsAPush(text("{product}".repeat(10)))).isTrue();
    assertThat(TextRules.fitsAPush(text("{product}".repeat(20)))).isFalse();
  }

  private static LocalizedText.Text text(String body) {
    return new LocalizedText.Text("Title", body);
  }
}
