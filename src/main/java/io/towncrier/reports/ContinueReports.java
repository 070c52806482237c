package io.towncrier.reports;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Makes reports, a page of devices a transaction, in turns: none waits for a long one. A page and
 * the place where the next begins are kept together, so a kill costs the page that was under way.
 * Several instances share the reports. What is over is removed here too.
 */
@ApplicationScoped
public class ContinueReports {
  private static final int MOST_STUMBLES = 5;
  private static final int MOST_REMOVED = 50;
  private static final Logger LOG = Logger.getLogger(ContinueReports.class);

  private final ReportStore store;
  private final List<ReportKind> kinds;
  private final Transactions transactions;
  private final ReportsConfig config;
  private final InstantSource clock;

  ContinueReports(
      ReportStore store,
      @All List<ReportKind> kinds,
      Transactions transactions,
      ReportsConfig config,
      InstantSource clock) {
    this.store = store;
    this.kinds = kinds;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Goes on until all are made, or others have taken what is left.
   *
   * @param hasTime asked before each page
   * @return how many pages were tried
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    Run run = new Run();
    return transactions
        .inTransaction(() -> store.removeOld(clock.instant(), MOST_REMOVED))
        .chain(removed -> Batches.whileFull(1, hasTime, run::page));
  }

  /** One run; a report that stumbled in it is left to the next. */
  private final class Run {
    private final Set<String> stumbled = new HashSet<>();
    private Optional<String> taken = Optional.empty();

    /** Tries one page; 0 when nothing is left. */
    Uni<Integer> page() {
      taken = Optional.empty();
      return transactions
          .inTransaction(
              () ->
                  store
                      .take(stumbled)
                      .chain(
                          report -> {
                            taken = report.map(Report::id);
                            return report.isEmpty()
                                ? Uni.createFrom().item(0)
                                : read(report.get()).replaceWith(1);
                          }))
          .onFailure(failure -> taken.isPresent())
          .recoverWithUni(failure -> putAside(taken.orElseThrow(), failure));
    }

    private Uni<Integer> putAside(String id, Throwable failure) {
      stumbled.add(id);
      LogContext.about(id, () -> LOG.warnf("a page of report %s failed: %s", id, failure));
      return transactions
          .inTransaction(
              () ->
                  store
                      .stumble(id, clock.instant())
                      .chain(
                          times ->
                              times < MOST_STUMBLES
                                  ? Uni.createFrom().voidItem()
                                  : store.fail(id, "It failed again and again.", clock.instant())))
          .replaceWith(1);
    }
  }

  private Uni<Void> read(Report report) {
    return store
        .behind(report.position(), config.page())
        .chain(
            devices ->
                kind(report).look(report, devices).chain(step -> keep(report, devices, step)));
  }

  private ReportKind kind(Report report) {
    return kinds.stream()
        .filter(kind -> kind.name().equals(report.kind()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no kind of report: " + report.kind()));
  }

  private Uni<Void> keep(Report report, ReportKind.IdRange devices, ReportKind.Step step) {
    if (step instanceof ReportKind.Step.Impossible impossible) {
      return store.fail(report.id(), impossible.why(), clock.instant());
    }
    ReportKind.Step.Looked looked = (ReportKind.Step.Looked) step;
    Map<String, Long> counts = new HashMap<>(report.counts());
    looked.counted().forEach((name, more) -> counts.merge(name, more, Long::sum));
    return store.keep(
        report,
        new ReportStore.Progress(
            devices.upTo(),
            report.walked() + devices.devices(),
            counts,
            looked.lines(),
            config.page(),
            devices.last(),
            clock.instant()));
  }
}
