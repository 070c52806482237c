package io.towncrier.notices.planning;

import io.towncrier.notices.schedule.Place;
import java.time.Instant;
import java.util.Optional;

/** A phone, and a router of its account. */
public record Phone(String router, String id, Place place, Instant registeredAt) {
  Addressed addressed() {
    return new Addressed(id, Optional.of(router), place, registeredAt);
  }
}
