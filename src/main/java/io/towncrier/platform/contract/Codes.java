package io.towncrier.platform.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * The codes of an enum of ours, as they stand in JSON: where the static words say {@code x-codes}
 * and the name of the enum, its codes are listed, so that a new one is in the contract by itself.
 */
final class Codes {
  static final String KEYWORD = "x-codes";

  private Codes() {}

  /** Lists them in a schema and in all that it holds. */
  static void resolve(Schema schema) {
    // SmallRye has no extensions in a schema of OpenAPI 3.1: every keyword is one.
    Object named = schema.get(KEYWORD);
    if (named != null) {
      // Codes that no enum has stand beside it.
      List<Object> all = new ArrayList<>();
      if (schema.getEnumeration() != null) {
        all.addAll(schema.getEnumeration());
      }
      all.addAll(codes(named.toString()));
      schema.setEnumeration(all);
      schema.set(KEYWORD, null);
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(Codes::resolve);
    }
    for (Schema part :
        new Schema[] {
          schema.getItems(), schema.getAdditionalPropertiesSchema(), schema.getPropertyNames()
        }) {
      if (part != null) {
        resolve(part);
      }
    }
  }

  private static List<Object> codes(String name) {
    try {
      Class<?> type = Class.forName(name, true, Codes.class.getClassLoader());
      return Arrays.stream(type.getEnumConstants()).map(Codes::code).toList();
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("META-INF/openapi.yaml names an unknown enum", missing);
    }
  }

  private static Object code(Object constant) {
    try {
      Method code = constant.getClass().getMethod("code");
      code.setAccessible(true);
      return code.invoke(constant);
    } catch (NoSuchMethodException none) {
      return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
