package io.towncrier.notices.planning;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.delivery.sharding.PlanShards;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Plans what was started and is not planned yet, page by page: of urgent notices first, of the
 * others in turns. Each page is handed on to be sent. Several instances share the pages.
 */
@ApplicationScoped
public class PlanNotices {
  private static final Logger LOG = Logger.getLogger(PlanNotices.class);

  private final NoticeWalks walks;
  private final PlanPage pages;
  private final PlanShards shards;
  private final AuditLog audit;
  private final Transactions transactions;
  private final InstantSource clock;

  PlanNotices(
      NoticeWalks walks,
      PlanPage pages,
      PlanShards shards,
      AuditLog audit,
      Transactions transactions,
      InstantSource clock) {
    this.walks = walks;
    this.pages = pages;
    this.shards = shards;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Goes on until all is planned, or others have taken what is left.
   *
   * @param hasTime asked before each page
   * @return how many deliveries were planned
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    Run run = new Run();
    return Passage.through(run::page, hasTime).map(through -> run.planned);
  }

  /** One run; what has failed in it is left to the next. */
  private final class Run {
    private final Set<String> failed = new HashSet<>();
    private final PlanShards.Budget budget = shards.budget();
    private long planned;
    private Optional<String> taken = Optional.empty();

    Uni<Passage.Page> page() {
      taken = Optional.empty();
      return transactions
          .inTransaction(this::next)
          .onFailure(failure -> taken.isPresent())
          .recoverWithItem(this::putAside)
          .call(page -> page.map(this::handOn).orElseGet(() -> Uni.createFrom().voidItem()))
          .map(
              page ->
                  page.isPresent() || taken.isPresent() ? Passage.Page.MORE : Passage.Page.LAST);
    }

    private Uni<Optional<PlanPage.Page>> next() {
      return walks
          .take(failed)
          .chain(
              walk -> {
                taken = walk.map(Walk::notice);
                return walk.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : plan(walk.get()).map(Optional::of);
              });
    }

    private Uni<PlanPage.Page> plan(Walk walk) {
      return pages
          .next(walk)
          .call(page -> page.last() ? note(walk, page) : Uni.createFrom().voidItem());
    }

    /** The others are planned all the same; this one is tried again. */
    private Optional<PlanPage.Page> putAside(Throwable failure) {
      String notice = taken.orElseThrow();
      failed.add(notice);
      LogContext.about(
          notice, () -> LOG.errorf(failure, "a page of notice %s is not planned", notice));
      return Optional.empty();
    }

    private Uni<Void> handOn(PlanPage.Page page) {
      planned += page.planned();
      return shards.handOn(page.notice(), page.due(), budget);
    }
  }

  private Uni<Void> note(Walk walk, PlanPage.Page page) {
    long all = walk.planned() + page.planned();
    Instant now = clock.instant();
    LogContext.about(
        walk.notice(), () -> LOG.infof("notice %s is planned, deliveries: %d", walk.notice(), all));
    return audit.append(
        new AuditEntry(
            AuditEntry.SYSTEM, "notice.planned", walk.notice(), all + " deliveries", now));
  }
}
