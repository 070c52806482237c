package io.towncrier.notices.planning;

import io.towncrier.notices.schedule.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * A device that a notice is for.
 *
 * @param about the router of its account that it is for; empty when it is for the device itself
 */
record Addressed(String device, Optional<String> about, Place place, Instant registeredAt) {}
