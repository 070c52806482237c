package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has every setting, with its default and what it means. */
@Tag("zoneless")
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("docs", "configuration.md");

  @Test
  void thePageHasWhatTheSourcesHave() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(ConfigurationPage.BEGIN);
    assertThat(begin).isPositive();
    String made =
        page.substring(0, begin) + ConfigurationPage.BEGIN + "\n" + ConfigurationPage.tables();
    Path fresh = Path.of("target", "configuration.md");
    Files.writeString(fresh, made);

    assertThat(page)
        .as("If this change is meant: cp target/configuration.md docs/configuration.md")
        .isEqualTo(made);
  }

  @Test
  void everySettingSaysWhatItMeans() {
    String tables = ConfigurationPage.tables();
    assertThat(tables)
        .contains("| `TOWNCRIER_DATA_DIR` | `.towncrier` |")
        .contains("| `TOWNCRIER_LIMITS_BODY_BYTES` | `65536` |")
        .contains("| `TOWNCRIER_DELIVERY_TTL_SECURITY` | `12h` |")
        .contains("| `TOWNCRIER_AWS_ENDPOINT_S3` |")
        .contains("| `TOWNCRIER_ALERTS_DEFAULTS_PUSH_OFF` |");
    assertThat(tables.lines().filter(line -> line.startsWith("| `")))
        .hasSizeGreaterThan(60)
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(Pattern.compile("\\| `[A-Z0-9_]+` \\|[^|]*\\| .{12,}\\. \\|")));
  }
}
