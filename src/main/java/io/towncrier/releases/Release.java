package io.towncrier.releases;

import io.towncrier.platform.LocalizedText;
import io.towncrier.releases.targeting.CountryRule;
import java.time.Instant;
import java.util.List;

/**
 * One version of one or more products.
 *
 * @param version as devices report it
 * @param channel on which it is offered, and on every channel that stands behind it
 * @param severity how much it matters
 * @param mandatory whether the app must not go on without it
 * @param publishedAt before this moment nobody is offered it
 * @param countries where it is offered
 * @param notes what is new, in several languages
 * @param artifacts what to download; empty for an app that its store updates
 */
public record Release(
    Version version,
    String channel,
    Severity severity,
    boolean mandatory,
    Instant publishedAt,
    CountryRule countries,
    LocalizedText notes,
    List<Artifact> artifacts) {
  public Release {
    artifacts = List.copyOf(artifacts);
  }
}
