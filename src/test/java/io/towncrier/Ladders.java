package io.towncrier;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds methods that ask for two or more cases of a sealed type of ours, and not for all. The
 * language level has no switch over types: a case that is added compiles everywhere, and such a
 * method would treat it as whatever its last line says.
 */
final class Ladders {
  private Ladders() {}

  /** Method to what it forgets. */
  static Map<String, String> forgetful(JavaClasses classes) {
    Map<String, String> found = new TreeMap<>();
    for (JavaClass owner : classes) {
      for (JavaCodeUnit method : owner.getCodeUnits()) {
        asked(method)
            .forEach(
                (parent, cases) -> {
                  List<String> forgotten = forgotten(parent, cases);
                  if (cases.size() > 1 && !forgotten.isEmpty()) {
                    found.merge(nameOf(method), String.join(", ", forgotten), (a, b) -> a);
                  }
                });
      }
    }
    return found;
  }

  private static Map<Class<?>, Set<Class<?>>> asked(JavaCodeUnit method) {
    Map<Class<?>, Set<Class<?>>> asked = new LinkedHashMap<>();
    for (InstanceofCheck check : method.getInstanceofChecks()) {
      if (check.getRawType().getPackageName().contains("io.towncrier")) {
        Class<?> type = check.getRawType().reflect();
        sealedParents(type)
            .forEach(
                parent ->
                    asked
                        .computeIfAbsent(
                            parent, p -> new TreeSet<>(Comparator.comparing(Class::getName)))
                        .add(type));
      }
    }
    return asked;
  }

  private static Stream<Class<?>> sealedParents(Class<?> type) {
    return Stream.concat(
            Arrays.stream(type.getInterfaces()), Stream.ofNullable(type.getSuperclass()))
        .filter(Class::isSealed);
  }

  private static List<String> forgotten(Class<?> parent, Set<Class<?>> asked) {
    List<String> forgotten = new ArrayList<>();
    for (Class<?> permitted : parent.getPermittedSubclasses()) {
      if (!asked.contains(permitted)) {
        forgotten.addAll(
            permitted.isSealed()
                ? forgotten(permitted, asked)
                : List.of(permitted.getSimpleName()));
      }
    }
    return forgotten;
  }

  private static String nameOf(JavaCodeUnit method) {
    String owner = method.getOwner().getName();
    return owner.substring(owner.indexOf("io.towncrier.") + "io.towncrier.".length())
        + "."
        + method.getName();
  }
}
