package io.towncrier.updates;

import io.towncrier.releases.rollout.Share;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.FactSet;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.updates.decision.Matters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What an anonymous client is asked to say of itself, and no more (docs/adr/0038).
 *
 * @param matters the facts that can change its answer
 * @param until when others will, as far as is known; empty until the next check
 * @param rollouts of which it says whether it is inside, in place of its cohort
 * @param missing what matters and was not in the request
 * @param ignored of what matters, what could not be read
 */
public record AskedFor(
    FactSet matters,
    Optional<Instant> until,
    List<Share> rollouts,
    FactSet missing,
    Ignored ignored) {
  // Of nearly every client.
  private static final AskedFor NOTHING =
      new AskedFor(FactSet.NONE, Optional.empty(), List.of(), FactSet.NONE, Ignored.NONE);

  /**
   * Of one answer.
   *
   * @param nextCheck the first moment at which the client may ask again
   */
  @SuppressWarnings("ReferenceEquality")
  static AskedFor of(Matters matters, ClientFacts client, Instant nextCheck) {
    return matters == Matters.NOTHING
        ? NOTHING
        : new AskedFor(
            matters.facts(),
            matters
                .until()
                .map(until -> until.truncatedTo(ChronoUnit.SECONDS))
                .filter(until -> !until.isAfter(nextCheck)),
            matters.shares(),
            matters.missing(client),
            client.ignored().among(matters.inAnyForm()));
  }

  void addTo(Fingerprint print) {
    print.add(matters.bits()).add(missing.bits());
    print.add(until.isPresent() ? until.get().getEpochSecond() : -1);
    for (int i = 0; i < rollouts.size(); i++) {
      print.add(rollouts.get(i).salt()).add(rollouts.get(i).buckets());
    }
  }
}
