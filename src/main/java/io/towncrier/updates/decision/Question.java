package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.LocalZones;
import io.towncrier.releases.version.Version;
import java.time.Duration;
import java.time.Instant;

/**
 * Everything that a decision rests on beside the releases.
 *
 * @param product asked for
 * @param installed the version that the facts name
 * @param facts of the client
 * @param channels in their order
 * @param now the moment for which it is decided
 * @param margin by how much later the answer may be read; an install window closes that much
 *     earlier
 */
record Question(
    Product product,
    Version installed,
    ClientFacts facts,
    Channels channels,
    Instant now,
    Duration margin) {
  LocalZones zones() {
    return LocalZones.of(facts.timeZone(), facts.country());
  }
}
