package io.towncrier.releases.postgres;

import io.towncrier.platform.Halt;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.CatalogueStore.Content;
import io.towncrier.releases.CatalogueStore.Revision;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SharedParts;
import io.towncrier.releases.json.ReleaseJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalogue as it came from the database, its releases not read yet. */
record StoredContent(
    Revision revision,
    Channels channels,
    List<Product> products,
    List<Document> releases,
    Halt halt) {

  static Document row(Row row) {
    return new Document(row.text("product_id"), row.text("document"));
  }

  /** Thousands of products share their releases, so each distinct one is read and held once. */
  Content read() {
    SharedParts parts = new SharedParts();
    Map<String, Release> known = new HashMap<>();
    Map<String, List<Release>> byProduct = new HashMap<>();
    for (Document document : releases) {
      byProduct
          .computeIfAbsent(document.product(), p -> new ArrayList<>())
          .add(known.computeIfAbsent(document.json(), json -> parts.of(ReleaseJson.stored(json))));
    }
    Map<Product, List<Release>> all = new LinkedHashMap<>();
    products.forEach(p -> all.put(p, byProduct.getOrDefault(p.id(), List.of())));
    return new Content(revision, channels, all, halt);
  }

  /** A release of one product, as JSON. */
  record Document(String product, String json) {}
}
