package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a catalogue document (docs/catalogue.schema.json) and names the place of every defect. */
public final class CatalogueReader {
  /** So many defects are named; a document with more has one cause, which is among them. */
  public static final int MAX_ERRORS = 1_000;

  private static final Set<String> MEMBERS = Set.of("$schema", "channels", "products", "releases");
  private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final InputReader input = new InputReader();
  private final JsonFields fields = new JsonFields(input);

  /**
   * The catalogue of a document.
   *
   * @throws io.towncrier.platform.ProblemException invalid-request with every defect
   */
  public Catalogue read(JsonNode document) {
    if (!document.isObject()) {
      input.reject("body", "must be an object");
      input.finish();
    }
    fields.onlyKnown("", document, MEMBERS);
    Optional<Channels> channels = channels(document);
    List<Product> products = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    ProductReader productReader = new ProductReader(input, fields);
    fields.each(
        "products",
        document.path("products"),
        (place, node) -> productReader.read(place, node, ids).ifPresent(products::add));
    List<Catalogue.Entry> releases = new ArrayList<>();
    ReleaseReader reader = new ReleaseReader(input, fields);
    Set<List<String>> seen = new HashSet<>();
    fields.each(
        "releases",
        document.path("releases"),
        (place, node) -> entry(place, node, reader, seen).ifPresent(releases::add));
    input.finish(MAX_ERRORS);
    return new Catalogue(channels, products, releases);
  }

  private Optional<Channels> channels(JsonNode document) {
    if (!document.has("channels")) {
      return Optional.empty();
    }
    List<String> names = fields.texts("channels", document.path("channels"), 32);
    for (int i = 0; i < names.size(); i++) {
      if (!CHANNEL.matcher(names.get(i)).matches()) {
        input.reject("channels[" + i + "]", "must be lower-case letters, digits and hyphens");
      }
      if (names.indexOf(names.get(i)) < i) {
        input.reject("channels[" + i + "]", "stands there twice");
      }
    }
    return Optional.of(new Channels(names));
  }

  private Optional<Catalogue.Entry> entry(
      String place, JsonNode node, ReleaseReader reader, Set<List<String>> seen) {
    List<String> products = fields.texts(place + ".products", node.path("products"), 80);
    if (products.isEmpty()) {
      input.reject(place + ".products", "must name at least one product");
    }
    return reader
        .read(place, node, Set.of("products"))
        .map(
            release -> {
              for (int i = 0; i < products.size(); i++) {
                if (!seen.add(List.of(products.get(i), release.version()))) {
                  input.reject(place + ".products[" + i + "]", "has this version twice");
                }
              }
              return new Catalogue.Entry(products, release);
            });
  }
}
