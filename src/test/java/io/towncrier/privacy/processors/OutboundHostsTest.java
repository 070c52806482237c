package io.towncrier.privacy.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.testing.LookUps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The service calls nobody but the processors of the register and what the maker has configured: no
 * other host stands in its code, and in a test run no other name is found.
 */
@Tag("zoneless")
class OutboundHostsTest {
  private static final Pattern URL = Pattern.compile("\\b(?:https?|wss?)://([\\w.*%-]+)");

  /** Not called, and why they stand in the code. */
  private static final Map<String, String> NAMES =
      Map.of(
          "www.googleapis.com", "the name of a right, in a token",
          "refeds.org", "the name of a way to sign in, in a token",
          "www.w3.org", "the name of a vocabulary",
          "localhost", "this machine");

  @Test
  void noHostStandsInTheCodeThatIsNoProcessors() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path file : sources()) {
      found.addAll(unknown(Files.readAllLines(file)));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void aHostThatNobodyKnowsIsFoundInTheCode() {
    assertThat(
            unknown(
                List.of(
                    "  // see https://blog.other.com",
                    "   * <a href=\"https://docs.other.com\">",
                    "  URI metrics = URI.create(\"https://metrics.other.com/v1\");",
                    "  @WithDefault(\"https://fcm.googleapis.com\")",
                    "  String example = \"https://updates.example.com\";")))
        .containsExactly("metrics.other.com");
  }

  @Test
  void inATestRunNoNameIsFoundButThatOfThisMachine() throws Exception {
    assertThat(InetAddress.getByName(LookUps.MARKER).isLoopbackAddress())
        .as("src/test/hosts is what is asked")
        .isTrue();
    for (String outside : List.of("fcm.googleapis.com", "localhost.localdomain", "example.com")) {
      assertThatThrownBy(() -> InetAddress.getByName(outside))
          .as(outside)
          .isInstanceOf(UnknownHostException.class);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
      return files
          .filter(file -> file.toString().matches(".*\\.(java|properties|js|mjs|html|css|svg|sql)"))
          .toList();
    }
  }

  /** Hosts of URLs outside of comments that are neither processors nor examples. */
  private static Set<String> unknown(List<String> lines) {
    Processors register = Processors.own();
    return lines.stream()
        .filter(line -> !line.strip().matches("(//|\\*|/\\*|#|--|<!--).*"))
        .flatMap(line -> URL.matcher(line).results().map(OutboundHostsTest::host))
        .filter(host -> !register.isKnown(host) && !NAMES.containsKey(host))
        .filter(host -> !host.matches("(.+\\.)?example\\.(com|cn|org)|.+\\.test|127\\.0\\.0\\.1"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without what a partition adds at the end. */
  private static String host(MatchResult url) {
    return url.group(1).replaceFirst("%s$", "");
  }
}
