package io.towncrier.infra;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The settings of the application next door, by the names of their environment variables: those of
 * its {@code @ConfigMapping} interfaces, and the ones of Quarkus that its sources name.
 */
final class ApplicationSettings {
  private static final Path SOURCES = Path.of("../src/main/java");
  private static final Path PROPERTIES = Path.of("../src/main/resources/application.properties");
  private static final Pattern OF_QUARKUS = Pattern.compile("quarkus(\\.[a-z0-9-]+)+");

  private final Set<String> names = new TreeSet<>();

  private ApplicationSettings() {}

  static Set<String> read() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      ApplicationSettings settings = new ApplicationSettings();
      settings.mappings(sources);
      for (Path file : Stream.concat(sources.stream(), Stream.of(PROPERTIES)).toList()) {
        OF_QUARKUS.matcher(Files.readString(file)).results().forEach(m -> settings.add(m.group()));
      }
      return settings.names;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void mappings(List<Path> sources) throws IOException {
    List<Path> mapped = sources.stream().filter(file -> text(file).contains("@ConfigMap")).toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(mapped));
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree mapping) {
            value(mapping.getModifiers(), "ConfigMapping")
                .ifPresent(prefix -> members(prefix, mapping));
          }
        }
      }
    }
  }

  private void members(String prefix, ClassTree mapping) {
    Map<String, ClassTree> groups =
        mapping.getMembers().stream()
            .filter(member -> member.getKind() == Tree.Kind.INTERFACE)
            .map(ClassTree.class::cast)
            .collect(Collectors.toMap(t -> t.getSimpleName().toString(), Function.identity()));
    for (Tree member : mapping.getMembers()) {
      // One with a body computes.
      if (member instanceof MethodTree method && method.getBody() == null) {
        String name =
            prefix
                + "."
                + value(method.getModifiers(), "WithName")
                    .orElseGet(() -> kebab(method.getName().toString()));
        ClassTree group = groups.get(String.valueOf(method.getReturnType()));
        if (group == null) {
          add(name);
        } else {
          members(name, group);
        }
      }
    }
  }

  // As MicroProfile Config finds a property in the environment.
  private void add(String property) {
    names.add(property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static Optional<String> value(ModifiersTree modifiers, String annotation) {
    return modifiers.getAnnotations().stream()
        .filter(each -> each.getAnnotationType().toString().equals(annotation))
        .map(AnnotationTree::getArguments)
        .map(arguments -> text(arguments.get(0)))
        .findFirst();
  }

  private static String text(ExpressionTree argument) {
    ExpressionTree value =
        argument instanceof AssignmentTree named ? named.getExpression() : argument;
    return value instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : "";
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
