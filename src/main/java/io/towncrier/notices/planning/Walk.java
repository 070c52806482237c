package io.towncrier.notices.planning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the fleet was gone through for a notice.
 *
 * @param after the last device that was looked at
 * @param planned deliveries so far
 * @param previewedAt when somebody last looked at its preview
 */
public record Walk(String notice, String after, long planned, Optional<Instant> previewedAt) {
  /** How many of these registered behind the preview. */
  long newer(List<Addressed> addressed) {
    return addressed.stream()
        .filter(one -> previewedAt.filter(one.registeredAt()::isAfter).isPresent())
        .count();
  }
}
