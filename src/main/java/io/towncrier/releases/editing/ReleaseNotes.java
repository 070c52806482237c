package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.events.EventTopic;
import io.towncrier.events.TellEvent;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Who hears of a change to a release: the audit log, and other systems of the operators. */
@ApplicationScoped
class ReleaseNotes {
  /** By what the audit log calls it. */
  private static final Map<String, EventTopic> TOPICS =
      Map.of(
          "release.published", EventTopic.RELEASE_PUBLISHED,
          "rollout.halted", EventTopic.ROLLOUT_HALTED,
          "rollout.resumed", EventTopic.ROLLOUT_RESUMED);

  private final AuditLog audit;
  private final TellEvent events;
  private final InstantSource clock;

  ReleaseNotes(AuditLog audit, TellEvent events, InstantSource clock) {
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /** In the transaction of the change, and the last in it. */
  Uni<Void> note(ReleaseId id, AuditAction action) {
    return audit.append(action.to(id.toString(), clock.instant()));
  }

  /** The same of a change that clients see. */
  Uni<Void> noteAndTell(ReleaseId id, AuditAction action, Release now) {
    return Optional.ofNullable(TOPICS.get(action.action()))
        .map(topic -> events.that(topic, data(id, now)))
        .orElseGet(() -> Uni.createFrom().voidItem())
        .chain(() -> note(id, action));
  }

  private static Map<String, Object> data(ReleaseId id, Release release) {
    return Map.of(
        "product", id.product(),
        "version", id.version(),
        "severity", release.severity().code(),
        "publishedAt", release.publishedAt().toString());
  }
}
