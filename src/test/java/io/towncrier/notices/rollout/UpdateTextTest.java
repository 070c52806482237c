package io.towncrier.notices.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.notices.text.TextRules;
import io.towncrier.platform.language.LocalizedText;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateTextTest {
  @Test
  void notesThatFitStayAsTheyAre() {
    LocalizedText notes = notes("New", "All of it");
    assertThat(UpdateText.of(notes)).isEqualTo(notes);
  }

  @Test
  void longNotesInAnyScriptAreCutToWhatAPushHolds() {
    for (String letter : new String[] {"a", "\u7f51", "\uD83D\uDE80", "\"", "\n"}) {
      LocalizedText.Text cut =
          UpdateText.of(notes(letter.repeat(300), letter.repeat(9_000))).byLanguage().get("en");
      assertThat(TextRules.fitsAPush(cut)).isTrue();
      assertThat(cut.title()).hasSizeBetween(199, TextRules.MAX_TITLE).endsWith("\u2026");
      assertThat(cut.body()).hasSizeGreaterThan(400).endsWith("\u2026");
      assertThat(cut.body().codePoints().filter(c -> c >= 0xD800 && c < 0xE000)).isEmpty();
    }
  }

  private static LocalizedText notes(String title, String body) {
    return new LocalizedText(Map.of("en", new LocalizedText.Text(title, body)));
  }
}
