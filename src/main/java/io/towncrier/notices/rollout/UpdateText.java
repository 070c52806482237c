package io.towncrier.notices.rollout;

import io.towncrier.notices.text.TextRules;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.platform.language.VisibleText;
import java.util.Map;
import java.util.TreeMap;

/** The notes of a release, as short as a push has to be. */
final class UpdateText {
  private static final String CUT = "\u2026";

  private UpdateText() {}

  static LocalizedText of(LocalizedText notes) {
    Map<String, LocalizedText.Text> texts = new TreeMap<>();
    notes.byLanguage().forEach((language, text) -> texts.put(language, shortened(text)));
    return new LocalizedText(texts);
  }

  private static LocalizedText.Text shortened(LocalizedText.Text text) {
    String title = cut(text.title(), TextRules.MAX_TITLE);
    for (int length = TextRules.MAX_BODY; ; length /= 2) {
      LocalizedText.Text shorter = new LocalizedText.Text(title, cut(text.body(), length));
      if (length < 2 || TextRules.fitsAPush(shorter)) {
        return shorter;
      }
    }
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return VisibleText.cut(text, length - 1) + CUT;
  }
}
