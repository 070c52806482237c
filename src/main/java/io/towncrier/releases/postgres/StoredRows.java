package io.towncrier.releases.postgres;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.Product;
import io.towncrier.releases.json.ReleaseJson;
import java.util.List;

/** The JSON in which many rows travel to the database in one parameter. */
final class StoredRows {
  private StoredRows() {}

  static String products(List<Product> products) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (Product product : products) {
      ObjectNode row = rows.addObject();
      row.put("id", product.id())
          .put("name", product.name())
          .put("kind", product.kind().name())
          .put("default_language", product.defaultLanguage().value())
          .put("version_scheme", product.scheme().name())
          .put("security_only", product.securityOnly());
      product.supportedUntil().ifPresent(day -> row.put("supported_until", day.toString()));
    }
    return ReleaseJson.text(rows);
  }

  static String releases(List<Catalogue.Entry> entries) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (Catalogue.Entry entry : entries) {
      ObjectNode row = rows.addObject();
      entry.products().forEach(row.putArray("products")::add);
      row.set("document", ReleaseJson.write(entry.release()));
    }
    return ReleaseJson.text(rows);
  }
}
