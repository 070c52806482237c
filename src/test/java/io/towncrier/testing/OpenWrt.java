package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The real OpenWrt release list as a catalogue. The data lies beside the project, not in it. */
public final class OpenWrt {
  /** The last day of support for the models that the newest series has dropped. */
  public static final String END_OF_SUPPORT = "2026-09-30";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FILE = Path.of("../shared/data/openwrt-catalogue.json");
  private static final Set<String> AMBIGUOUS = Set.of("generic", "standard");

  private final JsonNode source;

  private OpenWrt(JsonNode source) {
    this.source = source;
  }

  public static Optional<OpenWrt> read() throws IOException {
    return Files.exists(FILE)
        ? Optional.of(new OpenWrt(JSON.readTree(Files.readAllBytes(FILE))))
        : Optional.empty();
  }

  /** In the import format. */
  public String catalogue() throws IOException {
    ObjectNode document = JSON.createObjectNode();
    document.putArray("channels").add("stable").add("candidate");
    Set<String> newest = products("25.12.5");
    Set<String> all = new TreeSet<>(newest);
    all.addAll(products("24.10.8"));
    all.addAll(products("23.05.6"));
    ArrayNode products = document.putArray("products");
    for (String id : all) {
      ObjectNode product =
          products
              .addObject()
              .put("id", id)
              .put("name", id)
              .put("kind", "firmware")
              .put("defaultLanguage", "en");
      if (!newest.contains(id)) {
        product.put("supportedUntil", END_OF_SUPPORT);
      }
    }
    ArrayNode releases = document.putArray("releases");
    source.path("versions").forEach(version -> addRelease(releases, version.asText()));
    return JSON.writeValueAsString(document);
  }

  /** The ids of the models of a listed version; one that stands under several targets names its. */
  public Set<String> products(String version) {
    Set<String> ids = new TreeSet<>();
    source
        .path("models")
        .path(version)
        .properties()
        .forEach(
            target ->
                target.getValue().forEach(model -> ids.add(id(model.asText(), target.getKey()))));
    return ids;
  }

  /** The models as they are called, whatever their targets. */
  public Set<String> models(String version) {
    Set<String> names = new TreeSet<>();
    source.path("models").path(version).forEach(t -> t.forEach(m -> names.add(m.asText())));
    return names;
  }

  public List<String> versions() {
    List<String> versions = new ArrayList<>();
    source.path("versions").forEach(v -> versions.add(v.asText()));
    return versions;
  }

  private void addRelease(ArrayNode releases, String version) {
    ObjectNode release = releases.addObject();
    ArrayNode ids = release.putArray("products");
    source
        .path("models")
        .fieldNames()
        .forEachRemaining(
            listed -> {
              if (series(listed).equals(series(version))) {
                products(listed).forEach(ids::add);
              }
            });
    release
        .put("version", version)
        .put("channel", version.contains("-rc") ? "candidate" : "stable")
        .put("severity", "recommended")
        .put("publishedAt", "2023-10-13T00:00:00Z");
    release
        .putObject("notes")
        .putObject("en")
        .put("title", "OpenWrt " + version)
        .put("body", "See the release notes of " + version + ".");
  }

  private static String series(String version) {
    return version.substring(0, 5);
  }

  private static String id(String model, String target) {
    return AMBIGUOUS.contains(model) ? model + "@" + target.replace('/', '-') : model;
  }
}
