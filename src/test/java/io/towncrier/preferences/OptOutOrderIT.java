package io.towncrier.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.SendFence;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.PlannedNotices;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An opt-out that waits for a claim's lock, while a push that was being sent goes back to wait. It
 * has to be suppressed: else it is sent when the user allows pushes again.
 */
@QuarkusTest
@TestProfile(ByHand.class)
class OptOutOrderIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Inject ChangeAlerts shipped;
  @Inject AlertsStore store;
  @Inject CategoryRules rules;
  @Inject SendFence fence;
  @Inject Transactions transactions;
  @Inject InstantSource clock;
  @Inject AlertsConfig config;
  @Inject Database database;

  private Api.Registered phone;

  @BeforeEach
  void registerAPhone() {
    Api.importSample();
    phone = Api.phone("en");
    // Makes the row of its alerts.
    phone
        .as()
        .body("{\"push\":true}")
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200);
  }

  @Test
  void whatGoesBackWhileAnOptOutWaitsForItsLockIsSuppressed() throws Exception {
    assertThat(stateBehind(shipped)).isEqualTo("SUPPRESSED");
  }

  @Test
  void aVariantThatLocksAndSuppressesInOneStatementLeavesItToBeSent() throws Exception {
    ChangeAlerts merged =
        new ChangeAlerts(
            new SuppressingLock(store, database),
            rules,
            new NothingLeftToSuppress(fence),
            transactions,
            clock,
            config);
    assertThat(stateBehind(merged)).isEqualTo("PENDING");
  }

  private String stateBehind(ChangeAlerts change) throws Exception {
    String notice = PlannedNotices.add(phone.id());
    Sql.run(
        """
        UPDATE delivery SET state = 'SENDING', claim_id = 'clm', lease_until = now() + interval '1 h'
        WHERE notice_id = ?
        """,
        notice);
    try (Connection claim = Sql.connect();
        Statement lock = claim.createStatement()) {
      claim.setAutoCommit(false);
      lock.execute(
          "SELECT 1 FROM notification_alerts WHERE owner = '" + phone.id() + "' FOR SHARE");
      CompletableFuture<?> optOut = CompletableFuture.supplyAsync(() -> optOut(change));
      Await.patiently("the opt-out waits", OptOutOrderIT::somebodyWaitsForALock);
      Sql.run(
          """
          UPDATE delivery SET state = 'PENDING', claim_id = NULL, lease_until = NULL
          WHERE notice_id = ?
          """,
          notice);
      claim.rollback();
      optOut.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
    return Sql.text("SELECT state FROM delivery WHERE notice_id = ?", notice);
  }

  private ChangeAlerts.Outcome optOut(ChangeAlerts change) {
    return change
        .run(
            phone.id(),
            AlertsChange.Source.DEVICE,
            Optional.empty(),
            alerts ->
                new NotificationAlerts(false, alerts.off(), alerts.quietHours(), alerts.version()))
        .await()
        .atMost(SOON);
  }

  private static boolean somebodyWaitsForALock() {
    return !Sql.text("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0");
  }

  /** Broken on purpose: what is suppressed is looked up before the lock is there. */
  private record SuppressingLock(AlertsStore shipped, Database database) implements AlertsStore {
    private static final String LOCK_AND_SUPPRESS =
        """
        WITH locked AS (
          SELECT alerts.owner, alerts.push, alerts.version FROM notification_alerts AS alerts
          WHERE alerts.owner = $1
          FOR UPDATE),
        suppressed AS (
          UPDATE delivery SET state = 'SUPPRESSED', reason = 'opted-out', finished_at = now()
          WHERE delivery.state = 'PENDING'
            AND delivery.device_id IN (SELECT locked.owner FROM locked))
        SELECT locked.owner, locked.push, locked.version FROM locked
        """;

    @Override
    public Uni<Optional<Locked>> lockForChange(AlertsOwner owner) {
      return database
          .rows(
              LOCK_AND_SUPPRESS,
              row ->
                  new Locked(
                      row.text("owner"),
                      new NotificationAlerts(
                          row.flag("push"),
                          Set.of(),
                          Optional.empty(),
                          (int) row.number("version"))),
              ((AlertsOwner.Known) owner).id())
          .map(rows -> rows.stream().findFirst());
    }

    @Override
    public Uni<Optional<NotificationAlerts>> find(AlertsOwner owner) {
      return shipped.find(owner);
    }

    @Override
    public Uni<Map<String, NotificationAlerts>> lockForChange(List<String> owners) {
      return shipped.lockForChange(owners);
    }

    @Override
    public Uni<Void> save(String owner, AlertsChange change) {
      return shipped.save(owner, change);
    }

    @Override
    public Uni<Optional<Instant>> changedAt(String owner, int version) {
      return shipped.changedAt(owner, version);
    }

    @Override
    public Uni<Page<AlertsChange>> history(String owner, PageRequest<Integer> request) {
      return shipped.history(owner, request);
    }

    @Override
    public Uni<Map<String, NotificationAlerts>> lockForShare(List<String> owners) {
      return shipped.lockForShare(owners);
    }
  }

  private record NothingLeftToSuppress(SendFence shipped) implements SendFence {
    @Override
    public Uni<Void> suppressPending(String owner, Optional<Set<String>> categories) {
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> awaitNothingInFlight(String owner) {
      return shipped.awaitNothingInFlight(owner);
    }
  }
}
