package io.towncrier.notices.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.downloads.DownloadBudget;
import io.towncrier.downloads.DownloadsConfig;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleRelease;
import io.towncrier.testing.Configs;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NewsPaceTest {
  @Test
  void withoutABudgetOfDownloadsTheFormerSettingCounts() {
    assertThat(pace(Map.of()).step(release(1_000_000))).isEqualTo(Duration.ofMillis(8));
    assertThat(
            pace(Map.of("towncrier.rollout-notices.download-budget", "1000"))
                .step(release(500, 250)))
        .isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void thereIsOneBudgetWhereItIsSet() {
    NewsPace pace =
        pace(
            Map.of(
                "towncrier.rollout-notices.download-budget", "1000",
                "towncrier.downloads.budget", "4000"));

    assertThat(pace.step(release(500, 1_000))).isEqualTo(Duration.ofMillis(250));
    assertThat(pace.step(release())).isEqualTo(Duration.ZERO);
  }

  private static NewsPace pace(Map<String, String> given) {
    return new NewsPace(
        new DownloadBudget(Configs.of(DownloadsConfig.class, of("towncrier.downloads", given))),
        Configs.of(RolloutNoticesConfig.class, of("towncrier.rollout-notices", given)));
  }

  private static Map<String, String> of(String prefix, Map<String, String> given) {
    return given.entrySet().stream()
        .filter(one -> one.getKey().startsWith(prefix))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** With files of these sizes. */
  private static Release release(long... sizes) {
    return SampleRelease.release("2.0")
        .with(
            LongStream.of(sizes)
                .mapToObj(
                    size ->
                        new Artifact(
                            "fw-" + size + ".img",
                            URI.create("https://downloads.example.com/fw-" + size + ".img"),
                            size,
                            "a".repeat(64)))
                .toArray(Artifact[]::new))
        .build();
  }
}
