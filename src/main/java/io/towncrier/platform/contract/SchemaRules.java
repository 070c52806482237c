package io.towncrier.platform.contract;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/** What follows from the records of bodies and answers: which of their members are always there. */
final class SchemaRules {
  private static final DotName SCHEMA =
      DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class);

  private final Members members;
  private final Map<String, Class<?>> records = new HashMap<>();

  SchemaRules(IndexView index, Members members) {
    this.members = members;
    for (AnnotationInstance named : index.getAnnotations(SCHEMA)) {
      if (named.target().kind() == AnnotationTarget.Kind.CLASS && named.value("name") != null) {
        records.put(named.value("name").asString(), load(named.target().asClass().name()));
      }
    }
  }

  void apply(OpenAPI contract) {
    Map<String, Schema> schemas = contract.getComponents().getSchemas();
    records.forEach(
        (name, type) -> {
          Schema schema = schemas.get(name);
          if (schema != null && schema.getProperties() != null && type.isRecord()) {
            members.of(name).ifPresent(said -> schema.setDescription(said.getDescription()));
            schema.setRequired(required(name, schema, type));
            schema.setProperties(inOrder(schema.getProperties(), type));
            schema.getProperties().forEach((member, property) -> complete(name, member, property));
          }
        });
    schemas.values().forEach(Codes::resolve);
  }

  /** As the record has them: scanned they come in an order of no meaning. */
  private static Map<String, Schema> inOrder(Map<String, Schema> properties, Class<?> type) {
    Map<String, Schema> ordered = new LinkedHashMap<>();
    names(type)
        .filter(properties::containsKey)
        .forEach(name -> ordered.put(name, properties.get(name)));
    properties.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private static Stream<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component ->
                component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                    ? names(component.getType())
                    : Stream.of(component.getName()));
  }

  /** Those that the static words name, and of an answer all that its type always has. */
  private @Nullable List<String> required(String name, Schema schema, Class<?> type) {
    List<String> required = new ArrayList<>();
    collect(type, required);
    List<String> said = members.of(name).map(Schema::getRequired).orElse(List.of());
    said.stream().filter(n -> !required.contains(n)).forEach(required::add);
    required.removeIf(n -> !schema.getProperties().containsKey(n));
    return required.isEmpty() ? null : required;
  }

  private static void collect(Class<?> type, List<String> required) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        collect(component.getType(), required);
      } else if (!isOptional(component)) {
        required.add(component.getName());
      }
    }
  }

  private static boolean isOptional(RecordComponent component) {
    return OPTIONAL.contains(component.getType())
        || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private void complete(String owner, String member, Schema property) {
    neverNull(property);
    members.of(owner, member).ifPresent(said -> Members.add(said, property));
  }

  /** What is not there is left out of an answer: nothing is answered as null. */
  private static void neverNull(Schema property) {
    if (property.getType() != null && property.getType().contains(Schema.SchemaType.NULL)) {
      property.setType(
          property.getType().stream().filter(t -> t != Schema.SchemaType.NULL).toList());
    }
    if (property.getAnyOf() != null) {
      property.getAnyOf().stream()
          .map(Schema::getRef)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(
              ref -> {
                property.setAnyOf(null);
                property.setRef(ref);
              });
    }
  }

  private static Class<?> load(DotName name) {
    try {
      return Class.forName(name.toString(), false, SchemaRules.class.getClassLoader());
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
