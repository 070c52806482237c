package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.platform.rest.guards.Widening;
import io.towncrier.releases.Finding;
import io.towncrier.releases.ProductStore;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.json.ReleaseJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The JSON of products and releases as operators see them: the catalogue's, and a revision. */
final class ReleaseBodies {
  private static final String INVISIBLE = "has nothing to be seen";

  private ReleaseBodies() {}

  static ObjectNode shown(ReleaseStore.Stored stored) {
    ObjectNode node = ReleaseJson.write(stored.release());
    ObjectNode shown = node.objectNode();
    shown.put("id", stored.id().toString()).put("product", stored.id().product());
    shown.put("revision", stored.revision()).put("state", stored.release().state().code());
    stored.author().ifPresent(author -> shown.put("author", author));
    stored.releasedBy().ifPresent(by -> shown.put("releasedBy", by));
    node.remove("state");
    shown.setAll(node);
    return shown;
  }

  static ObjectNode shown(ProductStore.Stored stored) {
    ObjectNode shown = ReleaseJson.write(stored.product());
    shown.put("revision", stored.revision());
    return shown;
  }

  /** The tree of a body, which must be an object. */
  static JsonNode object(@Nullable JsonNode body) {
    JsonNode node = Bodies.required(body);
    InputReader input = new InputReader();
    if (!node.isObject()) {
      input.reject("body", "must be an object");
      input.finish();
    }
    return node;
  }

  /** The revision that a caller has seen, which must be told: in If-Match or in the body. */
  static int revision(InputReader input, @Nullable String ifMatch, JsonNode body) {
    JsonNode revision = body.path("revision");
    if (revision.isMissingNode()) {
      return SeenRevision.required(input, ifMatch, (Integer) null);
    }
    if (!revision.isIntegralNumber() || !revision.canConvertToInt()) {
      input.reject("revision", "must be a whole number, zero or more");
      return 0;
    }
    return SeenRevision.required(input, ifMatch, revision.asInt());
  }

  /** How many devices the caller was shown, if that is said; a defect is noted. */
  static OptionalLong expected(InputReader input, JsonNode body) {
    JsonNode expected = body.path("expectedAtMost");
    if (expected.isMissingNode()) {
      return OptionalLong.empty();
    }
    return Widening.expected(
        input, expected.isIntegralNumber() && expected.canConvertToLong() ? expected.asLong() : -1);
  }

  /** A page of products, or of releases. */
  record Listed(List<ObjectNode> items, Optional<String> next, String total) {}

  /** Notes in which there is nothing to be seen; not looked for in what was stored before. */
  static void visibleNotes(InputReader input, Optional<Release> release) {
    release.ifPresent(
        given -> Release.invisibleNotes(given).forEach(place -> input.reject(place, INVISIBLE)));
  }

  /** A member that may stand beside the release, but not say something else than the path. */
  static void sameIfGiven(InputReader input, JsonNode body, String member, String ofThePath) {
    JsonNode given = body.path(member);
    if (!given.isMissingNode() && !given.asText().equals(ofThePath)) {
      input.reject(member, "must be that of the path");
    }
  }

  static ReleaseId id(String text) {
    return ReleaseId.parse(text)
        .orElseThrow(
            () -> ProblemCode.UNKNOWN_RELEASE.with("Ids are product:version.").asException());
  }

  static RuntimeException unpublishable(List<Finding> findings) {
    return ProblemCode.UNPUBLISHABLE
        .with(
            "Nothing has changed. See errors for each finding.",
            findings.stream()
                .filter(Finding::isError)
                .map(f -> new FieldError(f.path(), f.code() + ": " + f.message()))
                .toList())
        .asException();
  }
}
