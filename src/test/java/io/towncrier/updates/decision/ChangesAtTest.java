package io.towncrier.updates.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangesAtTest {
  private static final int FLEETS = 4_000;

  @Test
  void nothingChangesBeforeTheMomentThatIsNamed() {
    Random random = new Random(20_260_502);
    int announced = 0;
    for (long seed = 0; seed < FLEETS; seed++) {
      RandomFleet fleet = RandomFleet.of(seed);
      // The end of support is the product's own, and told with every answer.
      if (fleet.product().supportedUntil().isPresent()) {
        continue;
      }
      ProductReleases compiled = ProductReleases.of(fleet.product(), fleet.releases());
      for (RandomFleet.Ask ask : fleet.asks()) {
        if (isAskedBeforeAPause(fleet, ask)) {
          continue;
        }
        DecidedUpdate verdict = decide(fleet, compiled, ask, ask.now());
        Instant until = verdict.changesAt().orElse(ask.now().plus(Duration.ofDays(10)));
        announced += verdict.changesAt().isPresent() ? 1 : 0;
        assertThat(until).isAfter(ask.now());
        long nanos = Duration.between(ask.now(), until).toNanos();
        for (Instant at :
            List.of(until.minusNanos(1), ask.now().plusNanos(random.nextLong(nanos)))) {
          assertThat(whatIsTold(decide(fleet, compiled, ask, at)))
              .as("seed %d: %s asks at %s and at %s", seed, ask.facts(), ask.now(), at)
              .isEqualTo(whatIsTold(verdict));
        }
      }
    }
    assertThat(announced).isGreaterThan(500);
  }

  private static DecidedUpdate decide(
      RandomFleet fleet, ProductReleases compiled, RandomFleet.Ask ask, Instant at) {
    return DecideUpdate.BY_ALL_GATES.decide(
        compiled, fleet.channels(), ask.facts(), at, ask.margin());
  }

  /** Which nobody can: a rollout is paused now, and not at a later moment. */
  private static boolean isAskedBeforeAPause(RandomFleet fleet, RandomFleet.Ask ask) {
    return fleet.releases().stream()
        .flatMap(release -> release.rollout().heldSince().stream())
        .anyMatch(since -> since.isAfter(ask.now()));
  }

  /** A window opens anew each day; what is offered in it stays. */
  private static String whatIsTold(DecidedUpdate verdict) {
    return verdict.decision() instanceof UpdateDecision.Offer offer
        ? offer.release().version() + " on the way to " + offer.target().version()
        : Summary.of(verdict.decision());
  }
}
