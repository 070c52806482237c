package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.Channels;
import io.towncrier.releases.ImportCatalogue;
import io.towncrier.releases.Product;
import io.towncrier.releases.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a catalogue document (docs/catalogue.schema.json) and names the place of every defect. */
public final class CatalogueReader {
  private static final Set<String> MEMBERS = Set.of("$schema", "channels", "products", "releases");
  private static final Set<String> PRODUCT_MEMBERS =
      Set.of("id", "name", "kind", "defaultLanguage", "supportedUntil");
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
    fields.each(
        "products",
        document.path("products"),
        (place, node) -> product(place, node, ids).ifPresent(products::add));
    List<Catalogue.Entry> releases = new ArrayList<>();
    ReleaseReader reader = new ReleaseReader(input, fields);
    fields.each(
        "releases",
        document.path("releases"),
        (place, node) -> reader.read(place, node).ifPresent(releases::add));
    input.finish(ImportCatalogue.MAX_ERRORS);
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

  private Optional<Product> product(String place, JsonNode node, Set<String> ids) {
    int before = input.errorCount();
    fields.onlyKnown(place, node, PRODUCT_MEMBERS);
    String id = fields.text(place, node, "id", 80);
    if (!id.isEmpty() && !Product.isId(id)) {
      input.reject(place + ".id", "may hold letters, digits and . _ @ + - only");
    }
    if (!id.isEmpty() && !ids.add(id)) {
      input.reject(place + ".id", "stands there twice");
    }
    String name = fields.text(place, node, "name", 200);
    Optional<Product.Kind> kind = kind(place, fields.text(place, node, "kind", 16));
    var language =
        input.language(place + ".defaultLanguage", fields.text(place, node, "defaultLanguage", 35));
    var until = fields.date(place, node, "supportedUntil");
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(new Product(id, name, kind.orElseThrow(), language.orElseThrow(), until));
  }

  private Optional<Product.Kind> kind(String place, String text) {
    return input.parsed(
        place + ".kind",
        text,
        t ->
            switch (t) {
              case "firmware" -> Optional.of(Product.Kind.FIRMWARE);
              case "app" -> Optional.of(Product.Kind.APP);
              default -> Optional.empty();
            },
        "must be firmware or app");
  }

  /** Whether a text names a version at all; here so that the two readers agree on the message. */
  static Optional<Version> version(InputReader input, String field, String text) {
    return input.parsed(
        field, text, Version::parse, "must hold a number, and only letters, digits and . _ + ~ -");
  }
}
