package io.towncrier.releases.json;

import io.towncrier.platform.ProblemException;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueDocument;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As JSON. */
@ApplicationScoped
public class JsonCatalogueDocument implements CatalogueDocument {
  @Override
  public byte[] write(CatalogueStore.Content content) {
    return CatalogueWriter.write(content);
  }

  @Override
  public CatalogueStore.Content read(byte[] document, CatalogueStore.Revision revision) {
    try {
      return content(new CatalogueReader().read(ReleaseJson.tree(document)), revision);
    } catch (IOException | ProblemException malformed) {
      throw new IllegalArgumentException("not a catalogue document", malformed);
    }
  }

  private static CatalogueStore.Content content(
      Catalogue catalogue, CatalogueStore.Revision revision) {
    Map<String, List<Release>> releases = new HashMap<>();
    for (Catalogue.Entry entry : catalogue.releases()) {
      for (String product : entry.products()) {
        releases.computeIfAbsent(product, p -> new ArrayList<>()).add(entry.release());
      }
    }
    Map<Product, List<Release>> products = new HashMap<>();
    for (Product product : catalogue.products()) {
      products.put(product, releases.getOrDefault(product.id(), List.of()));
    }
    return new CatalogueStore.Content(
        revision,
        catalogue.channels().orElseGet(() -> new Channels(List.of(Channels.DEFAULT))),
        products);
  }
}
