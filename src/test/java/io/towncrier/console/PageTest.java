package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.preferences.Category;
import io.towncrier.privacy.rights.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

  private final Page page = new Page("personal-center");

  @Test
  void everyLanguageHasTheSameTexts() {
    Map<String, String> english = page.texts(PageLanguage.ENGLISH);
    assertThat(english).hasSizeGreaterThan(40);
    for (PageLanguage language : PageLanguage.values()) {
      Map<String, String> texts = page.texts(language);
      assertThat(texts.keySet()).as(language.tag()).isEqualTo(english.keySet());
      texts.forEach(
          (name, text) -> {
            assertThat(text).as(language.tag() + " " + name).isNotBlank();
            assertThat(places(text))
                .as(language.tag() + " " + name)
                .isEqualTo(places(english.get(name)));
          });
    }
  }

  @Test
  void eachKindOfDataThatIsKeptOfAPersonHasItsWords() {
    assertThat(page.texts(PageLanguage.ENGLISH).keySet())
        .containsAll(Arrays.stream(Kept.values()).map(kept -> "data.kept." + kept.code()).toList());
  }

  @Test
  void everyLanguageIsWrittenInItself() {
    Map<String, String> english = page.texts(PageLanguage.ENGLISH);
    // Words that are the same in two languages.
    Set<String> shared = Set.of("devices.router");
    for (PageLanguage language : PageLanguage.values()) {
      if (language != PageLanguage.ENGLISH) {
        page.texts(language)
            .forEach(
                (name, text) -> {
                  if (!shared.contains(name)) {
                    assertThat(text)
                        .as(language.tag() + " " + name)
                        .isNotEqualTo(english.get(name));
                  }
                });
      }
    }
  }

  @Test
  void everyTextIsUsedAndEveryCategoryHasOne() throws IOException {
    String sources =
        Files.readString(RESOURCES.resolve("personal-center/page.html"))
            + Files.readString(RESOURCES.resolve("META-INF/resources/personal-center/alerts.js"))
            + Files.readString(RESOURCES.resolve("META-INF/resources/personal-center/my-data.js"));
    Set<String> names = page.texts(PageLanguage.ENGLISH).keySet();
    assertThat(
            names.stream()
                .filter(name -> !name.startsWith("category.") && !name.startsWith("data.kept."))
                .filter(name -> !Set.of("devices.phone", "devices.router").contains(name))
                .filter(name -> !sources.contains("'" + name + "'"))
                .filter(name -> !sources.contains("{{" + name + "}}")))
        .isEmpty();
    Set<String> categories = new TreeSet<>();
    for (Category category : Category.values()) {
      categories.add("category." + category.code());
      categories.add("category." + category.code() + ".hint");
    }
    assertThat(names.stream().filter(name -> name.startsWith("category.")))
        .containsExactlyElementsOf(categories);
  }

  @Test
  void valuesAreEscapedAndAMissingOneIsAnError() {
    Map<String, String> values = new HashMap<>(page.texts(PageLanguage.ENGLISH));
    values.put("lang", "en");
    values.put("files", "f");
    values.put("from", "");
    values.put("texts", "{\"a\":\"<b>&$1\\\"}");
    assertThat(page.render(values))
        .contains("data-texts=\"{&quot;a&quot;:&quot;&lt;b&gt;&amp;$1\\&quot;}\"")
        .doesNotContain("{{");
    values.remove("page.title");
    assertThatThrownBy(() -> page.render(values)).hasMessage("no text for page.title");
  }

  @Test
  void theDocumentHoldsNoScriptOrStyleOfItsOwn() throws IOException {
    String html = Files.readString(RESOURCES.resolve("personal-center/page.html"));
    assertThat(html).doesNotContainPattern("<script(?![^>]* src=)|<style| style=| on[a-z]+=");
    assertThat(html).doesNotContain("http://", "https://", "javascript:");
  }

  private static Set<String> places(String text) {
    return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }
}
