package io.towncrier;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Measures Java sources: how long files and methods are, how full packages and constructors. */
final class Budgets {
  private final Path root;
  private final Map<String, Integer> methods = new TreeMap<>();
  private final Map<String, Integer> constructors = new TreeMap<>();

  private Budgets(Path root) {
    this.root = root;
  }

  static Budgets of(Path root) {
    Budgets budgets = new Budgets(root);
    budgets.parse();
    return budgets;
  }

  /** File, without the root, to lines. */
  Map<String, Integer> files() {
    return sources(root).stream()
        .collect(Collectors.toMap(this::name, Budgets::lines, Math::max, TreeMap::new));
  }

  /** Package to how many files with types it has. */
  Map<String, Integer> packages() {
    return sources(root).stream()
        .filter(file -> !file.endsWith("package-info.java"))
        .collect(
            Collectors.toMap(
                file -> name(file.getParent()).replace('/', '.'),
                file -> 1,
                Integer::sum,
                TreeMap::new));
  }

  /** {@code Type.method} to the lines of its longest body, braces included. */
  Map<String, Integer> methods() {
    return methods;
  }

  /** Type to the most parameters that a constructor of it takes; of records it is their shape. */
  Map<String, Integer> constructors() {
    return constructors;
  }

  static Map<String, Integer> above(Map<String, Integer> measured, int most) {
    return measured.entrySet().stream()
        .filter(entry -> entry.getValue() > most)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max, TreeMap::new));
  }

  private void parse() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources(root)));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Measure(unit, positions).scan(unit, null);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static List<Path> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private final class Measure extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Measure(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
      String type = owner.getSimpleName().toString();
      boolean isConstructor = method.getReturnType() == null;
      if (isConstructor && owner.getKind() != Tree.Kind.RECORD) {
        constructors.merge(type, method.getParameters().size(), Math::max);
      }
      if (method.getBody() != null) {
        String name = isConstructor ? "new" : method.getName().toString();
        methods.merge(type + "." + name, lines(method.getBody()), Math::max);
      }
      return super.visitMethod(method, null);
    }

    private int lines(BlockTree body) {
      LineMap map = unit.getLineMap();
      long first = map.getLineNumber(positions.getStartPosition(unit, body));
      return (int) (map.getLineNumber(positions.getEndPosition(unit, body)) - first + 1);
    }
  }
}
