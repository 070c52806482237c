package io.towncrier.overview.rest;

import io.towncrier.overview.LookAtStatus;
import io.towncrier.overview.StatusStore;
import io.towncrier.platform.rest.health.Checks;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of the status. */
final class StatusBodies {
  private StatusBodies() {}

  /** How this process, and what it shares with others, is. */
  @Schema(name = "Status")
  record Shown(
      Instant asOf,
      String flavour,
      String version,
      String commit,
      String zoneData,
      Optional<String> migration,
      List<StatusCheck> checks,
      Optional<OutboxStatus> outbox,
      PushStatus pushes,
      List<PushStatus> providers,
      Map<String, String> settings) {}

  /** A health check. */
  @Schema(name = "StatusCheck")
  record StatusCheck(String name, boolean up, boolean amiss, Map<String, String> data) {
    static StatusCheck of(Checks.Check check) {
      return new StatusCheck(check.name(), check.up(), check.amiss(), check.data());
    }
  }

  /** What waits to be pushed. */
  @Schema(name = "OutboxStatus")
  record OutboxStatus(long waiting, long halted, long dead, Optional<Instant> oldestDueAt) {
    static OutboxStatus of(StatusStore.Outbox outbox) {
      return new OutboxStatus(
          outbox.waiting(), outbox.halted(), outbox.dead(), outbox.oldestDueAt());
    }
  }

  /** How pushes go out. */
  @Schema(name = "PushStatus")
  record PushStatus(
      String provider,
      Optional<String> breaker,
      Optional<String> because,
      Optional<Double> perSecond,
      long quotaPerMinute) {
    static PushStatus of(LookAtStatus.Pushes pushes) {
      return new PushStatus(
          pushes.provider(),
          pushes.breaker().map(state -> state.toLowerCase(Locale.ROOT).replace('_', '-')),
          pushes.because(),
          pushes.perSecond(),
          pushes.quotaPerMinute());
    }
  }
}
