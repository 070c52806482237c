package io.towncrier.updates.decision;

import io.towncrier.releases.rollout.Share;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The facts that can change the answer to an anonymous client, by product and installed version
 * alone: whatever stands in another fact, the answer has the same bytes (docs/adr/0038). Releases
 * that are not out yet have no part in it.
 *
 * @param facts that can change it
 * @param shares of the rollouts that make the cohort matter, when nothing else does: of these a
 *     client says whether it is inside, and keeps its cohort to itself
 * @param until when something that is known to come makes other facts matter
 */
public record Matters(FactSet facts, List<Share> shares, Optional<Instant> until) {
  /** Nothing that a client says changes anything. */
  public static final Matters NOTHING = new Matters(FactSet.NONE, List.of(), Optional.empty());

  // That a user asks is said with the request itself: nobody has it to say later.
  private static final FactSet NEVER_ASKED_FOR = FactSet.of(Fact.MANUAL);
  private static final FactSet ASKED_OF_ALL = FactSet.of(Fact.CHANNEL, Fact.COHORT, Fact.MANUAL);
  private static final FactSet COHORT = FactSet.of(Fact.COHORT);
  // What a client says of rollouts counts where its cohort does.
  private static final FactSet ROLLOUTS = FactSet.of(Fact.ROLLOUTS);

  public Matters {
    shares = List.copyOf(shares);
  }

  /** These facts too. */
  Matters and(FactSet more) {
    return new Matters(facts.or(more), shares, until);
  }

  /** Those of these facts alone, and what a client has to say to be asked for no more. */
  Matters narrowedTo(FactSet some) {
    return new Matters(facts.and(some.or(ASKED_OF_ALL)), shares, until);
  }

  /** What matters and was not in the request. */
  public FactSet missing(ClientFacts client) {
    if (facts.isEmpty()) {
      return FactSet.NONE;
    }
    FactSet missing = facts.without(client.given()).without(NEVER_ASKED_FOR);
    return missing.has(Fact.COHORT) && isClaimed(client) ? missing.without(COHORT) : missing;
  }

  /**
   * Of which of the shares the client says that it is inside, one bit for each; of a client that
   * does not say it of all, or has another way in, -1.
   */
  int sides(ClientFacts client) {
    if (shares.isEmpty() || client.manual() || client.cohort().isPresent() || !isClaimed(client)) {
      return -1;
    }
    int sides = 0;
    for (int i = 0; i < shares.size(); i++) {
      sides |= client.rollouts().areInside(shares.get(i)) ? 1 << i : 0;
    }
    return sides;
  }

  private boolean isClaimed(ClientFacts client) {
    return !shares.isEmpty() && shares.stream().allMatch(client.rollouts()::areAbout);
  }

  /** All that was looked at, in whichever form a client says it. */
  public FactSet inAnyForm() {
    return facts.has(Fact.COHORT) ? facts.or(ROLLOUTS) : facts;
  }
}
