package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.VerifyAudit.Walk;
import io.towncrier.platform.ForgottenCase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Once a day, writes down outside of the database where each chain ends, after it has looked at
 * what came since the day before.
 */
@ApplicationScoped
public class SignOffHeads {
  private static final Logger LOG = Logger.getLogger(SignOffHeads.class);

  private final List<ChainLog> chains;
  private final HeadBook signed;
  private final VerifyAudit verify;
  private final Verifications verifications;
  private final InstantSource clock;
  // In whatever process: a head of today that stands there already is found once a day.
  private final Map<String, LocalDate> done = new ConcurrentHashMap<>();
  // The first look at a long chain takes longer than a run: the next run goes on here.
  private final Map<String, Look> underway = new ConcurrentHashMap<>();
  private final LongAdder broken = new LongAdder();

  SignOffHeads(
      AuditLog changes,
      ReadLog reads,
      HeadBook signed,
      VerifyAudit verify,
      Verifications verifications,
      InstantSource clock) {
    this.chains = List.of(changes, reads);
    this.signed = signed;
    this.verify = verify;
    this.verifications = verifications;
    this.clock = clock;
  }

  /**
   * Signs off what is due.
   *
   * @param hasTime asked before every page of entries
   * @return how many heads were signed off now
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    Uni<Long> all = Uni.createFrom().item(0L);
    for (ChainLog chain : chains) {
      all =
          all.chain(
              count ->
                  signOff(chain, hasTime).map(made -> made == Done.SIGNED ? count + 1 : count));
    }
    return all;
  }

  /** How many looks have found a chain or a head that is not ours since the start: it rings. */
  public long broken() {
    return broken.sum();
  }

  private Uni<Done> signOff(ChainLog chain, BooleanSupplier hasTime) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (today.equals(done.get(chain.chain()))) {
      return Uni.createFrom().item(Done.NOTHING_TO_DO);
    }
    Look reached = underway.remove(chain.chain());
    return (reached == null ? begin(chain, today) : Uni.createFrom().item(Optional.of(reached)))
        .chain(
            look ->
                look.isEmpty()
                    ? Uni.createFrom().item(Done.NOTHING_TO_DO)
                    : goOn(chain, look.get(), hasTime))
        .invoke(
            made -> {
              if (made != Done.UNDERWAY) {
                done.put(chain.chain(), today);
              }
            });
  }

  /** Empty when there is nothing to sign. */
  private Uni<Optional<Look>> begin(ChainLog chain, LocalDate today) {
    return signed
        .of(chain.chain())
        .invoke(heads -> tellOfForeign(chain, heads))
        .chain(
            heads ->
                chain
                    .head()
                    .chain(
                        end ->
                            isDue(heads.last(), end, today)
                                ? verify
                                    .fromLast(chain, heads)
                                    .map(walk -> Optional.of(Look.begun(walk, heads)))
                                : Uni.createFrom().item(Optional.empty())));
  }

  /**
   * Once a day. A last head of a day that is still to come was signed by a clock that was ahead: it
   * counts for the entries that it covers, and not for the days until then. Pure.
   */
  static boolean isDue(Optional<SignedHead> last, AuditLog.Head end, LocalDate today) {
    return last.map(
            head ->
                head.day().isBefore(today)
                    || (head.day().isAfter(today) && !head.head().equals(end)))
        .orElse(true);
  }

  /** Told once: the next head stands behind it, and a verification finds it for good. */
  private void tellOfForeign(ChainLog chain, HeadBook.Heads heads) {
    if (heads.endsForeign()) {
      broken.increment();
      LOG.errorf(
          "line %s of the signed heads of %s is none of ours: somebody else has written it",
          heads.foreign().get(heads.foreign().size() - 1), chain.chain());
    }
  }

  private Uni<Done> goOn(ChainLog chain, Look from, BooleanSupplier hasTime) {
    return verify
        .goOn(chain, from.walk(), hasTime)
        .chain(walk -> looked(chain, new Look(from.behind(), walk)));
  }

  private Uni<Done> looked(ChainLog chain, Look look) {
    if (look.walk() instanceof Walk.At) {
      underway.put(chain.chain(), look);
      return Uni.createFrom().item(Done.UNDERWAY);
    }
    if (look.walk() instanceof Walk.Over over) {
      return note(chain, look.behind(), over.outcome())
          .chain(
              () ->
                  over.outcome() instanceof VerifyAudit.Outcome.Intact intact
                      ? keep(chain, new AuditLog.Head(intact.entries(), intact.head()))
                      : tell(chain, over.outcome()));
    }
    throw new ForgottenCase(look.walk());
  }

  /**
   * Called before the head is kept: once there is a head of today, no run looks at the chain again,
   * so a finding that is not noted by then would be lost.
   */
  private Uni<Void> note(ChainLog chain, long behind, VerifyAudit.Outcome outcome) {
    return signed
        .of(chain.chain())
        .chain(
            heads ->
                verifications.keep(
                    chain.chain(),
                    new Verifications.Finding(
                        clock.instant(), behind, VerifyAudit.whetherAllAreOurs(outcome, heads))));
  }

  private Uni<Done> keep(ChainLog chain, AuditLog.Head head) {
    return signed
        .keep(chain.chain(), new SignedHead(head, clock.instant()))
        .replaceWith(Done.SIGNED);
  }

  /** Found once, and in every verification for good; what comes from now on is signed off again. */
  private Uni<Done> tell(ChainLog chain, VerifyAudit.Outcome outcome) {
    broken.increment();
    LOG.errorf("the audit chain %s is broken: %s", chain.chain(), outcome);
    return chain.head().chain(head -> keep(chain, head));
  }

  /**
   * A look at a chain.
   *
   * @param behind as that of a finding: the number of the head at which it began; 0 when it began
   *     at the first entry, as it does when the chain has lost its last signed head
   */
  private record Look(long behind, Walk walk) {
    static Look begun(Walk walk, HeadBook.Heads heads) {
      long behind =
          heads
              .last()
              .map(SignedHead::head)
              .filter(head -> walk instanceof Walk.At at && at.last().equals(head))
              .map(AuditLog.Head::number)
              .orElse(0L);
      return new Look(behind, walk);
    }
  }

  private enum Done {
    SIGNED,
    /** The entries are not all looked at yet. */
    UNDERWAY,
    NOTHING_TO_DO
  }
}
