package io.towncrier.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document as it is committed, and whether an answer is as it says. */
public final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "https://contract.example/openapi.json";
  private static final String CODES = "/content/application~1problem+json/examples";

  private static final Contract COMMITTED = new Contract(read(Path.of("api", "openapi.yaml")));

  private final JsonNode document;
  private final JsonSchemaFactory schemas;
  private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();
  private final Map<Pattern, JsonNode> paths = new java.util.LinkedHashMap<>();

  Contract(JsonNode document) {
    this.document = document;
    JsonNode closed = document.deepCopy();
    closed.path("components").path("schemas").forEach(Contract::close);
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(l -> l.schemas(Map.of(BASE, closed.toString()))));
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                paths.put(
                    Pattern.compile(path.getKey().replaceAll("\\{\\w+}", "[^/]+")),
                    path.getValue()));
  }

  public static Contract committed() {
    return COMMITTED;
  }

  static JsonNode read(Path file) {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** An answer may have no member that the contract does not name: a test is no client. */
  private static void close(JsonNode schema) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  /** The example of an answer 200 that no schema describes, by its operation and media type. */
  public String example(String operationId, String mediaType) {
    for (JsonNode path : paths()) {
      for (JsonNode operation : path) {
        if (operation.path("operationId").asText().equals(operationId)) {
          return operation.at("/responses/200/content").path(mediaType).path("example").asText();
        }
      }
    }
    throw new IllegalArgumentException("there is no " + operationId);
  }

  /** All paths with their operations. */
  public JsonNode paths() {
    return document.path("paths");
  }

  /** The operation of a request; empty when the contract has none. */
  Optional<JsonNode> operation(String method, String path) {
    // What stands there literally goes before a parameter.
    JsonNode literal = document.path("paths").path(path);
    JsonNode item =
        !literal.isMissingNode()
            ? literal
            : paths.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(literal);
    return Optional.of(item.path(method.toLowerCase(Locale.ROOT))).filter(JsonNode::isObject);
  }

  /**
   * What is not as the contract says; empty when nothing is, or the contract knows no such
   * operation.
   */
  public List<String> defects(
      String method, String path, int status, String contentType, String body) {
    Optional<JsonNode> operation = operation(method, path);
    if (operation.isEmpty()) {
      return List.of();
    }
    String id = operation.get().path("operationId").asText();
    JsonNode said = resolved(operation.get().path("responses").path(Integer.toString(status)));
    if (said.isMissingNode()) {
      said = resolved(operation.get().path("responses").path("default"));
      if (!said.at(CODES).has(code(body))) {
        return List.of(id + " has no answer " + status + ": " + body);
      }
    }
    Seen.note(id, status, code(body));
    return content(id + " " + status, said, contentType, body);
  }

  /** The same of the tag of an answer: what a client sends back has to be as it is documented. */
  public List<String> tagDefects(String method, String path, int status, String tag) {
    JsonNode said =
        operation(method, path)
            .map(o -> o.at("/responses/" + status + "/headers/ETag/schema"))
            .orElse(MissingNode.getInstance());
    boolean fits =
        tag.length() <= said.path("maxLength").asInt(Integer.MAX_VALUE)
            && tag.matches(said.path("pattern").asText(".*"));
    return fits ? List.of() : List.of(method + " " + path + " has no ETag such as " + tag);
  }

  private List<String> content(String what, JsonNode said, String contentType, String body) {
    JsonNode content = said.path("content");
    if (content.isMissingNode()) {
      return body.isEmpty() ? List.of() : List.of(what + " has a body");
    }
    String type = contentType.split(";", 2)[0].trim();
    JsonNode media = content.path(type);
    if (media.isMissingNode()) {
      return List.of(what + " is " + contentType);
    }
    if (media.path("schema").isEmpty()) {
      return List.of(what + " has a body without a schema");
    }
    if (!type.equals("application/json") && !type.endsWith("+json")) {
      return List.of();
    }
    List<String> defects = new ArrayList<>();
    if (type.contains("problem") && !media.path("examples").has(code(body))) {
      defects.add(what + " has no code " + code(body) + ": " + body);
    }
    String ref = media.path("schema").path("$ref").asText();
    schema(ref).validate(tree(body)).forEach(e -> defects.add(what + " " + e.getMessage()));
    return defects;
  }

  private JsonSchema schema(String ref) {
    return known.computeIfAbsent(
        ref,
        pointer ->
            schemas.getSchema(
                SchemaLocation.of(BASE + pointer),
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build()));
  }

  private JsonNode resolved(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : document.at(ref.substring(1));
  }

  /** Of a problem; empty of anything else. */
  private static String code(String body) {
    if (!body.startsWith("{")) {
      return "";
    }
    JsonNode tree = tree(body);
    return tree.has("code") && tree.has("status") ? tree.path("code").asText() : "";
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /** Every operation with its statuses, as {@code id status}. */
  List<String> documented() {
    List<String> all = new ArrayList<>();
    document
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      Iterator<String> statuses = operation.path("responses").fieldNames();
                      statuses.forEachRemaining(
                          s -> all.add(operation.path("operationId").asText() + " " + s));
                    }));
    return all;
  }
}
