package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What single devices went through with releases, which no rule says. */
public interface DeviceAttempts {
  /**
   * The update that a device is busy with, or was last.
   *
   * @param manual whether its user asks
   */
  Uni<Optional<Attempt>> of(String deviceId, boolean manual);

  /**
   * How long a device would wait for the download of what it is offered, as it looks now.
   *
   * @return empty when it would not wait, or has been offered it
   */
  Uni<Optional<Duration>> waits(
      String deviceId, String product, Release release, ClientFacts facts);

  /**
   * An attempt.
   *
   * @param version of the release
   * @param state as in the outcomes of the device
   * @param attempt its number
   * @param held why the release is not offered to the device now
   * @param until when it is again; empty when an operator has to look
   */
  @Schema(name = "ExplainedAttempt")
  record Attempt(
      String version, String state, int attempt, Optional<String> held, Optional<Instant> until) {}
}
