package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
  /** Of a proxy, of the connection or for our logs; none is an end client's to be passed on. */
  private static final Set<String> NOT_OF_CLIENTS =
      Set.of("Content-Length", "X-Request-Id", "traceparent", "X-Towncrier-Edge");

  private static final Pattern READ =
      Pattern.compile(
          "(?:request\\(\\)|[rR]equest)\\.getHeader\\(([^)]+)\\)|@HeaderParam\\(([^)]+)\\)");

  @Test
  void linesOfAListAreOneList() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("if-none-match", "\"a\"")
            .add("If-None-Match", " \"b\"")
            .add("Accept-Language", "fr-CH")
            .add("Accept-Language", " de;q=0.9")
            .add("If-Match", "\"7\"");
    RequestHeaders.join(headers);
    assertThat(headers.getAll("If-None-Match")).containsExactly("\"a\", \"b\"");
    assertThat(headers.getAll("accept-language")).containsExactly("fr-CH, de;q=0.9");
    assertThat(headers.getAll("If-Match")).containsExactly("\"7\"");
  }

  @Test
  void aSecondCredentialIsNotMadeAPartOfTheFirst() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add("Authorization", "a").add("Authorization", "b");
    RequestHeaders.join(headers);
    assertThat(headers.getAll("Authorization")).containsExactly("a", "b");
  }

  @Test
  void whateverHeaderTheSourcesReadIsInTheList() throws IOException {
    Set<String> read = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        READ.matcher(source).results().forEach(found -> read.add(name(found, source)));
      }
    }
    read.removeAll(NOT_OF_CLIENTS);
    assertThat(read).contains("Accept-Language", "Authorization", "If-None-Match");
    assertThat(RequestHeaders.READ).containsAll(read);
  }

  // A text, one of Vert.x's or JAX-RS' constants, or one of the file's own.
  private static String name(java.util.regex.MatchResult found, String source) {
    String argument = found.group(1) == null ? found.group(2) : found.group(1);
    if (argument.startsWith("\"")) {
      return argument.replace("\"", "");
    }
    if (argument.startsWith("HttpHeaders.")) {
      String constant = argument.substring("HttpHeaders.".length());
      return Arrays.stream(constant.split("_", -1))
          .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
          .collect(Collectors.joining("-"));
    }
    Matcher own = Pattern.compile(" " + argument + " = \"([^\"]+)\"").matcher(source);
    assertThat(own.find()).as(argument).isTrue();
    return own.group(1);
  }

  @Test
  void theListHasNoHeaderTwice() {
    assertThat(List.copyOf(new TreeSet<>(RequestHeaders.READ))).isEqualTo(RequestHeaders.READ);
  }
}
