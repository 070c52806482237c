package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.Severity;
import io.towncrier.releases.version.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads one release; its parts have readers of their own. */
final class ReleaseReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "version",
          "counter",
          "state",
          "channel",
          "severity",
          "mandatory",
          "publishedAt",
          "countries",
          "rules",
          "floorFor",
          "install",
          "rollout",
          "notes",
          "artifacts",
          "advisory");

  private final InputReader input;
  private final JsonFields fields;
  private final TargetingReader targeting;
  private final RolloutReader rollouts;
  private final ContentReader contents;

  ReleaseReader(InputReader input, JsonFields fields) {
    this.input = input;
    this.fields = fields;
    this.targeting = new TargetingReader(input, fields);
    this.rollouts = new RolloutReader(input, fields);
    this.contents = new ContentReader(input, fields);
  }

  /**
   * The release; empty when it has a defect.
   *
   * @param beside members that stand beside those of the release, and are read elsewhere
   */
  Optional<Release> read(String place, JsonNode node, Set<String> beside) {
    return read(place, node, beside, false);
  }

  /** The same of a draft, whatever its state says; it need not say when it is published. */
  Optional<Release> readDraft(JsonNode node, Set<String> beside) {
    return read("", node, beside, true);
  }

  private Optional<Release> read(String place, JsonNode node, Set<String> beside, boolean draft) {
    int before = input.errorCount();
    Set<String> members = new HashSet<>(MEMBERS);
    members.addAll(beside);
    fields.onlyKnown(place, node, members);
    String version = version(place, node);
    long counter = fields.number(place, node, "counter", 0, Long.MAX_VALUE, 0);
    Release.State state = state(place, node);
    Optional<Severity> severity =
        input.parsed(
            JsonFields.join(place, "severity"),
            fields.text(place, node, "severity", 16),
            Severity::parse,
            "must be security, critical, recommended or optional");
    boolean mandatory = fields.flag(place, node, "mandatory");
    var publishedAt = publishedAt(place, node, draft || state == Release.State.DRAFT);
    var target = targeting.read(place, node);
    var rollout = rollouts.read(JsonFields.join(place, "rollout"), node.path("rollout"));
    var content = contents.read(place, node);
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(
            new Release(
                version,
                counter,
                state,
                severity.orElseThrow(),
                mandatory,
                publishedAt.orElseThrow(),
                target,
                rollout,
                content.orElseThrow()));
  }

  private String version(String place, JsonNode node) {
    String version = fields.text(place, node, "version", Version.MAX_LENGTH);
    if (!version.isEmpty() && !ReleaseId.isVersion(version)) {
      input.reject(
          JsonFields.join(place, "version"), "may hold letters, digits and . _ + ~ - only");
    }
    return version;
  }

  private Release.State state(String place, JsonNode node) {
    return input
        .parsed(
            JsonFields.join(place, "state"),
            fields.optionalText(place, node, "state", 16).orElse(""),
            Release.State::parse,
            "must be draft, published or withdrawn")
        .orElse(Release.State.PUBLISHED);
  }

  private Optional<Instant> publishedAt(String place, JsonNode node, boolean draft) {
    return draft && node.path("publishedAt").isMissingNode()
        ? Optional.of(Release.UNDATED)
        : fields.instant(place, node, "publishedAt");
  }
}
