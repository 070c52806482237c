package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page Notices: its texts, and what its script must not do. */
class NoticesPageTest {
  private static final Path RESOURCES = Path.of("src/main/resources");

  private final Page page = new Page("personal-center/notices");

  @Test
  void everyLanguageHasTheSameTextsInItself() {
    Map<String, String> english = page.texts(PageLanguage.ENGLISH);
    for (PageLanguage language : PageLanguage.values()) {
      Map<String, String> texts = page.texts(language);
      assertThat(texts.keySet()).as(language.tag()).isEqualTo(english.keySet());
      texts.forEach(
          (name, text) -> {
            assertThat(text).as(language.tag() + " " + name).isNotBlank();
            if (language != PageLanguage.ENGLISH) {
              assertThat(text).as(language.tag() + " " + name).isNotEqualTo(english.get(name));
            }
          });
    }
  }

  @Test
  void everyTextIsUsed() throws IOException {
    String sources =
        Files.readString(RESOURCES.resolve("personal-center/notices/page.html")) + script();
    Set<String> names = page.texts(PageLanguage.ENGLISH).keySet();
    assertThat(names)
        .allMatch(
            name -> sources.contains("{{" + name + "}}") || sources.contains("'" + name + "'"));
  }

  @Test
  void textsOfNoticesNeverBecomeMarkupAndTheTokenIsKeptNowhere() throws IOException {
    assertThat(script())
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write")
        .doesNotContain("localStorage", "sessionStorage", "cookie")
        .contains("textContent = words");
  }

  private static String script() throws IOException {
    return Files.readString(
        RESOURCES.resolve("META-INF/resources/personal-center/notices/notices.js"));
  }
}
