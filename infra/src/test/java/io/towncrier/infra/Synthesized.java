package io.towncrier.infra;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.Cells;
import io.towncrier.infra.rules.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The cells of cells.json, synthesized once for all tests, as {@code cdk synth} does it. */
final class Synthesized {
  static final Path OUT = Path.of("target/cdk.out");
  static final List<Cell> CELLS = Cells.read(Path.of("cells.json"));
  static final Path ZIP = emptyPackage();

  private static final Map<String, Template> TEMPLATES = synthesize();

  private Synthesized() {}

  static List<Template> all() {
    return List.copyOf(TEMPLATES.values());
  }

  static Stack cell(String name) {
    return new Stack(TEMPLATES.get("towncrier-" + name).root());
  }

  static Stack home(String name) {
    return cell(name + "-home");
  }

  private static Map<String, Template> synthesize() {
    Assembly assembly = new Assembly(CELLS, ZIP, OUT);
    assembly.guard();
    return assembly.synthesize().stream()
        .collect(Collectors.toMap(Template::stack, Function.identity()));
  }

  private static Path emptyPackage() {
    try {
      Path zip = Files.createDirectories(Path.of("target")).resolve("empty-function.zip");
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
        out.putNextEntry(new ZipEntry("nothing"));
      }
      return zip;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** A template with the questions that tests ask. */
  record Stack(JsonNode root) {
    /** The resources of a type, by their logical ids. */
    Map<String, JsonNode> all(String type) {
      return root.path("Resources").properties().stream()
          .filter(entry -> entry.getValue().path("Type").asText().equals(type))
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()));
    }

    /** The properties of the one whose logical id begins so. */
    JsonNode the(String type, String id) {
      return whole(type, id).path("Properties");
    }

    JsonNode the(String type) {
      return the(type, "");
    }

    JsonNode whole(String type, String id) {
      List<JsonNode> found =
          all(type).entrySet().stream()
              .filter(entry -> entry.getKey().matches(id + "[0-9A-F]{8}"))
              .map(Map.Entry::getValue)
              .toList();
      if (id.isEmpty()) {
        found = List.copyOf(all(type).values());
      }
      if (found.size() != 1) {
        throw new AssertionError(found.size() + " of " + type + " named " + id);
      }
      return found.get(0);
    }

    /** The logical id of the one whose logical id begins so. */
    String id(String type, String id) {
      return all(type).keySet().stream()
          .filter(key -> key.matches(id + "[0-9A-F]{8}"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + type + " named " + id));
    }
  }
}
