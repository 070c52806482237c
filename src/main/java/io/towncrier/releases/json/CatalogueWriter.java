package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.SortedSet;
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
    // Grouped by text: it must not matter whether equal releases are one object.
    IdentityHashMap<Release, String> texts = new IdentityHashMap<>();
    Map<String, SortedSet<String>> productsByText = new TreeMap<>();
    content
        .products()
        .forEach(
            (product, releases) ->
                releases.forEach(
                    release ->
                        productsByText
                            .computeIfAbsent(
                                texts.computeIfAbsent(
                                    release, r -> ReleaseJson.text(ReleaseJson.write(r))),
                                text -> new TreeSet<>())
                            .add(product.id())));
    return productsByText.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, SortedSet<String>> e) -> e.getValue().first())
                .thenComparing(Map.Entry::getKey))
        .map(entry -> entry(entry.getValue(), entry.getKey()))
        .toList();
  }

  /** The products stand before the members of the release. */
  private static String entry(SortedSet<String> products, String release) {
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    products.forEach(named.putArray("products")::add);
    String text = ReleaseJson.text(named);
    return text.substring(0, text.length() - 1) + ',' + release.substring(1);
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
