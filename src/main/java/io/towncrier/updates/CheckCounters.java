package io.towncrier.updates;

import io.towncrier.platform.ForgottenCase;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.decision.UpdateDecision;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many checks were answered with what, since the start. Metrics are read from here; counting
 * costs a check a few nanoseconds.
 */
@ApplicationScoped
public class CheckCounters {
  private final LongAdder offers = new LongAdder();
  private final LongAdder upToDate = new LongAdder();
  private final LongAdder heldBack = new LongAdder();
  private final LongAdder unsupported = new LongAdder();
  private final LongAdder unknownVersions = new LongAdder();
  private final LongAdder refused = new LongAdder();

  // By the place of the fact.
  private final LongAdder[] ignored =
      Fact.ALL.stream().map(fact -> new LongAdder()).toArray(LongAdder[]::new);

  void decided(UpdateDecision decision, Ignored unreadable) {
    if (!unreadable.isEmpty()) {
      unreadable.facts().forEach(fact -> ignored[fact.place()].increment());
    }
    if (decision instanceof UpdateDecision.Offer) {
      offers.increment();
    } else if (decision instanceof UpdateDecision.UpToDate) {
      upToDate.increment();
    } else if (decision instanceof UpdateDecision.HeldBack held) {
      heldBack.increment();
      if (held.reason() == Refusal.UNKNOWN_VERSION) {
        unknownVersions.increment();
      }
    } else if (decision instanceof UpdateDecision.Unsupported) {
      unsupported.increment();
    } else {
      throw new ForgottenCase(decision);
    }
  }

  /** Counts a check of a source that sends too many. */
  public void refused() {
    refused.increment();
  }

  /** Checks that were refused since their source sent too many. */
  public long refusals() {
    return refused.sum();
  }

  /** Checks by decision, as it stands in answers. */
  public long of(String decision) {
    return switch (decision) {
      case "offer" -> offers.sum();
      case "up-to-date" -> upToDate.sum();
      case "held-back" -> heldBack.sum();
      case "unsupported" -> unsupported.sum();
      default -> throw new IllegalArgumentException("no such decision: " + decision);
    };
  }

  /** Checks, registrations and corrections in which this fact was given and could not be read. */
  public long ignored(Fact fact) {
    return ignored[fact.place()].sum();
  }

  /** Checks with a version that the product's scheme does not know, of all products. */
  public long unknownVersions() {
    return unknownVersions.sum();
  }
}
