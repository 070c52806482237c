package io.towncrier.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the members of bodies and answers have to be: required, listed, bounded, and described by
 * more than a word.
 */
final class MemberRules {
  /** A member of this name holds a code: its codes are listed, or the words say that more come. */
  private static final Pattern CODE =
      Pattern.compile(
          "state|event|action|code|gate|held|kind|decision|refusal|relation|standing|effect|level"
              + "|verdict|severity|\\w+Because");

  private static final Pattern OPEN = Pattern.compile(".*(more \\w+ may come|any other text).*");

  private static final Pattern MOMENT = Pattern.compile("\\w+(At|Until)|asOf");

  /** A description without a subject: nobody knows of what, since when or who. */
  private static final Pattern RIDDLE =
      Pattern.compile("(\\S+ ){0,1}\\S+|(As of|Since) when\\.|Of (the|this|all) .*");

  /** Bodies in which everything may be left out, and parts of a catalogue with conditions. */
  private static final Set<String> ALL_OPTIONAL =
      Set.of(
          "Artifact",
          "Audience",
          "Catalogue",
          "ClientSelection",
          "CountryRule",
          "InstallHours",
          "Rollout",
          "Schedule",
          "VersionRange");

  private static final Sentences OF_THE_SERVICE = Sentences.below(Path.of("src", "main", "java"));
  private static final String REF = "$ref";
  private static final Set<String> BOUNDS = Set.of("maxLength", "pattern", "enum", "const");
  private static final Set<String> BOUNDED_FORMATS = Set.of("date", "date-time", "binary");

  private final JsonNode document;
  private final List<String> findings = new ArrayList<>();

  private MemberRules(JsonNode document) {
    this.document = document;
  }

  static List<String> findings(JsonNode document) {
    MemberRules rules = new MemberRules(document);
    rules.look();
    return rules.findings;
  }

  private void look() {
    document
        .path("components")
        .path("schemas")
        .properties()
        .forEach(
            schema ->
                schema
                    .getValue()
                    .path("properties")
                    .properties()
                    .forEach(
                        member ->
                            member(
                                schema.getKey() + "." + member.getKey(),
                                member.getKey(),
                                member.getValue())));
    Set<String> answered = new HashSet<>();
    Set<String> sent = new HashSet<>();
    for (JsonNode path : document.path("paths")) {
      for (JsonNode operation : path) {
        contents(operation.path("requestBody")).forEach(schema -> reach(schema, sent));
        operation
            .path("responses")
            .forEach(r -> contents(resolved(r)).forEach(schema -> reach(schema, answered)));
        operation.path("parameters").forEach(p -> parameter(operation, p));
      }
    }
    answered.forEach(this::required);
    sent.forEach(ref -> bounded(name(ref), document.at(ref.substring(1))));
    document
        .at("/components/examples")
        .forEach(
            example ->
                require(
                    OF_THE_SERVICE.have(example.at("/value/detail").asText()),
                    example.path("summary").asText(),
                    "has a detail that the service never says"));
  }

  private void member(String what, String name, JsonNode said) {
    if (said.has(REF)) {
      return;
    }
    String description = said.path("description").asText();
    require(!RIDDLE.matcher(description).matches(), what, "is a riddle: " + description);
    boolean text = said.path("type").asText().equals("string");
    boolean secret = said.path("format").asText().equals("password");
    if (text && CODE.matcher(name).matches() && !said.has("pattern") && !secret) {
      require(
          said.has("enum") || OPEN.matcher(description).matches(), what, "does not list its codes");
    }
    if (text && MOMENT.matcher(name).matches()) {
      require(
          said.path("format").asText().startsWith("date") || said.has("pattern"),
          what,
          "has no format");
    }
  }

  /** What is always there says so: a client would test for each member otherwise. */
  private void required(String ref) {
    JsonNode schema = document.at(ref.substring(1));
    require(
        schema.path("properties").isEmpty()
            || !schema.path("required").isEmpty()
            || ALL_OPTIONAL.contains(name(ref)),
        name(ref),
        "requires nothing");
  }

  /** Every text that a client sends has an end. */
  private void bounded(String what, JsonNode schema) {
    if (schema.path("type").asText().equals("string")) {
      require(
          BOUNDS.stream().anyMatch(schema::has)
              || BOUNDED_FORMATS.contains(schema.path("format").asText()),
          what,
          "has no bound");
    }
    schema
        .path("properties")
        .properties()
        .forEach(member -> bounded(what + "." + member.getKey(), member.getValue()));
    Stream.of("items", "additionalProperties")
        .map(schema::path)
        .filter(JsonNode::isObject)
        .forEach(part -> bounded(what + "[]", part));
  }

  private void parameter(JsonNode operation, JsonNode parameter) {
    // Headers have the bound of all headers together.
    if (!parameter.path("in").asText().equals("header")) {
      bounded(
          operation.path("operationId").asText() + " " + parameter.path("name").asText(),
          parameter.path("schema"));
    }
  }

  /** Adds the names of all schemas that are found from one. */
  private void reach(JsonNode schema, Set<String> refs) {
    String ref = schema.path(REF).asText("");
    if (!ref.isEmpty()) {
      if (refs.add(ref)) {
        reach(document.at(ref.substring(1)), refs);
      }
      return;
    }
    schema.forEach(part -> reach(part, refs));
  }

  /** Whether a schema, or one that it is made of, has an example. */
  static boolean hasExample(JsonNode document, JsonNode schema) {
    return schema.path("format").asText().equals("binary")
        || hasExample(document, schema, new HashSet<>());
  }

  private static boolean hasExample(JsonNode document, JsonNode schema, Set<String> refs) {
    String ref = schema.path(REF).asText("");
    if (!ref.isEmpty()) {
      return refs.add(ref) && hasExample(document, document.at(ref.substring(1)), refs);
    }
    return !schema.path("examples").isEmpty()
        || Stream.of("properties", "anyOf", "oneOf", "allOf")
            .flatMap(key -> StreamSupport.stream(schema.path(key).spliterator(), false))
            .anyMatch(part -> hasExample(document, part, refs))
        || Stream.of("items", "additionalProperties")
            .map(schema::path)
            .filter(JsonNode::isObject)
            .anyMatch(part -> hasExample(document, part, refs));
  }

  private Stream<JsonNode> contents(JsonNode holder) {
    return holder.path("content").properties().stream()
        .map(Map.Entry::getValue)
        .map(media -> media.path("schema"));
  }

  private JsonNode resolved(JsonNode node) {
    String ref = node.path(REF).asText("");
    return ref.isEmpty() ? node : document.at(ref.substring(1));
  }

  private static String name(String ref) {
    return ref.substring(ref.lastIndexOf('/') + 1);
  }

  private void require(boolean holds, String what, String finding) {
    if (!holds) {
      findings.add(what + " " + finding);
    }
  }
}
