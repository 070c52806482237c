package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.rest.guards.ReachGuard;
import io.towncrier.platform.rest.guards.RepeatStore;
import io.towncrier.platform.rest.guards.Repeats;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.WouldTell;
import io.towncrier.releases.reach.MeasureReach;
import io.towncrier.releases.rollout.Phase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What stands before acts on releases: how far they reach, and whether they are done already. */
@Singleton
class ReleaseGuards {
  private final MeasureReach measure;
  private final WouldTell wouldTell;
  private final Repeats repeats;
  private final InstantSource clock;

  ReleaseGuards(MeasureReach measure, WouldTell wouldTell, Repeats repeats, InstantSource clock) {
    this.measure = measure;
    this.wouldTell = wouldTell;
    this.repeats = repeats;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  Uni<Optional<MeasureReach.Reach>> reach(ReleaseId id) {
    return measure.of(id);
  }

  /** Adds to a published release how many devices are told at most. */
  Uni<ObjectNode> told(String product, ObjectNode shown) {
    return wouldTell
        .atMost(product)
        .map(
            count -> {
              shown.putObject("wouldTell").put("atMost", count).put("asOf", now().toString());
              return shown;
            });
  }

  /** Fails when the release reaches more than is expected; one that there is not is let through. */
  Uni<Void> check(ReleaseId id, OptionalLong expected) {
    return expected.isEmpty()
        ? Uni.createFrom().voidItem()
        : measure
            .of(id)
            .invoke(
                reach ->
                    reach.ifPresent(known -> ReachGuard.check(expected, known.atMost(), now())))
            .replaceWithVoid();
  }

  /** The same with the phases that it is to have. */
  Uni<Void> check(ReleaseId id, List<Phase> phases, OptionalLong expected) {
    return expected.isEmpty()
        ? Uni.createFrom().voidItem()
        : measure
            .of(id, phases)
            .invoke(reach -> ReachGuard.check(expected, reach.atMost(), now()))
            .replaceWithVoid();
  }

  /** Makes a draft, or answers as it did when the same was asked for with this key. */
  Uni<ObjectNode> once(
      Optional<String> key, String operator, JsonNode body, Supplier<Uni<ObjectNode>> work) {
    return repeats.once(
        key.map(
            given -> new RepeatStore.Request(operator, given, "createRelease", Repeats.hash(body))),
        ObjectNode.class,
        work);
  }
}
