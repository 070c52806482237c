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
import java.util.List;
import java.util.Objects;
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
        .chain(() -> inOrder(history(clock.instant()).stream().map(audit::append).toList()));
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
