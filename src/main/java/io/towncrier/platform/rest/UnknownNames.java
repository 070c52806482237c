package io.towncrier.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.FieldError;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds names in a request that its operation does not declare. Bodies are declared by records. */
final class UnknownNames {
  private static final int LONGEST = 100;
  private static final int MOST = 100;

  private final List<FieldError> found = new ArrayList<>();

  private UnknownNames() {}

  /**
   * Query parameters that would be read otherwise than they were meant, at most a hundred of them:
   * the method does not declare them, they say nothing, or they say two things.
   */
  static List<FieldError> parameters(Method operation, Map<String, List<String>> given) {
    Set<String> declared =
        Arrays.stream(operation.getParameters())
            .map(parameter -> Optional.ofNullable(parameter.getAnnotation(QueryParam.class)))
            .flatMap(Optional::stream)
            .map(QueryParam::value)
            .collect(Collectors.toUnmodifiableSet());
    return given.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(p -> parameter(declared, p.getKey(), p.getValue()).stream())
        .limit(MOST)
        .toList();
  }

  private static Optional<FieldError> parameter(
      Set<String> declared, String name, List<String> values) {
    if (!declared.contains(name)) {
      return Optional.of(new FieldError(cut(name), "is not a known parameter"));
    }
    // Else a variable that is not set would turn a filter off.
    if (values.contains("")) {
      return Optional.of(new FieldError(name, "is empty: leave it out"));
    }
    return values.size() > 1
        ? Optional.of(new FieldError(name, "stands there twice"))
        : Optional.empty();
  }

  /**
   * Members that a body does not declare, at most a hundred of them, each with its place.
   *
   * @param declared a record, or a list or map of records; anything else declares no members
   */
  static List<FieldError> members(Type declared, JsonNode body) {
    UnknownNames names = new UnknownNames();
    names.walk("", declared, body);
    return List.copyOf(names.found);
  }

  private void walk(String place, Type declared, JsonNode node) {
    if (declared instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Type element = arguments[arguments.length - 1];
      if (node.isArray() && is(generic, Collection.class)) {
        for (int i = 0; i < node.size(); i++) {
          walk(place + "[" + i + "]", element, node.get(i));
        }
      } else if (node.isObject() && is(generic, Map.class)) {
        node.properties().forEach(m -> walk(join(place, m.getKey()), element, m.getValue()));
      }
    } else if (declared instanceof Class<?> type && type.isRecord() && node.isObject()) {
      Map<String, Type> components =
          Arrays.stream(type.getRecordComponents())
              .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType));
      node.properties().forEach(m -> member(join(place, m.getKey()), components, m));
    }
  }

  private void member(
      String place, Map<String, Type> components, Map.Entry<String, JsonNode> member) {
    Type type = components.get(member.getKey());
    if (type != null) {
      walk(place, type, member.getValue());
    } else if (found.size() < MOST) {
      found.add(new FieldError(place, "is not a known member"));
    }
  }

  private static boolean is(ParameterizedType generic, Class<?> kind) {
    return generic.getRawType() instanceof Class<?> raw && kind.isAssignableFrom(raw);
  }

  private static String join(String place, String name) {
    return place.isEmpty() ? cut(name) : place + "." + cut(name);
  }

  /** A caller decides how long it is. */
  private static String cut(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
