package io.towncrier.audit;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

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
        .chain(
            heads ->
                fromStart(log, heads)
                    .chain(begin -> goOn(log, begin, () -> true))
                    .map(walk -> whetherAllAreOurs(outcome(walk), heads)));
  }

  /** Before the first entry that is kept; to pass all heads that are ours. */
  private static Uni<Walk> fromStart(ChainLog log, HeadBook.Heads heads) {
    return log.start().map(start -> begin(start, heads.ours()));
  }

  /**
   * Starts behind the head that was signed off last. If the chain does not have this head any more,
   * as after a restored backup, it starts before the first entry: only then does the walk find
   * which entries are missing.
   */
  Uni<Walk> fromLast(ChainLog log, HeadBook.Heads heads) {
    return heads
        .last()
        .map(SignedHead::head)
        .map(
            last ->
                has(log, last)
                    .chain(
                        has ->
                            has
                                ? Uni.createFrom()
                                    .<Walk>item(new Walk.At(last, last.number(), List.of()))
                                : fromStart(log, heads)))
        .orElseGet(() -> fromStart(log, heads));
  }

  private static Uni<Boolean> has(ChainLog log, AuditLog.Head head) {
    return log.start()
        .chain(
            start ->
                start.equals(head)
                    ? Uni.createFrom().item(true)
                    : log.behind(head.number() - 1, 1).map(found -> isAt(head, found)));
  }

  private static boolean isAt(AuditLog.Head head, List<AuditLog.Stored> found) {
    return found.stream()
        .anyMatch(entry -> entry.number() == head.number() && entry.hash().equals(head.hash()));
  }

  /** What the entries themselves say comes first. */
  static Outcome whetherAllAreOurs(Outcome outcome, HeadBook.Heads heads) {
    return outcome instanceof Outcome.Intact && !heads.foreign().isEmpty()
        ? new Outcome.ForeignHead(heads.foreign().get(0))
        : outcome;
  }

  /** Where the walk begins: at the first entry, or at a signed head that stands for what went. */
  static Walk begin(AuditLog.Head start, List<SignedHead> heads) {
    List<AuditLog.Head> known = heads.stream().map(SignedHead::head).toList();
    boolean isKnown = start.number() == 0 || known.contains(start);
    return isKnown
        ? new Walk.At(start, start.number(), ahead(start, known))
        : new Walk.Over(new Outcome.Broken(start.number()));
  }

  /**
   * Sorted by number. In the order in which the heads were written, the numbers may go back: a
   * restored backup has lost entries, and heads that were signed off after the restore say nothing
   * of the lost entries.
   */
  private static List<Ahead> ahead(AuditLog.Head start, List<AuditLog.Head> written) {
    List<Ahead> ahead = new ArrayList<>();
    NavigableSet<Long> before = new TreeSet<>(Set.of(start.number()));
    for (AuditLog.Head head : written) {
      if (head.number() > start.number()) {
        ahead.add(new Ahead(head, before.headSet(head.number()).last()));
        before.add(head.number());
      }
    }
    ahead.sort(Comparator.comparingLong(next -> next.head().number()));
    return List.copyOf(ahead);
  }

  /**
   * Walks on while there is time. Page by page, and none within the one before: a chain may have
   * thousands.
   *
   * @return the place that was reached, or what was found
   */
  Uni<Walk> goOn(ChainLog log, Walk from, BooleanSupplier hasTime) {
    AtomicReference<Walk> at = new AtomicReference<>(from);
    return log.head()
        .chain(
            head ->
                Multi.createBy()
                    .repeating()
                    .uni(
                        () ->
                            at.get() instanceof Walk.At place && hasTime.getAsBoolean()
                                ? page(log, place, head).invoke(at::set).replaceWith(true)
                                : Uni.createFrom().item(false))
                    .whilst(walked -> walked)
                    .collect()
                    .last()
                    .map(last -> at.get()));
  }

  private static Uni<Walk> page(ChainLog log, Walk.At place, AuditLog.Head head) {
    return log.behind(place.last().number(), PAGE).map(page -> step(place, page, head));
  }

  private static Outcome outcome(Walk walk) {
    if (walk instanceof Walk.Over over) {
      return over.outcome();
    }
    throw new ForgottenCase(walk);
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
      Optional<Ahead> contradiction = at.contradiction(reached);
      if (contradiction.isPresent()) {
        return new Walk.Over(new Outcome.MadeAnew(contradiction.get().behind() + 1, number));
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

  /**
   * A signed head that is still to be passed.
   *
   * @param behind the number of the last head before it, as they were written, or of the start
   */
  record Ahead(AuditLog.Head head, long behind) {}

  /** How far a walk is. */
  sealed interface Walk {
    /**
     * On its way.
     *
     * @param last the entry that was looked at last
     * @param trusted the number of the last head that was passed, or of the start
     * @param signed heads still to be passed, by their numbers
     */
    record At(AuditLog.Head last, long trusted, List<Ahead> signed) implements Walk {
      private Optional<Ahead> contradiction(AuditLog.Head reached) {
        return signed.stream()
            .takeWhile(next -> next.head().number() <= reached.number())
            .filter(next -> !next.head().equals(reached))
            .findFirst();
      }

      private At to(AuditLog.Head reached) {
        if (signed.isEmpty() || signed.get(0).head().number() > reached.number()) {
          return new At(reached, trusted, signed);
        }
        return new At(
            reached,
            reached.number(),
            signed.stream().filter(next -> next.head().number() > reached.number()).toList());
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
