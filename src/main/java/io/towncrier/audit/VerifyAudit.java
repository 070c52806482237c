package io.towncrier.audit;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Walks the chain from its start and finds the first entry that was altered, moved or removed. */
@ApplicationScoped
public class VerifyAudit {
  private static final int PAGE = 1_000;

  private final AuditLog log;

  VerifyAudit(AuditLog log) {
    this.log = log;
  }

  public Uni<Outcome> run() {
    return log.head().chain(this::walk);
  }

  private Uni<Outcome> walk(AuditLog.Head head) {
    AtomicReference<Walk> at = new AtomicReference<>(new Walk.At(0, AuditChain.START));
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                at.get() instanceof Walk.At place
                    ? log.behind(place.number(), PAGE)
                        .map(page -> step(place, page, head))
                        .invoke(at::set)
                    : Uni.createFrom().item(at.get()))
        .until(Walk.Over.class::isInstance)
        .collect()
        .last()
        .map(last -> at.get() instanceof Walk.Over over ? over.outcome() : broken(0));
  }

  /** One page further: pure. */
  static Walk step(Walk.At place, List<AuditLog.Stored> page, AuditLog.Head head) {
    Walk.At at = place;
    for (AuditLog.Stored stored : page) {
      if (at.number() == head.number()) {
        break;
      }
      String expected = AuditChain.next(at.hash(), at.number() + 1, stored.entry());
      if (stored.number() != at.number() + 1 || !stored.hash().equals(expected)) {
        return new Walk.Over(broken(at.number() + 1));
      }
      at = new Walk.At(stored.number(), stored.hash());
    }
    if (at.number() == head.number()) {
      return new Walk.Over(
          at.hash().equals(head.hash())
              ? new Outcome.Intact(head.number(), head.hash())
              : broken(at.number()));
    }
    return page.size() < PAGE ? new Walk.Over(broken(at.number() + 1)) : at;
  }

  private static Outcome broken(long number) {
    return new Outcome.Broken(number);
  }

  /** How far a walk is. */
  sealed interface Walk {
    record At(long number, String hash) implements Walk {}

    record Over(Outcome outcome) implements Walk {}
  }

  /** What the walk found. */
  public sealed interface Outcome {
    /**
     * Every entry follows from the one before.
     *
     * @param head hash of the last one; who keeps it elsewhere can tell a chain that was made anew
     */
    record Intact(long entries, String head) implements Outcome {}

    /** The first number whose entry is missing, or is not the one that was written. */
    record Broken(long number) implements Outcome {}
  }
}
