package io.towncrier.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request that a client of ours sends. The service's own test sends the same file to a server and
 * sees that each is accepted.
 */
record ClientRequest(
    String name,
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<ClientRequest> all() throws IOException {
    List<ClientRequest> all = new ArrayList<>();
    for (JsonNode each :
        JSON.readTree(Path.of("src/test/resources/client-requests.json").toFile())) {
      all.add(
          new ClientRequest(
              each.path("name").asText(),
              each.path("method").asText(),
              each.path("path").asText(),
              texts(each.path("query")),
              texts(each.path("headers")),
              body(each.path("body"))));
    }
    return all;
  }

  String header(String wanted) {
    return headers.getOrDefault(wanted, "");
  }

  String headerValues() {
    return String.join("\n", headers.values());
  }

  String queryValues() {
    return String.join("\n", query.values());
  }

  String queryString() {
    return query.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> texts(JsonNode members) {
    Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    members
        .properties()
        .forEach(
            each -> {
              JsonNode value = each.getValue();
              texts.put(
                  each.getKey(),
                  value.isObject()
                      ? value.path("text").asText().repeat(value.path("times").asInt())
                      : value.asText());
            });
    return texts;
  }

  // The name of a file of the application, or what is sent.
  private static String body(JsonNode body) throws IOException {
    if (body.isTextual()) {
      // With spaces behind it, as the service's test sends it.
      return Files.readString(Path.of("../src/main/resources", body.asText())) + " ".repeat(9000);
    }
    // Slashes and quotes as they are sent.
    return body.isMissingNode() ? "" : body.toString().replace("\\\"", "\"");
  }
}
