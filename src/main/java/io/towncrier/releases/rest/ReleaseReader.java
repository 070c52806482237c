package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.LocalizedText;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.Version;
import io.towncrier.releases.targeting.CountryRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one element of {@code releases}. */
final class ReleaseReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "products",
          "version",
          "channel",
          "severity",
          "mandatory",
          "publishedAt",
          "countries",
          "notes",
          "artifacts");
  private static final int MAX_BODY = 16_384;

  private final InputReader input;
  private final JsonFields fields;
  private final Set<List<Object>> seen = new HashSet<>();

  ReleaseReader(InputReader input, JsonFields fields) {
    this.input = input;
    this.fields = fields;
  }

  Optional<Catalogue.Entry> read(String place, JsonNode node) {
    int before = input.errorCount();
    fields.onlyKnown(place, node, MEMBERS);
    List<String> products = products(place, node);
    Optional<Version> version =
        CatalogueReader.version(
            input, place + ".version", fields.text(place, node, "version", Version.MAX_LENGTH));
    version.ifPresent(v -> rejectRepeats(place, products, v));
    String channel = fields.optionalText(place, node, "channel", 32).orElse(Channels.DEFAULT);
    Optional<Severity> severity =
        input.parsed(
            place + ".severity",
            fields.text(place, node, "severity", 16),
            Severity::parse,
            "must be security, critical, recommended or optional");
    boolean mandatory = fields.flag(place, node, "mandatory");
    var publishedAt = fields.instant(place, node, "publishedAt");
    CountryRule countries = countries(place + ".countries", node.path("countries"));
    Optional<LocalizedText> notes = notes(place + ".notes", node.path("notes"));
    List<Artifact> artifacts = artifacts(place + ".artifacts", node.path("artifacts"));
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(
            new Catalogue.Entry(
                products,
                new Release(
                    version.orElseThrow(),
                    channel,
                    severity.orElseThrow(),
                    mandatory,
                    publishedAt.orElseThrow(),
                    countries,
                    notes.orElseThrow(),
                    artifacts)));
  }

  private List<String> products(String place, JsonNode node) {
    List<String> products = fields.texts(place + ".products", node.path("products"), 80);
    if (products.isEmpty()) {
      input.reject(place + ".products", "must name at least one product");
    }
    return products;
  }

  // By the order of versions and not by their text: 1.0 and 1.0.0 would be offered at random.
  private void rejectRepeats(String place, List<String> products, Version version) {
    for (int i = 0; i < products.size(); i++) {
      if (!seen.add(List.of(products.get(i), version))) {
        input.reject(place + ".products[" + i + "]", "has this version twice");
      }
    }
  }

  private CountryRule countries(String place, JsonNode node) {
    if (node.isMissingNode()) {
      return CountryRule.EVERYWHERE;
    }
    fields.onlyKnown(place, node, Set.of("allow", "deny"));
    CountryRule rule =
        new CountryRule(
            codes(place + ".allow", node.path("allow")), codes(place + ".deny", node.path("deny")));
    if (rule.allowed().stream().anyMatch(rule.denied()::contains)) {
      input.reject(place, "allows and denies the same country");
    }
    return rule;
  }

  private Set<CountryCode> codes(String place, JsonNode node) {
    Set<CountryCode> codes = new LinkedHashSet<>();
    if (node.isArray() && node.isEmpty()) {
      // "Only these: none" would be read as "everywhere".
      input.reject(place, "must not be empty; leave it out instead");
    }
    if (!node.isMissingNode()) {
      fields.each(
          place,
          node,
          (field, code) ->
              input.country(field, fields.textOf(field, code, 2)).ifPresent(codes::add));
    }
    return codes;
  }

  private Optional<LocalizedText> notes(String place, JsonNode node) {
    if (!node.isObject() || node.isEmpty()) {
      input.reject(place, "must be an object with a text per language");
      return Optional.empty();
    }
    Map<String, LocalizedText.Text> texts = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            entry -> {
              String at = place + "." + entry.getKey();
              fields.onlyKnown(at, entry.getValue(), Set.of("title", "body"));
              var text =
                  new LocalizedText.Text(
                      fields.text(at, entry.getValue(), "title", 200),
                      fields.multilineText(at, entry.getValue(), "body", MAX_BODY));
              if (entry.getKey().isEmpty()) {
                input.reject(at, "is not a known BCP 47 language tag");
              }
              input
                  .language(at, entry.getKey())
                  .map(LanguageTag::value)
                  .filter(tag -> texts.put(tag, text) != null)
                  .ifPresent(tag -> input.reject(at, "stands there twice"));
            });
    return texts.isEmpty() ? Optional.empty() : Optional.of(new LocalizedText(texts));
  }

  private List<Artifact> artifacts(String place, JsonNode node) {
    List<Artifact> artifacts = new ArrayList<>();
    if (!node.isMissingNode()) {
      fields.each(
          place, node, (field, artifact) -> artifact(field, artifact).ifPresent(artifacts::add));
    }
    return artifacts;
  }

  private Optional<Artifact> artifact(String place, JsonNode node) {
    int before = input.errorCount();
    fields.onlyKnown(place, node, Set.of("name", "url", "size", "sha256"));
    String name = fields.text(place, node, "name", 200);
    Optional<URI> url =
        input.parsed(
            place + ".url",
            fields.text(place, node, "url", 2048),
            ReleaseReader::downloadable,
            "must be an https URL");
    long size = node.path("size").asLong(0);
    if (!node.path("size").canConvertToLong()
        || !node.path("size").isIntegralNumber()
        || size < 1) {
      input.reject(place + ".size", "must be a number of bytes, at least 1");
    }
    String sha256 = fields.text(place, node, "sha256", 64);
    if (!sha256.isEmpty() && !Artifact.isSha256(sha256)) {
      input.reject(place + ".sha256", "must be 64 lower-case hexadecimal digits");
    }
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(new Artifact(name, url.orElseThrow(), size, sha256));
  }

  private static Optional<URI> downloadable(String text) {
    try {
      return Optional.of(new URI(text)).filter(Artifact::isDownloadable);
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
