package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.Product;
import io.towncrier.releases.version.VersionScheme;
import java.util.Optional;
import java.util.Set;

/** Reads one element of {@code products}. */
final class ProductReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "id",
          "name",
          "kind",
          "defaultLanguage",
          "supportedUntil",
          "versionScheme",
          "securityOnly");

  private final InputReader input;
  private final JsonFields fields;

  ProductReader(InputReader input, JsonFields fields) {
    this.input = input;
    this.fields = fields;
  }

  /**
   * The product; empty when it has a defect.
   *
   * @param ids those that were read before
   */
  Optional<Product> read(String place, JsonNode node, Set<String> ids) {
    int before = input.errorCount();
    fields.onlyKnown(place, node, MEMBERS);
    String id = fields.text(place, node, "id", 80);
    if (!id.isEmpty() && !Product.isId(id)) {
      input.reject(JsonFields.join(place, "id"), "may hold letters, digits and . _ @ + - only");
    }
    if (!id.isEmpty() && !ids.add(id)) {
      input.reject(JsonFields.join(place, "id"), "stands there twice");
    }
    String name = fields.text(place, node, "name", 200);
    Optional<Product.Kind> kind = kind(place, fields.text(place, node, "kind", 16));
    var language =
        input.language(
            JsonFields.join(place, "defaultLanguage"),
            fields.text(place, node, "defaultLanguage", 35));
    var until = fields.date(place, node, "supportedUntil");
    VersionScheme scheme =
        input
            .parsed(
                JsonFields.join(place, "versionScheme"),
                fields.optionalText(place, node, "versionScheme", 16).orElse(""),
                VersionScheme::parse,
                "must be natural, semver, date or sequence")
            .orElse(VersionScheme.NATURAL);
    boolean securityOnly = fields.flag(place, node, "securityOnly");
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(
            new Product(
                id, name, kind.orElseThrow(), language.orElseThrow(), until, scheme, securityOnly));
  }

  private Optional<Product.Kind> kind(String place, String text) {
    return input.parsed(
        JsonFields.join(place, "kind"),
        text,
        t ->
            switch (t) {
              case "firmware" -> Optional.of(Product.Kind.FIRMWARE);
              case "app" -> Optional.of(Product.Kind.APP);
              default -> Optional.empty();
            },
        "must be firmware or app");
  }
}
