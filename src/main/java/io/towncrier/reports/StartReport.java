package io.towncrier.reports;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Begins a report. It says nothing of any device yet; the periodic job does the rest. */
@ApplicationScoped
public class StartReport {
  /** They take turns: more at once would only make each of them later. */
  static final int MOST_RUNNING = 10;

  private final ReportStore store;
  private final AuditLog audit;
  private final Transactions transactions;
  private final ReportsConfig config;
  private final InstantSource clock;

  StartReport(
      ReportStore store,
      AuditLog audit,
      Transactions transactions,
      ReportsConfig config,
      InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Begins it, and writes into the audit log who wanted it.
   *
   * @param question as the kind understands it; nothing that names a person
   * @param devices how many there are, for its progress
   */
  public Uni<Outcome> run(
      String kind, Map<String, String> question, long devices, String operator, String reason) {
    Instant now = clock.instant();
    Report report =
        new Report(
            Ids.next(Report.PREFIX),
            kind,
            question,
            Report.State.RUNNING,
            "",
            0,
            devices,
            Map.of(),
            0,
            Optional.empty(),
            new Report.Started(operator, reason, now),
            Optional.empty(),
            now.plus(config.keep()));
    return transactions.inTransaction(
        () ->
            store
                .running()
                .chain(
                    running ->
                        running < MOST_RUNNING
                            ? add(report)
                            : Uni.createFrom().item(new Outcome.TooMany(MOST_RUNNING))));
  }

  private Uni<Outcome> add(Report report) {
    Report.Started started = report.started();
    return store
        .add(report)
        .chain(
            added ->
                audit.append(
                    new AuditEntry(
                        started.by(),
                        "report.started",
                        report.id(),
                        report.kind() + ": " + started.reason(),
                        started.at())))
        .replaceWith(new Outcome.Started(report));
  }

  /** What became of it. */
  public sealed interface Outcome {
    record Started(Report report) implements Outcome {}

    /** So many are being made already. */
    record TooMany(int running) implements Outcome {}
  }
}
