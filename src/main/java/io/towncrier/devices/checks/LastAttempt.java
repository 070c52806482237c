package io.towncrier.devices.checks;

import java.time.Instant;
import java.util.Optional;

/**
 * The update that a device is busy with, or was last: as much of it as its check needs.
 *
 * @param version of the release
 * @param state as {@code outcomes} writes it
 * @param former the version that the device comes from
 * @param boot hash of the boot id of its last report
 * @param succeededAt when it said that it succeeded
 * @param targetSince since when it reports the new version
 * @param heldUntil before which the release is not offered to it
 */
public record LastAttempt(
    String version,
    String state,
    Optional<String> former,
    Optional<String> boot,
    Optional<Instant> succeededAt,
    Optional<Instant> targetSince,
    Optional<Instant> heldUntil) {}
