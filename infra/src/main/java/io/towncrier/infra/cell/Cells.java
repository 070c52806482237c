package io.towncrier.infra.cell;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code cells.json}: what all cells have in common, and what each says of itself. */
public final class Cells {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          // Also of a setting that may be null: null is written down, so that it was decided.
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Cells() {}

  /** An unknown or a missing setting is refused: a typo must not become a default. */
  public static List<Cell> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the cells in " + file, unreadable);
    }
  }

  static List<Cell> parse(String text) throws IOException {
    Map<String, JsonNode> parts = JSON.readValue(text, new TypeReference<>() {});
    JsonNode common = parts.getOrDefault("common", JSON.createObjectNode());
    JsonNode cells = parts.getOrDefault("cells", JSON.createArrayNode());
    Settings.need(
        common.path("open").isBoolean() && !common.path("open").asBoolean(),
        "a new cell begins closed: \"open\" is false in common, and true in a cell that is ready");
    String everyCell = everyCell(cells);
    List<Cell> read = new ArrayList<>();
    for (JsonNode own : cells) {
      JsonNode whole = merged(common, own);
      if (whole.path("residency") instanceof ObjectNode residency) {
        Settings.need(!residency.has("everyCell"), "everyCell is made from the other settings");
        residency.put("everyCell", everyCell);
      }
      read.add(JSON.treeToValue(whole, Cell.class));
    }
    ResidencySettings.needEachCountryOnce(read);
    Settings.need(
        read.stream().map(Cell::name).distinct().count() == read.size(), "two cells of one name");
    return List.copyOf(read);
  }

  /** As the service reads it: name, public URL and countries of each, with semicolons between. */
  private static String everyCell(JsonNode cells) {
    List<String> each = new ArrayList<>();
    for (JsonNode cell : cells) {
      JsonNode residency = cell.path("residency");
      List<String> words = new ArrayList<>();
      words.add(cell.path("name").asText());
      words.add(residency.path("publicUrl").asText());
      residency.path("countries").forEach(country -> words.add(country.asText()));
      each.add(String.join(" ", words));
    }
    return String.join("; ", each);
  }

  private static JsonNode merged(JsonNode common, JsonNode own) {
    if (!common.isObject() || !own.isObject()) {
      return own;
    }
    ObjectNode both = common.deepCopy();
    own.properties()
        .forEach(
            entry -> {
              JsonNode base = both.get(entry.getKey());
              both.set(
                  entry.getKey(), base == null ? entry.getValue() : merged(base, entry.getValue()));
            });
    return both;
  }
}
