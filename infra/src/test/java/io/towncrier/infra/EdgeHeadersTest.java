package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each header that the service reads comes through both kinds of CDN. */
final class EdgeHeadersTest {
  private static final Path SOURCE =
      Path.of("../src/main/java/io/towncrier/platform/rest/edge/RequestHeaders.java");
  private static final Path DEPLOYING = Path.of("../docs/deploy-aws.md");

  @Test
  void theCdnOfTheWorldPassesEachOnAsItPassesAllButHost() throws IOException {
    for (String cell : List.of("eu", "us")) {
      JsonNode headers =
          Synthesized.cell(cell)
              .the("AWS::CloudFront::OriginRequestPolicy", "EdgePassallbuthost")
              .at("/OriginRequestPolicyConfig/HeadersConfig");
      assertThat(headers.path("HeaderBehavior").asText()).isEqualTo("allExcept");
      assertThat(texts(headers.path("Headers"))).doesNotContainAnyElementsOf(read());
    }
  }

  @Test
  void theCdnOfChinaPassesEachOnByName() throws IOException {
    JsonNode headers =
        Synthesized.cell("cn")
            .the("AWS::CloudFront::Distribution")
            .at("/DistributionConfig/DefaultCacheBehavior/ForwardedValues/Headers");
    assertThat(texts(headers)).containsExactlyInAnyOrderElementsOf(read());
    // CloudFront takes ten of them; for more its quota has to be raised first, and a page says so.
    Matcher raised =
        Pattern.compile("raise the quota of forwarded headers to (\\d+)")
            .matcher(Files.readString(DEPLOYING));
    assertThat(raised.find()).isTrue();
    assertThat(texts(headers)).hasSizeLessThanOrEqualTo(Integer.parseInt(raised.group(1)));
  }

  @Test
  void noneIsPartOfWhatAnAnswerIsKeptBy() {
    for (String cell : List.of("eu", "us")) {
      assertThat(
              Synthesized.cell(cell)
                  .the("AWS::CloudFront::CachePolicy", "EdgeCachechecks")
                  .findValuesAsText("HeaderBehavior"))
          .containsExactly("none");
    }
  }

  private static List<String> read() throws IOException {
    Matcher list =
        Pattern.compile("READ =\\s*List\\.of\\(([^)]*)\\)").matcher(Files.readString(SOURCE));
    assertThat(list.find()).isTrue();
    List<String> names =
        Pattern.compile("\"([^\"]+)\"")
            .matcher(list.group(1))
            .results()
            .map(name -> name.group(1))
            .toList();
    assertThat(names).contains("Authorization", "If-Match", "X-Device-Secret");
    return names;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
