package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Accounts;
import io.towncrier.platform.Secret;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.ChangeAlerts;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A claim that waits for a device while it is being linked must see the link. */
@QuarkusTest
@Tag("zoneless")
class LinkRaceIT {
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 1);

  private static final String PLAN =
      """
      INSERT INTO delivery (notice_id, device_id, due_at)
      VALUES ($1, $2, now() + interval '1 second')
      """;

  private static final String CLAIMS_THAT_WAIT =
      """
      SELECT count(*) AS waiting FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND query LIKE '%FROM device%FOR SHARE%'
      """;

  private static final String HOLD = "SELECT 1 FROM (SELECT pg_sleep(5)) AS held";

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final Database database;
  private final Accounts accounts;
  private final AccountStore store;
  private final ChangeAlerts alerts;

  LinkRaceIT(Database database, Accounts accounts, AccountStore store, ChangeAlerts alerts) {
    this.database = database;
    this.accounts = accounts;
    this.store = store;
    this.alerts = alerts;
  }

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void theOptOutOfAnAccountThatIsLinkedMeanwhileCounts() {
    String address = "tok-" + UUID.randomUUID();
    Api.Registered phone = Api.phone("en");
    phone.pushTo(address);
    String account = await(accounts.of(new Secret("racer-" + UUID.randomUUID())));
    await(alerts.run(account, AlertsChange.Source.ACCOUNT, Optional.empty(), LinkRaceIT::pushOff));
    // Not to this phone yet.
    Api.phone("lo");
    String notice = Api.announce("Race", Map.of("languages", List.of("lo")));

    await(database.update(PLAN, notice, phone.id()));
    CompletableFuture<Boolean> linked =
        database
            .inTransaction(
                () ->
                    store
                        .link(phone.id(), account, TODAY)
                        .call(() -> database.rows(HOLD, row -> true)))
            .subscribeAsCompletionStage();
    Await.until(
        "a claim waits for the device",
        Duration.ofSeconds(4),
        () -> await(database.rows(CLAIMS_THAT_WAIT, row -> row.number("waiting"))).get(0) > 0);
    assertThat(linked).isNotDone();

    assertThat(linked.join()).isTrue();
    Await.patiently("the delivery is settled", () -> optedOut(notice) == 1);
    assertThat(fcm.to(address)).isEmpty();
  }

  private static int optedOut(String notice) {
    Integer count =
        Api.operator().get("/v1/admin/notices/" + notice).path("deliveries.byReason.'opted-out'");
    return count == null ? 0 : count;
  }

  private static NotificationAlerts pushOff(NotificationAlerts current) {
    return new NotificationAlerts(false, current.off(), current.quietHours(), current.version());
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }
}
