package io.towncrier.platform.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Removes schemas that nothing refers to, such as those of types that the words replaced. */
final class Unused {
  private static final String PREFIX = "#/components/schemas/";

  private Unused() {}

  static void remove(OpenAPI contract) {
    Map<String, Schema> schemas = contract.getComponents().getSchemas();
    Set<String> used = new HashSet<>();
    Deque<Schema> open = new ArrayDeque<>();
    contract.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream())
        .forEach(operation -> schemasOf(contract, operation).forEach(open::add));
    while (!open.isEmpty()) {
      Schema schema = open.pop();
      String ref = schema.getRef();
      if (ref != null && used.add(ref.substring(PREFIX.length()))) {
        Schema target = schemas.get(ref.substring(PREFIX.length()));
        if (target != null) {
          open.add(target);
        }
      }
      parts(schema).forEach(open::add);
    }
    List.copyOf(schemas.keySet()).stream()
        .filter(name -> !used.contains(name))
        .forEach(contract.getComponents()::removeSchema);
  }

  private static Stream<Schema> schemasOf(OpenAPI contract, Operation operation) {
    Stream<Content> bodies =
        operation.getRequestBody() == null
            ? Stream.of()
            : Stream.of(operation.getRequestBody().getContent());
    Stream<Content> answers =
        Stream.concat(
                operation.getResponses().getAPIResponses().values().stream(),
                contract.getComponents().getResponses().values().stream())
            .map(answer -> answer.getContent());
    Stream<Schema> parameters =
        Stream.ofNullable(operation.getParameters())
            .flatMap(List::stream)
            .map(parameter -> parameter.getSchema());
    return Stream.concat(
            parameters,
            Stream.concat(bodies, answers)
                .filter(Objects::nonNull)
                .flatMap(content -> content.getMediaTypes().values().stream())
                .map(type -> type.getSchema()))
        .filter(Objects::nonNull);
  }

  private static Stream<Schema> parts(Schema schema) {
    Stream<Schema> properties =
        schema.getProperties() == null ? Stream.of() : schema.getProperties().values().stream();
    Stream<Schema> choices =
        Stream.of(schema.getAnyOf(), schema.getOneOf(), schema.getAllOf())
            .filter(Objects::nonNull)
            .flatMap(List::stream);
    return Stream.concat(
        Stream.concat(properties, choices),
        Stream.of(
                schema.getItems(),
                schema.getAdditionalPropertiesSchema(),
                schema.getPropertyNames())
            .filter(Objects::nonNull));
  }
}
