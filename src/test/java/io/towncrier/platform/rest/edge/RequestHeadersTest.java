package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
  /** Of a proxy, of the connection or for our logs; none is an end client's to be passed on. */
  private static final Set<String> NOT_OF_CLIENTS =
      Set.of(
          "Accept-Encoding",
          "Content-Length",
          "Host",
          "X-Forwarded-Proto",
          "X-Request-Id",
          "traceparent",
          "X-Towncrier-Edge");

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
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        sources.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    Set<String> read = new TreeSet<>();
    sources.forEach(
        (file, source) ->
            READ.matcher(source).results().forEach(found -> read.add(name(found, file, sources))));
    read.removeAll(NOT_OF_CLIENTS);
    assertThat(read).contains("Accept-Language", "Authorization", "If-None-Match");
    read.removeAll(RequestHeaders.OF_DOWNLOADS);
    assertThat(RequestHeaders.READ).containsAll(read);
  }

  // A text, one of Vert.x's or JAX-RS' constants, one of the file's own or of another one's.
  private static String name(MatchResult found, String file, Map<String, String> sources) {
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
    int dot = argument.indexOf('.');
    String from = dot < 0 ? file : argument.substring(0, dot) + ".java";
    String constant = " " + argument.substring(dot + 1) + " = \"([^\"]+)\"";
    Matcher defined = Pattern.compile(constant).matcher(sources.getOrDefault(from, ""));
    assertThat(defined.find()).as(argument).isTrue();
    return defined.group(1);
  }

  @Test
  void theListHasNoHeaderTwice() {
    assertThat(List.copyOf(new TreeSet<>(RequestHeaders.READ))).isEqualTo(RequestHeaders.READ);
  }
}
