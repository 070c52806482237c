package io.towncrier.server.start;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * What is wrong with a setting, in words for the operator: its name, where it is set, and what is
 * right. The value is left out: it may be a secret.
 */
final class BadSetting {
  private static final Pattern NAME =
      Pattern.compile("(?:property (?:name )?|for: )\"?((?:towncrier|quarkus)[\\w.\"\\-]*\\w)");
  private static final Map<Class<?>, String> RIGHT =
      Map.ofEntries(
          Map.entry(Duration.class, "a duration such as 90s, 10m, 6h or PT6H"),
          Map.entry(int.class, "a whole number"),
          Map.entry(Integer.class, "a whole number"),
          Map.entry(long.class, "a whole number"),
          Map.entry(Long.class, "a whole number"),
          Map.entry(double.class, "a number such as 0.2"),
          Map.entry(Double.class, "a number such as 0.2"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(LocalTime.class, "a time of day such as 09:00"),
          Map.entry(URI.class, "a URL"),
          Map.entry(Path.class, "a path"));

  private BadSetting() {}

  /** From what the library says of it. */
  static String explain(String problem, Config config) {
    Matcher name = NAME.matcher(problem);
    if (!name.find()) {
      return firstLine(problem);
    }
    String property = name.group(1).replace("\"", "");
    ConfigValue value = config.unwrap(SmallRyeConfig.class).getConfigValue(property);
    String variable = variable(property);
    return value.getValue() == null
        ? "%s must be set: %s.".formatted(variable, right(property, problem))
        : "%s must be %s. Its value comes from %s."
            .formatted(variable, right(property, problem), place(value.getConfigSourceName()));
  }

  /** Whether the library speaks of a setting. */
  static boolean isMeant(String problem) {
    return NAME.matcher(problem).find();
  }

  /** As it is set in the environment. */
  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static String place(String source) {
    String name = source == null ? "" : source;
    if (name.startsWith("Env")) {
      return "the environment";
    }
    if (name.startsWith("SysProp")) {
      return "the command line (-D)";
    }
    return name.replaceAll("^\\w+\\[source=(.*)]$", "$1");
  }

  private static String right(String property, String problem) {
    return SettingsCheck.MAPPINGS.stream()
        .flatMap(mapping -> typeOf(mapping, prefix(mapping), property).stream())
        .findFirst()
        .map(BadSetting::right)
        .orElse(problem.contains("integer") ? "a whole number" : "another value");
  }

  private static String prefix(Class<?> mapping) {
    return mapping.getAnnotation(io.smallrye.config.ConfigMapping.class).prefix();
  }

  private static Optional<Class<?>> typeOf(Class<?> group, String prefix, String property) {
    for (Method method : group.getMethods()) {
      String name = prefix + "." + nameOf(method);
      Class<?> type = inner(method.getGenericReturnType());
      if (name.equals(property)) {
        return Optional.of(type);
      }
      if (property.startsWith(name + ".") && type.isInterface()) {
        return typeOf(type, name, property);
      }
    }
    return Optional.empty();
  }

  private static String nameOf(Method method) {
    WithName given = method.getAnnotation(WithName.class);
    return given == null
        ? method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)
        : given.value();
  }

  /** Of what is optional, or several, the thing itself. */
  private static Class<?> inner(Type type) {
    Type at = type;
    while (at instanceof ParameterizedType several) {
      at = several.getActualTypeArguments()[0];
    }
    return (Class<?>) at;
  }

  private static String right(Class<?> type) {
    return type.isEnum()
        ? "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "))
        : RIGHT.getOrDefault(type, "another value");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
