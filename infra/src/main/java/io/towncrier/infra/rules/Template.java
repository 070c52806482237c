package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A template as it is deployed.
 *
 * @param stack its name
 * @param region it is meant for
 * @param root of its JSON
 */
public record Template(String stack, String region, JsonNode root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Template read(String stack, String region, Path file) {
    try {
      return new Template(stack, region, JSON.readTree(file.toFile()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("no template of " + stack, unreadable);
    }
  }

  boolean inChina() {
    return region.startsWith("cn-");
  }

  Stream<Resource> all() {
    return root.path("Resources").properties().stream()
        .map(entry -> new Resource(entry.getKey(), entry.getValue()));
  }

  Stream<Resource> all(String type) {
    return all().filter(resource -> resource.type().equals(type));
  }

  /** What a {@code Ref} or a {@code Fn::GetAtt} stands for, if it is of this template. */
  Optional<Resource> named(JsonNode reference) {
    String id = target(reference);
    return all().filter(resource -> resource.id().equals(id)).findFirst();
  }

  /** The id in a {@code Ref} or a {@code Fn::GetAtt}; empty for anything else. */
  static String target(JsonNode reference) {
    if (reference.has("Ref")) {
      return reference.path("Ref").asText();
    }
    return reference.path("Fn::GetAtt").path(0).asText("");
  }

  /** Every text in it, keys included, as what is forbidden may be in either. */
  static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    collect(node, texts);
    return texts;
  }

  /** One or many: policies write a single value without a list. */
  static List<JsonNode> each(JsonNode oneOrMany) {
    List<JsonNode> each = new ArrayList<>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(each::add);
    } else if (!oneOrMany.isMissingNode() && !oneOrMany.isNull()) {
      each.add(oneOrMany);
    }
    return each;
  }

  private static void collect(JsonNode node, List<String> into) {
    if (node.isTextual()) {
      into.add(node.asText());
    }
    node.properties()
        .forEach(
            entry -> {
              into.add(entry.getKey());
              collect(entry.getValue(), into);
            });
    if (node.isArray()) {
      node.forEach(element -> collect(element, into));
    }
  }
}
