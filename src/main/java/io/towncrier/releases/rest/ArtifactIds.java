package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.UseArtifacts;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.address.PublicUrl;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets a release name an uploaded image by its id: name, URL, size and its sums are put in its
 * place. The release is stored and shown with these, as one that names an image elsewhere.
 */
@ApplicationScoped
class ArtifactIds {
  private static final String ID = "id";
  private static final int MOST_ERRORS = 100;

  private final UseArtifacts artifacts;
  private final PublicUrl ourselves;

  ArtifactIds(UseArtifacts artifacts, PublicUrl ourselves) {
    this.artifacts = artifacts;
    this.ourselves = ourselves;
  }

  /** A release without ids in it. */
  Uni<JsonNode> filled(JsonNode release) {
    return filled(release, named("", release));
  }

  /** A catalogue without ids in it. */
  Uni<JsonNode> filledCatalogue(JsonNode catalogue) {
    List<Named> named = new ArrayList<>();
    JsonNode releases = catalogue.path("releases");
    for (int i = 0; i < releases.size(); i++) {
      named.addAll(named("releases[" + i + "].", releases.get(i)));
    }
    return filled(catalogue, named);
  }

  private Uni<JsonNode> filled(JsonNode document, List<Named> named) {
    Set<String> ids =
        named.stream()
            .map(Named::id)
            .filter(id -> Ids.looksLike(HostedArtifact.PREFIX, id))
            .collect(Collectors.toSet());
    return artifacts
        .ready(ids)
        .map(
            ready -> {
              Map<String, HostedArtifact> known = new HashMap<>();
              ready.forEach(artifact -> known.put(artifact.id(), artifact));
              InputReader input = new InputReader();
              named.forEach(each -> fill(input, each, Optional.ofNullable(known.get(each.id()))));
              input.finish(MOST_ERRORS);
              return document;
            });
  }

  private void fill(InputReader input, Named named, Optional<HostedArtifact> found) {
    if (found.isEmpty()) {
      input.reject(named.place() + "." + ID, "is not the id of an artifact that is ready");
      return;
    }
    HostedArtifact artifact = found.get();
    Optional<URI> url =
        ourselves.link(artifact.name().path()).filter(own -> "https".equals(own.getScheme()));
    if (url.isEmpty()) {
      input.reject(named.place() + "." + ID, "needs TOWNCRIER_PUBLIC_URL, with https");
      return;
    }
    ObjectNode node = named.node();
    same(input, named, "name", artifact.name().file());
    same(input, named, "sha256", artifact.name().sha256());
    same(input, named, "size", Long.toString(artifact.size()));
    node.remove(ID);
    node.put("name", artifact.name().file())
        .put("url", url.get().toString())
        .put("size", artifact.size())
        .put("sha256", artifact.name().sha256());
    artifact.sums().ifPresent(sums -> node.put("sha1", sums.sha1()).put("md5", sums.md5()));
  }

  private static void same(InputReader input, Named named, String member, String value) {
    JsonNode given = named.node().path(member);
    if (!given.isMissingNode() && !given.asText().equals(value)) {
      input.reject(named.place() + "." + member, "is not that of the artifact with this id");
    }
  }

  private static List<Named> named(String place, JsonNode release) {
    List<Named> named = new ArrayList<>();
    JsonNode given = release.path("artifacts");
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) instanceof ObjectNode node && node.has(ID)) {
        named.add(new Named(place + "artifacts[" + i + "]", node, node.path(ID).asText()));
      }
    }
    return named;
  }

  private record Named(String place, ObjectNode node, String id) {}
}
