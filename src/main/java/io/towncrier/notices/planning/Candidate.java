package io.towncrier.notices.planning;

import io.towncrier.devices.Device;
import io.towncrier.notices.schedule.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * A device that meets every condition of an audience which the database can tell.
 *
 * @param language empty when it is not known
 */
public record Candidate(
    String device,
    Device.Kind kind,
    String version,
    String language,
    Place place,
    Instant registeredAt) {
  /** As one that is addressed itself. */
  Addressed itself() {
    return new Addressed(device, Optional.empty(), place, registeredAt);
  }
}
