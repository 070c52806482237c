package io.towncrier.audit;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Walks a chain from its start and finds the first entry that was altered, moved or removed. On its
 * way it passes the heads that were signed off: a chain that was made anew, with hashes that fit,
 * does not pass them.
 */
@ApplicationScoped
public class VerifyAudit {
  static final int PAGE = 1_000;

  private final HeadBook signed;

  VerifyAudit(HeadBook signed) {
    this.signed = signed;
  }

  /** Walks a chain as a whole. */
  public Uni<Outcome> run(ChainLog log) {
    return signed
        .of(log.chain())
        .chain(heads -> entries(log, heads).map(outcome -> whetherAllAreOurs(outcome, heads)));
  }

  /** What the entries say, past those heads that are ours. */
  Uni<Outcome> entries(ChainLog log, HeadBook.Heads heads) {
    return log.start()
        .chain(start -> log.head().chain(head -> walk(log, begin(start, heads.ours()), head)));
  }

  /** What the entries themselves say comes first. */
  private static Outcome whetherAllAreOurs(Outcome outcome, HeadBook.Heads heads) {
    return outcome instanceof Outcome.Intact && !heads.foreign().isEmpty()
        ? new Outcome.ForeignHead(heads.foreign().get(0))
        : outcome;
  }

  /** Walks on from a head that was signed off. */
  Uni<Outcome> runFrom(ChainLog log, AuditLog.Head from) {
    return log.head().chain(head -> walk(log, new Walk.At(from, from.number(), List.of()), head));
  }

  /** Where the walk begins: at the first entry, or at a signed head that stands for what went. */
  static Walk begin(AuditLog.Head start, List<SignedHead> heads) {
    List<AuditLog.Head> known = heads.stream().map(SignedHead::head).toList();
    boolean isKnown = start.number() == 0 || known.contains(start);
    return isKnown
        ? new Walk.At(
            start,
            start.number(),
            known.stream().filter(head -> head.number() > start.number()).toList())
        : new Walk.Over(new Outcome.Broken(start.number()));
  }

  /** Page by page, and none within the one before: a chain may have thousands. */
  private static Uni<Outcome> walk(ChainLog log, Walk begin, AuditLog.Head head) {
    AtomicReference<Walk> at = new AtomicReference<>(begin);
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                at.get() instanceof Walk.At place
                    ? log.behind(place.last().number(), PAGE)
                        .map(page -> step(place, page, head))
                        .invoke(at::set)
                    : Uni.createFrom().item(at.get()))
        .until(Walk.Over.class::isInstance)
        .collect()
        .last()
        .map(
            last ->
                at.get() instanceof Walk.Over over
                    ? over.outcome()
                    : new Outcome.Broken(head.number()));
  }

  /** One page further: pure. */
  static Walk step(Walk.At place, List<AuditLog.Stored> page, AuditLog.Head head) {
    Walk.At at = place;
    for (AuditLog.Stored stored : page) {
      if (at.last().number() == head.number()) {
        break;
      }
      long number = at.last().number() + 1;
      String expected = AuditChain.next(at.last().hash(), number, stored.entry());
      if (stored.number() != number || !stored.hash().equals(expected)) {
        return new Walk.Over(new Outcome.Broken(number));
      }
      AuditLog.Head reached = new AuditLog.Head(number, stored.hash());
      if (at.contradicts(reached)) {
        return new Walk.Over(new Outcome.MadeAnew(at.trusted() + 1, number));
      }
      at = at.to(reached);
    }
    if (at.last().number() == head.number()) {
      return new Walk.Over(ended(at, head));
    }
    boolean isLast = page.size() < PAGE;
    return isLast ? new Walk.Over(new Outcome.Broken(at.last().number() + 1)) : at;
  }

  private static Outcome ended(Walk.At at, AuditLog.Head head) {
    if (!at.last().hash().equals(head.hash())) {
      return new Outcome.Broken(head.number());
    }
    // A head that was signed off further on: the end was taken away.
    return at.signed().isEmpty()
        ? new Outcome.Intact(head.number(), head.hash(), at.trusted())
        : new Outcome.Broken(head.number() + 1);
  }

  /** How far a walk is. */
  sealed interface Walk {
    /**
     * On its way.
     *
     * @param last the entry that was looked at last
     * @param trusted the number of the last head that was passed, or of the start
     * @param signed heads still to be passed, in their order
     */
    record At(AuditLog.Head last, long trusted, List<AuditLog.Head> signed) implements Walk {
      private boolean contradicts(AuditLog.Head reached) {
        return signed.stream()
            .anyMatch(head -> head.number() == reached.number() && !head.equals(reached));
      }

      private At to(AuditLog.Head reached) {
        if (signed.isEmpty() || signed.get(0).number() > reached.number()) {
          return new At(reached, trusted, signed);
        }
        return new At(
            reached,
            reached.number(),
            signed.stream().filter(head -> head.number() > reached.number()).toList());
      }
    }

    record Over(Outcome outcome) implements Walk {}
  }

  /** What the walk found. */
  public sealed interface Outcome {
    /**
     * Every entry follows from the one before, and every signed head was passed.
     *
     * @param entries the number of the last one
     * @param head its hash
     * @param signed the number of the last head that was signed off; what comes behind it somebody
     *     with all rights in the database could have made anew
     */
    record Intact(long entries, String head, long signed) implements Outcome {}

    /** The first number whose entry is missing, or is not the one that was written. */
    record Broken(long number) implements Outcome {}

    /**
     * The hashes fit, and a signed head does not: an entry between was altered or taken away, and
     * what follows it was made anew.
     *
     * @param first the first that may be another one
     * @param last the entry at which the signed head stands
     */
    record MadeAnew(long first, long last) implements Outcome {}

    /**
     * Every entry follows from the one before, and a line among the signed heads has no signature
     * of ours: it was altered, or somebody else wrote it.
     *
     * @param line its number, from 1
     */
    record ForeignHead(int line) implements Outcome {}
  }
}
