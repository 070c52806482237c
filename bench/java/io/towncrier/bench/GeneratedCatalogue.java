package io.towncrier.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SharedParts;
import io.towncrier.releases.json.CatalogueReader;
import io.towncrier.releases.json.ReleaseJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A made-up catalogue: families of products, twenty releases each, five rules a release. The
 * products of a family share their releases word for word, as models of one platform do. The same
 * numbers always make the same catalogue.
 */
final class GeneratedCatalogue {
  static final int RELEASES = 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FAMILIES_PER_DOCUMENT = 100;

  private final List<GeneratedFamily> families;
  private final int siblings;

  private GeneratedCatalogue(List<GeneratedFamily> families, int siblings) {
    this.families = families;
    this.siblings = siblings;
  }

  /**
   * A catalogue whose newest releases are in the middle of their rollouts.
   *
   * @param families kinds of products that differ in everything
   * @param siblings products of each family
   * @param now the moment at which it is looked at
   */
  static GeneratedCatalogue of(int families, int siblings, Instant now) {
    List<GeneratedFamily> all = new ArrayList<>();
    for (int family = 0; family < families; family++) {
      all.add(new GeneratedFamily(family, now));
    }
    return new GeneratedCatalogue(all, siblings);
  }

  List<GeneratedFamily> families() {
    return families;
  }

  int siblings() {
    return siblings;
  }

  static String productId(int family, int sibling) {
    return "model-" + family + "-" + sibling;
  }

  /** As documents for the import, each well below its limit. */
  List<byte[]> documents() {
    List<byte[]> documents = new ArrayList<>();
    for (int from = 0; from < families.size(); from += FAMILIES_PER_DOCUMENT) {
      int to = Math.min(families.size(), from + FAMILIES_PER_DOCUMENT);
      documents.add(document(families.subList(from, to)));
    }
    return documents;
  }

  private byte[] document(List<GeneratedFamily> some) {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode products = document.putArray("products");
    ArrayNode releases = document.putArray("releases");
    for (GeneratedFamily family : some) {
      List<String> ids = new ArrayList<>();
      for (int sibling = 0; sibling < siblings; sibling++) {
        ids.add(productId(family.number(), sibling));
        products.add(family.product(ids.get(sibling)));
      }
      for (int release = 0; release < RELEASES; release++) {
        ObjectNode node = releases.addObject();
        ids.forEach(node.putArray("products")::add);
        node.setAll(family.release(release));
      }
    }
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** As it is read back from the database. */
  CatalogueStore.Content content() {
    Map<String, Product> products = new HashMap<>();
    Map<String, List<Release>> releases = new HashMap<>();
    SharedParts parts = new SharedParts();
    for (byte[] document : documents()) {
      Catalogue catalogue = read(document);
      catalogue.products().forEach(product -> products.put(product.id(), product));
      for (Catalogue.Entry entry : catalogue.releases()) {
        Release release = parts.of(entry.release());
        for (String product : entry.products()) {
          releases.computeIfAbsent(product, id -> new ArrayList<>()).add(release);
        }
      }
    }
    Map<Product, List<Release>> content = new LinkedHashMap<>();
    products.forEach((id, product) -> content.put(product, releases.get(id)));
    return new CatalogueStore.Content(
        new CatalogueStore.Revision("cat_bench", 1),
        new Channels(List.of("stable", "candidate")),
        content);
  }

  private static Catalogue read(byte[] document) {
    try {
      return new CatalogueReader().read(ReleaseJson.tree(document));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** When a release came out: a new one each month, the newest two lately. */
  static Instant publishedAt(int release, Instant now) {
    int age =
        switch (RELEASES - 1 - release) {
          case 0 -> 1;
          case 1 -> 10;
          default -> (RELEASES - 1 - release) * 30;
        };
    return now.minus(Duration.ofDays(age));
  }
}
