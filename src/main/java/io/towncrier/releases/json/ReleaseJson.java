package io.towncrier.releases.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.rollout.Advance;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.version.VersionScheme;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Products and releases from and to JSON, one by one. */
public final class ReleaseJson {
  /** A document that says two things at once is refused; numbers keep every digit. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private ReleaseJson() {}

  /**
   * The tree of a text.
   *
   * @throws IOException when it is not JSON, or says a member twice
   */
  public static JsonNode tree(byte[] text) throws IOException {
    return STRICT.readTree(text);
  }

  public static ObjectNode write(Release release) {
    return ReleaseWriter.write(release);
  }

  public static ObjectNode write(Product product) {
    ObjectNode node = STRICT.createObjectNode();
    node.put("id", product.id())
        .put("name", product.name())
        .put("kind", product.kind().name().toLowerCase(Locale.ROOT))
        .put("defaultLanguage", product.defaultLanguage().value());
    product.supportedUntil().ifPresent(day -> node.put("supportedUntil", day.toString()));
    if (product.scheme() != VersionScheme.NATURAL) {
      node.put("versionScheme", product.scheme().code());
    }
    if (product.securityOnly()) {
      node.put("securityOnly", true);
    }
    return node;
  }

  /** The text of a tree, on one line. */
  public static String text(JsonNode node) {
    try {
      return STRICT.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * A release that was stored by us.
   *
   * @throws IllegalStateException when it is not readable
   */
  public static Release stored(String json) {
    InputReader input = new InputReader();
    try {
      Optional<Release> release = release(input, STRICT.readTree(json), Set.of());
      return release.orElseThrow(
          () -> new IllegalStateException("a stored release is not readable: " + input.errors()));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored release is no JSON", broken);
    }
  }

  /**
   * A release as a caller sent it; empty when it has a defect, which is left in the reader.
   *
   * @param beside members that belong to the caller
   */
  public static Optional<Release> release(InputReader input, JsonNode node, Set<String> beside) {
    return new ReleaseReader(input, new JsonFields(input)).read("", node, beside);
  }

  /** The same of a draft, which may leave its moment to its publishing. */
  public static Optional<Release> draft(InputReader input, JsonNode node, Set<String> beside) {
    return new ReleaseReader(input, new JsonFields(input)).readDraft(node, beside);
  }

  /** A product as a caller sent it; empty when it has a defect, which is left in the reader. */
  public static Optional<Product> product(InputReader input, JsonNode node) {
    return new ProductReader(input, new JsonFields(input)).read("", node, new HashSet<>());
  }

  /**
   * The phases of a rollout, from the member {@code phases}.
   *
   * @param beside members that belong to the caller
   */
  public static List<Phase> phases(InputReader input, JsonNode body, Set<String> beside) {
    JsonFields fields = new JsonFields(input);
    Set<String> members = new HashSet<>(beside);
    members.add("phases");
    fields.onlyKnown("", body, members);
    return new RolloutReader(input, fields).phases("phases", body.path("phases"));
  }

  /** Who promotes a rollout, from the member {@code promotion}; empty when it is not there. */
  public static Optional<Advance.By> promotion(InputReader input, JsonNode body) {
    return new RolloutReader(input, new JsonFields(input)).promotion("promotion", body);
  }
}
