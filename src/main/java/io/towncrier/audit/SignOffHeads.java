package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
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
  private final InstantSource clock;
  // In whatever process: a head of today that stands there already is found once a day.
  private final Map<String, LocalDate> done = new ConcurrentHashMap<>();
  private final LongAdder broken = new LongAdder();

  SignOffHeads(
      AuditLog changes, ReadLog reads, HeadBook signed, VerifyAudit verify, InstantSource clock) {
    this.chains = List.of(changes, reads);
    this.signed = signed;
    this.verify = verify;
    this.clock = clock;
  }

  /** How many heads were signed off now. */
  public Uni<Long> run() {
    Uni<Long> all = Uni.createFrom().item(0L);
    for (ChainLog chain : chains) {
      all = all.chain(count -> signOff(chain).map(made -> made == Done.SIGNED ? count + 1 : count));
    }
    return all;
  }

  /** How many looks have found a chain or a head that is not ours since the start: it rings. */
  public long broken() {
    return broken.sum();
  }

  private Uni<Done> signOff(ChainLog chain) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (today.equals(done.get(chain.chain()))) {
      return Uni.createFrom().item(Done.NOTHING_TO_DO);
    }
    return signed
        .of(chain.chain())
        .invoke(heads -> tellOfForeign(chain, heads))
        .chain(
            heads ->
                heads.last().filter(head -> !head.day().isBefore(today)).isPresent()
                    ? Uni.createFrom().item(Done.NOTHING_TO_DO)
                    : look(chain, heads))
        .invoke(made -> done.put(chain.chain(), today));
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

  private Uni<Done> look(ChainLog chain, HeadBook.Heads heads) {
    Uni<VerifyAudit.Outcome> walked =
        heads
            .last()
            .map(last -> verify.runFrom(chain, last.head()))
            .orElseGet(() -> verify.entries(chain, heads));
    return walked.chain(
        outcome ->
            outcome instanceof VerifyAudit.Outcome.Intact intact
                ? keep(chain, new AuditLog.Head(intact.entries(), intact.head()))
                : tell(chain, outcome));
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

  private enum Done {
    SIGNED,
    NOTHING_TO_DO
  }
}
