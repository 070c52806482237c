package io.towncrier.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What every OpenAPI document of ours has to be: pure, over the document alone. */
final class ContractRules {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Set<String> WITHOUT_BODY = Set.of("204", "304");
  private static final Set<String> OF_JACKSON = Set.of("missingNode", "pojo", "bigInteger");

  /** They need a reason only when the request names an account or a device. */
  private static final Set<String> WITHOUT_PERSON = Set.of("listDevices", "explainUpdate");

  private static final int LONGEST_SUMMARY = 100;

  private final JsonNode document;
  private final List<String> findings = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private ContractRules(JsonNode document) {
    this.document = document;
  }

  /** What is wrong with a document; empty when nothing is. */
  static List<String> findings(JsonNode document) {
    ContractRules rules = new ContractRules(document);
    rules.look();
    rules.findings.addAll(MemberRules.findings(document));
    return rules.findings;
  }

  private void look() {
    references(document);
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(operation -> METHODS.contains(operation.getKey()))
                    .forEach(o -> operation(o.getKey() + " " + path.getKey(), o.getValue())));
    document
        .path("components")
        .path("schemas")
        .properties()
        .forEach(schema -> schema(schema.getKey(), schema.getValue()));
  }

  private void operation(String what, JsonNode operation) {
    String id = operation.path("operationId").asText();
    require(!id.isEmpty(), what, "has no operationId");
    require(ids.add(id), what, "has the operationId of another one");
    String summary = operation.path("summary").asText();
    require(
        !summary.isBlank()
            && summary.length() <= LONGEST_SUMMARY
            && !summary.contains("\n")
            && !summary.endsWith("."),
        what,
        "has no summary of one line");
    JsonNode body = operation.path("requestBody");
    if (!body.isMissingNode()) {
      require(hasSchema(body), what, "has a body without a schema");
    }
    operation
        .path("responses")
        .properties()
        .forEach(response -> response(what, response.getKey(), resolved(response.getValue())));
    require(
        StreamSupport.stream(operation.path("responses").spliterator(), false)
            .anyMatch(response -> resolved(response).at(PROBLEM).isObject()),
        what,
        "has no problem");
    require(operation.has("security"), what, "says nothing of credentials");
    security(what, operation.path("security"));
    preconditions(what, operation);
    parameters(what, operation.path("parameters"));
    examples(what, "body", operation.path("requestBody"));
    operation
        .path("responses")
        .properties()
        .forEach(answer -> examples(what, answer.getKey(), resolved(answer.getValue())));
    JsonNode page = page(operation);
    if (id.startsWith("list") || page.path("properties").has("items")) {
      list(what, operation, page);
    }
  }

  private static final String PROBLEM = "/content/application~1problem+json";

  private void response(String what, String status, JsonNode response) {
    require(!response.path("description").asText().isBlank(), what, status + " says nothing");
    if (status.startsWith("2") && !WITHOUT_BODY.contains(status)) {
      require(hasSchema(response), what, status + " has no schema");
    }
    if (status.startsWith("4") || status.startsWith("5")) {
      JsonNode problem = response.at(PROBLEM);
      require(
          problem.path("schema").path("$ref").asText().endsWith("/Problem"),
          what,
          status + " is no Problem");
      require(!problem.path("examples").isEmpty(), what, status + " names no code");
    }
  }

  /** What a client needs to send back the tag of what it has read. */
  private void preconditions(String what, JsonNode operation) {
    JsonNode ifMatch = header(operation, "If-Match");
    if (!ifMatch.isMissingNode()) {
      require(
          ifMatch.at("/schema/maxLength").asInt() >= longestTag(), what, "cuts the tag of a GET");
      // The revision has no other place.
      require(
          operation.has("requestBody") || ifMatch.path("required").asBoolean(),
          what,
          "does not require If-Match");
    }
    if (operation.path("responses").has("304")) {
      JsonNode answer = operation.at("/responses/200");
      require(
          !header(operation, "If-None-Match").isMissingNode(), what, "does not take If-None-Match");
      require(
          answer.isMissingNode() || answer.path("headers").has("ETag"), what, "answers no ETag");
    }
    JsonNode reason = header(operation, "Towncrier-Reason");
    require(
        reason.isMissingNode()
            || reason.path("required").asBoolean()
            || WITHOUT_PERSON.contains(operation.path("operationId").asText()),
        what,
        "does not require a reason");
  }

  private JsonNode header(JsonNode operation, String name) {
    return StreamSupport.stream(operation.path("parameters").spliterator(), false)
        .filter(p -> p.path("in").asText().equals("header") && p.path("name").asText().equals(name))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private int longestTag() {
    return document.findValues("ETag").stream()
        .mapToInt(tag -> tag.at("/schema/maxLength").asInt())
        .max()
        .orElse(0);
  }

  private void security(String what, JsonNode requirements) {
    requirements.forEach(
        requirement ->
            requirement
                .fieldNames()
                .forEachRemaining(
                    scheme ->
                        require(
                            document.path("components").path("securitySchemes").has(scheme),
                            what,
                            "needs the unknown credential " + scheme)));
  }

  private void parameters(String what, JsonNode parameters) {
    for (JsonNode parameter : parameters) {
      String name = parameter.path("name").asText();
      require(parameter.path("schema").isObject(), what, name + " has no schema");
      require(!parameter.path("description").asText().isBlank(), what, name + " says nothing");
      require(
          !(name.equals("revision") && parameter.path("in").asText().equals("query")),
          what,
          "takes the revision in the query");
    }
  }

  private JsonNode page(JsonNode operation) {
    return resolved(operation.at("/responses/200/content/application~1json/schema"));
  }

  /** One is enough, at whatever depth: of bytes there is none. */
  private void examples(String what, String where, JsonNode holder) {
    holder
        .path("content")
        .forEach(
            media ->
                require(
                    media.has("example")
                        || media.has("examples")
                        || MemberRules.hasExample(document, media.path("schema")),
                    what,
                    where + " has no example"));
  }

  private void list(String what, JsonNode operation, JsonNode page) {
    List<String> names =
        StreamSupport.stream(operation.path("parameters").spliterator(), false)
            .map(parameter -> parameter.path("name").asText())
            .toList();
    require(names.containsAll(List.of("limit", "after", "sort")), what, "is asked otherwise");
    require(
        Stream.of("items", "next", "total").allMatch(page.path("properties")::has),
        what,
        "is no page");
  }

  private void schema(String name, JsonNode schema) {
    require(!name.matches(".*\\d|(Shown|Answer|Page|Body)\\d*|.*Node"), name, "is no name");
    require(!schema.path("description").asText().isBlank(), name, "says nothing");
    JsonNode properties = schema.path("properties");
    require(OF_JACKSON.stream().noneMatch(properties::has), name, "has the getters of a tree");
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String what = name + "." + property.getKey();
      JsonNode said = property.getValue();
      require(
          said.has("$ref") || !said.path("description").asText().isBlank(), what, "says nothing");
      require(said.has("$ref") || said.has("type") || said.has("anyOf"), what, "has no type");
      require(!property.getKey().equals("timeZone"), what, "is timezone everywhere else");
    }
    schema
        .path("required")
        .forEach(
            required ->
                require(properties.has(required.asText()), name, "requires " + required.asText()));
  }

  private void references(JsonNode node) {
    JsonNode ref = node.path("$ref");
    if (ref.isTextual()) {
      require(
          !document.at(ref.asText().substring(1)).isMissingNode(), ref.asText(), "does not exist");
    }
    node.forEach(this::references);
  }

  private boolean hasSchema(JsonNode holder) {
    JsonNode content = holder.path("content");
    return !content.isEmpty()
        && StreamSupport.stream(content.spliterator(), false)
            .allMatch(media -> !media.path("schema").isEmpty());
  }

  private JsonNode resolved(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : document.at(ref.substring(1));
  }

  private void require(boolean holds, String what, String finding) {
    if (!holds) {
      findings.add(what + " " + finding);
    }
  }
}
