package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes a catalogue as a document that the import takes: one product or release a line, in an
 * order that depends on nothing but the content, so that two exports can be compared.
 */
public final class CatalogueWriter {
  private CatalogueWriter() {}

  /** UTF-8. Products that share a release word for word stand in one entry. */
  public static byte[] write(CatalogueStore.Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    print(out, "{\n\"channels\":");
    print(out, channels(content.channels().inOrder()));
    print(out, ",\n\"products\":[");
    lines(
        out,
        content.products().keySet().stream()
            .sorted(Comparator.comparing(Product::id))
            .map(product -> ReleaseJson.text(ReleaseJson.write(product)))
            .toList());
    print(out, "],\n\"releases\":[");
    lines(out, entries(content));
    print(out, "]\n}\n");
    return out.toByteArray();
  }

  private static List<String> entries(CatalogueStore.Content content) {
    Map<Release, ObjectNode> written = new IdentityHashMap<>();
    // By text, so that it does not matter whether equal releases are one object.
    Map<String, TreeSet<String>> productsByText = new TreeMap<>();
    Map<String, ObjectNode> nodes = new TreeMap<>();
    content
        .products()
        .forEach(
            (product, releases) ->
                releases.forEach(
                    release -> {
                      ObjectNode node = written.computeIfAbsent(release, ReleaseJson::write);
                      String text = ReleaseJson.text(node);
                      nodes.put(text, node);
                      productsByText.computeIfAbsent(text, t -> new TreeSet<>()).add(product.id());
                    }));
    return productsByText.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, TreeSet<String>> e) -> e.getValue().first())
                .thenComparing(Map.Entry::getKey))
        .map(entry -> ReleaseJson.text(entry(entry.getValue(), nodes.get(entry.getKey()))))
        .collect(Collectors.toList());
  }

  private static ObjectNode entry(TreeSet<String> products, JsonNode release) {
    ObjectNode entry = release.deepCopy();
    ObjectNode ordered = entry.objectNode();
    products.forEach(ordered.putArray("products")::add);
    ordered.setAll(entry);
    return ordered;
  }

  private static String channels(List<String> inOrder) {
    return inOrder.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  private static void lines(ByteArrayOutputStream out, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      print(out, i == 0 ? "\n" : ",\n");
      print(out, lines.get(i));
    }
    if (!lines.isEmpty()) {
      print(out, "\n");
    }
  }

  private static void print(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
