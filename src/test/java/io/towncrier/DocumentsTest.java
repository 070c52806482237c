package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written leads somewhere, and the first page is one screen. */
@Tag("zoneless")
class DocumentsTest {
  private static final int LINES_OF_A_SCREEN = 60;
  private static final int WORDS_OF_A_SCREEN = 450;
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");

  @TempDir Path directory;

  @Test
  void theReadmeIsOneScreen() throws IOException {
    assertThat(tooLong(Path.of("README.md"))).isEmpty();
    Path grown =
        Files.writeString(directory.resolve("README.md"), "a line of five words\n".repeat(61));
    assertThat(tooLong(grown)).hasSize(1);
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path folder :
        List.of(
            Path.of("."),
            Path.of("docs"),
            Path.of("docs/adr"),
            Path.of("bench"),
            Path.of("infra"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    assertThat(pages).hasSizeGreaterThan(40);
    List<String> dead = new ArrayList<>();
    for (Path page : pages) {
      dead.addAll(deadLinks(page));
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void aDeadLinkIsCaught() throws IOException {
    Path page = directory.resolve("page.md");
    Files.writeString(
        page,
        "# Here\n[a](page.md#here) [b](gone.md) [c](page.md#not-here) [d](https://x.example)\n");
    assertThat(deadLinks(page)).hasSize(2);
  }

  private static List<String> tooLong(Path readme) throws IOException {
    String text = Files.readString(readme);
    long lines = text.lines().count();
    int words = text.split("\\s+", -1).length;
    return lines > LINES_OF_A_SCREEN || words > WORDS_OF_A_SCREEN
        ? List.of(readme + " has " + lines + " lines and " + words + " words")
        : List.of();
  }

  private static List<String> deadLinks(Path page) throws IOException {
    List<String> dead = new ArrayList<>();
    Matcher links = LINK.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""));
    while (links.find()) {
      String link = links.group(1);
      if (link.contains("://") || link.startsWith("mailto:")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target =
          parts[0].isEmpty()
              ? page
              : page.toAbsolutePath().getParent().resolve(parts[0]).normalize();
      if (!Files.exists(target) || (parts.length > 1 && !hasHeading(target, parts[1]))) {
        dead.add(page + ": " + link);
      }
    }
    return dead;
  }

  /** As GitHub names headings. */
  private static boolean hasHeading(Path page, String anchor) throws IOException {
    try (Stream<String> lines = Files.lines(page)) {
      return lines
          .filter(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("^#+\\s*", "").toLowerCase(Locale.ROOT))
          .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}\\- _]", "").replace(' ', '-'))
          .anyMatch(anchor::equals);
    }
  }
}
