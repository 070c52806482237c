package io.towncrier.platform.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
  private static final String FLAG = "\uD83C\uDDE9\uD83C\uDDEA";
  private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
  private static final String ACCENT = "e\u0301";
  private static final String THUMB = "\uD83D\uDC4D\uD83C\uDFFD";

  @Test
  void blanksAndWhatHidesIsNothingToSee() {
    for (String nothing :
        List.of(
            "",
            " ",
            "\t\n",
            "\u00A0",
            "\u3000",
            "\u200B",
            "\u200B \u200D",
            "\uFEFF",
            "\u2060",
            "\u00AD",
            "\u0301",
            "\uFE0F",
            "\u3164",
            "\u115F\u1160",
            "\u2800",
            "\u034F")) {
      assertThat(VisibleText.isVisible(nothing)).as(escaped(nothing)).isFalse();
    }
    for (String something :
        List.of("a", " a", "\u200Bx", ".", "\u7F51", FLAG, FAMILY, ACCENT, "0")) {
      assertThat(VisibleText.isVisible(something)).as(escaped(something)).isTrue();
    }
  }

  @Test
  void nothingIsTornApartThatAUserTakesForOne() {
    for (String one : List.of(FLAG, FAMILY, ACCENT, THUMB, "\u0E01\u0E33", "\r\n")) {
      String text = "ab" + one + "c";
      for (int length = 2; length < 2 + one.length(); length++) {
        assertThat(VisibleText.cut(text, length)).as(escaped(one) + length).isEqualTo("ab");
      }
      assertThat(VisibleText.cut(text, 2 + one.length())).isEqualTo("ab" + one);
      assertThat(VisibleText.cut(text, text.length())).isEqualTo(text);
    }
    assertThat(VisibleText.cut(FLAG + FLAG, 6)).isEqualTo(FLAG);
    assertThat(VisibleText.cut(FAMILY, 1)).isEmpty();
  }

  private static String escaped(String text) {
    return text.codePoints().mapToObj(c -> "U+" + Integer.toHexString(c)).toList().toString();
  }
}
