package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.targeting.SampleFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Decisions at noon of a day in May, told in words. */
final class SampleDecision {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private static final Channels CHANNELS = new Channels(List.of("stable", "beta"));

  private SampleDecision() {}

  /** {@code 2.0}, {@code 2.0 on the way to 3.0}, {@code held back: ...}, {@code up to date}. */
  static String decide(SampleFacts facts, SampleRelease... releases) {
    return decide(SampleProduct.product("archer"), facts, releases);
  }

  static String decide(SampleProduct product, SampleFacts facts, SampleRelease... releases) {
    ProductReleases compiled =
        ProductReleases.of(
            product.build(), Arrays.stream(releases).map(SampleRelease::build).toList());
    UpdateDecision decision =
        DecideUpdate.BY_ALL_GATES
            .decide(compiled, CHANNELS, facts.build(), NOW, Duration.ZERO)
            .decision();
    if (decision instanceof UpdateDecision.Offer offer) {
      String next = offer.release().version();
      String target = offer.target().version();
      return next.equals(target) ? next : next + " on the way to " + target;
    }
    return Summary.of(decision);
  }
}
