package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.releases.Advisory;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Content;
import io.towncrier.releases.version.VersionRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads what a client is shown of a release, and downloads. */
final class ContentReader {
  private static final int MAX_BODY = 16_384;
  private static final int MAX_ADVISORY_TEXT = 4096;

  private final InputReader input;
  private final JsonFields fields;
  private final TargetingReader targeting;

  ContentReader(InputReader input, JsonFields fields) {
    this.input = input;
    this.fields = fields;
    this.targeting = new TargetingReader(input, fields);
  }

  /** Empty when it has a defect. */
  Optional<Content> read(String place, JsonNode node) {
    int before = input.errorCount();
    Optional<LocalizedText> notes = notes(JsonFields.join(place, "notes"), node.path("notes"));
    List<Artifact> artifacts = new ArrayList<>();
    fields.each(
        JsonFields.join(place, "artifacts"),
        node.path("artifacts"),
        (field, artifact) -> artifact(field, artifact).ifPresent(artifacts::add));
    Optional<Advisory> advisory =
        advisory(JsonFields.join(place, "advisory"), node.path("advisory"));
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(new Content(notes.orElseThrow(), artifacts, advisory));
  }

  private Optional<Advisory> advisory(String place, JsonNode node) {
    if (!fields.isObject(
        place, node, Set.of("id", "severity", "affected", "description", "remedy"))) {
      return Optional.empty();
    }
    int before = input.errorCount();
    String id = fields.text(place, node, "id", 64);
    Optional<Advisory.Severity> severity =
        input.parsed(
            place + ".severity",
            fields.text(place, node, "severity", 16),
            Advisory.Severity::parse,
            "must be low, medium, high or critical");
    Optional<VersionRange> affected = targeting.range(place + ".affected", node.path("affected"));
    if (node.path("affected").isMissingNode()) {
      input.reject(place + ".affected", "is required");
    }
    String description = fields.multilineText(place, node, "description", MAX_ADVISORY_TEXT);
    String remedy = fields.multilineText(place, node, "remedy", MAX_ADVISORY_TEXT);
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(
            new Advisory(id, severity.orElseThrow(), affected.orElseThrow(), description, remedy));
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

  private Optional<Artifact> artifact(String place, JsonNode node) {
    int before = input.errorCount();
    fields.onlyKnown(place, node, Set.of("name", "url", "size", "sha256", "sha1", "md5"));
    String name = fields.text(place, node, "name", 200);
    Optional<URI> url =
        input.parsed(
            place + ".url",
            fields.text(place, node, "url", 2048),
            ContentReader::downloadable,
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
    Optional<String> sha1 = sum(place, node, "sha1", Artifact::isSha1, 40);
    Optional<String> md5 = sum(place, node, "md5", Artifact::isMd5, 32);
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(new Artifact(name, url.orElseThrow(), size, sha256, sha1, md5));
  }

  private Optional<String> sum(
      String place, JsonNode node, String name, Predicate<String> isSum, int digits) {
    Optional<String> sum = fields.optionalText(place, node, name, digits);
    if (sum.isPresent() && !isSum.test(sum.get())) {
      input.reject(place + "." + name, "must be " + digits + " lower-case hexadecimal digits");
    }
    return sum;
  }

  private static Optional<URI> downloadable(String text) {
    try {
      return Optional.of(new URI(text)).filter(Artifact::isDownloadable);
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
