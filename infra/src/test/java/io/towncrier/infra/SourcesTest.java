package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no template shows. */
final class SourcesTest {
  private static final Pattern PARTITION = Pattern.compile("arn:aws(-[a-z]+)*:");

  @Test
  void noSourceAndNoSettingNamesAPartition() throws IOException {
    assertThat(files())
        .hasSizeGreaterThan(40)
        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(PARTITION));
  }

  @Test
  void nothingIsLookedUpInAnAccount() throws IOException {
    assertThat(files())
        .allSatisfy(
            file ->
                assertThat(Files.readString(file)).doesNotContain("fromLookup", "valueFromLookup"));
    assertThat(Synthesized.all()).isNotEmpty();
    assertThat(Files.readString(Synthesized.OUT.resolve("manifest.json")))
        .doesNotContain("\"missing\"");
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
      return Stream.concat(sources.filter(Files::isRegularFile), Stream.of(Path.of("cells.json")))
          .toList();
    }
  }
}
