package io.towncrier.server.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Fills an empty data directory so that every page of the console has something to show: in dev
 * mode alone, when it is asked for (docs/adr/0059). No device has an address to push to.
 */
@IfBuildProfile("dev")
@ApplicationScoped
class MadeUpFleet {
  private static final Logger LOG = Logger.getLogger(MadeUpFleet.class);
  private static final String RESOURCE = "/made-up-fleet.sql";

  /** Behind the sample catalogue, which has no device. */
  private static final int LATE = 3_000;

  // What the first start itself writes down is not what somebody has done here.
  private static final String IS_EMPTY =
      """
      SELECT NOT EXISTS (SELECT 1 FROM device) AND NOT EXISTS (SELECT 1 FROM notice)
        AND NOT EXISTS (SELECT 1 FROM audit_entry AS entry
          WHERE entry.actor NOT IN ('sample', 'system')) AS is_empty
      """;

  /** What the notices themselves tell of who did what with them, and when. */
  static final String NOTICE_HISTORY =
      """
      SELECT told.actor, told.action, told.subject, told.detail, told.at
      FROM notice
      LEFT JOIN notice_walk AS walk ON walk.notice_id = notice.id
      CROSS JOIN LATERAL (VALUES
        (1, notice.author, 'notice.drafted', notice.id, lower(replace(notice.kind, '_', '-')),
          notice.created_at),
        (2, notice.approved_by, 'notice.approved', notice.id, '', notice.approved_at),
        (3, notice.approved_by, 'notice.scheduled', notice.id,
          'for ' || to_char(notice.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
          CASE WHEN notice.starts_at IS NOT NULL THEN notice.approved_at END),
        (4, notice.approved_by, 'notice.started', notice.id, walk.planned || ' deliveries',
          notice.started_at),
        (5, 'demo-operator', 'notice.paused', notice.id, '',
          CASE WHEN notice.state = 'PAUSED' THEN notice.started_at + interval '3 hours' END),
        (6, 'demo-operator', 'notice.cancelled', notice.id, 'it was sent by mistake',
          CASE WHEN notice.state = 'CANCELLED' THEN notice.started_at + interval '3 hours' END),
        (7, 'system', 'notice.done', notice.id, '', notice.finished_at))
        AS told (step, actor, action, subject, detail, at)
      WHERE notice.author = 'demo-author' AND told.at IS NOT NULL
      ORDER BY told.at, told.step
      """;

  private final TowncrierConfig config;
  private final Database database;
  private final Transactions transactions;
  private final AuditLog audit;
  private final CurrentSnapshot snapshot;
  private final InstantSource clock;

  MadeUpFleet(
      TowncrierConfig config,
      Database database,
      Transactions transactions,
      AuditLog audit,
      CurrentSnapshot snapshot,
      InstantSource clock) {
    this.config = config;
    this.database = database;
    this.transactions = transactions;
    this.audit = audit;
    this.snapshot = snapshot;
    this.clock = clock;
  }

  void started(@Observes @Priority(LATE) StartupEvent event) throws Throwable {
    if (config.demo()) {
      boolean made = VertxContextSupport.subscribeAndAwait(this::makeIfEmpty);
      LOG.info(
          made
              ? "towncrier.demo: a made-up fleet of 20,000 devices; nothing of it is pushed"
              : "towncrier.demo: the data directory is not empty, and is left as it is");
    }
  }

  private Uni<Boolean> makeIfEmpty() {
    return transactions
        .inTransaction(
            () ->
                database
                    .rows(IS_EMPTY, row -> row.flag("is_empty"))
                    .chain(
                        empty ->
                            empty.get(0) ? make().replaceWith(true) : Uni.createFrom().item(false)))
        .call(made -> made ? snapshot.catalogueChanged() : Uni.createFrom().voidItem());
  }

  private Uni<Void> make() {
    return inOrder(statements().stream().map(database::update).toList())
        .chain(() -> database.rows(NOTICE_HISTORY, MadeUpFleet::told))
        .map(notices -> byTime(history(clock.instant()), notices))
        .chain(entries -> inOrder(entries.stream().map(audit::append).toList()));
  }

  private static AuditEntry told(Row row) {
    return new AuditEntry(
        row.text("actor"),
        row.text("action"),
        row.text("subject"),
        row.text("detail"),
        row.instant("at"));
  }

  /** What happened at the same time stays in its order. */
  private static List<AuditEntry> byTime(List<AuditEntry> some, List<AuditEntry> others) {
    return Stream.concat(some.stream(), others.stream())
        .sorted(Comparator.comparing(AuditEntry::at))
        .toList();
  }

  private static Uni<Void> inOrder(List<? extends Uni<?>> work) {
    return Multi.createFrom()
        .iterable(work)
        .onItem()
        .transformToUniAndConcatenate(one -> one)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** The statements of the resource, in their order. */
  static List<String> statements() {
    try (InputStream in = MadeUpFleet.class.getResourceAsStream(RESOURCE)) {
      String text =
          new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split(";\n", -1)).filter(one -> !one.isBlank()).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<AuditEntry> history(Instant now) {
    return List.of(
        entry("demo-author", "release.drafted", "demo_n450:1.1.0", "", now, 6),
        entry("demo-operator", "release.published", "demo_n450:1.1.0", "by demo-author", now, 4),
        entry("demo-operator", "rollout.halted", "demo_n450:1.1.0", "", now, 3),
        entry("demo-operator", "release.published", "demo_ax6000:1.4.0", "by demo-author", now, 2),
        entry("demo-author", "release.drafted", "demo_ax6000:1.5.0", "", now, 1));
  }

  private static AuditEntry entry(
      String actor, String action, String subject, String detail, Instant now, int daysAgo) {
    return new AuditEntry(actor, action, subject, detail, now.minus(Duration.ofDays(daysAgo)));
  }
}
