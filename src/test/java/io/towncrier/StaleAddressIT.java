package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.retirement.TidyDevices;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of devices that nobody hears of. */
@QuarkusTest
class StaleAddressIT {
  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final Database database;
  private final TidyDevices tidy;

  StaleAddressIT(Database database, TidyDevices tidy) {
    this.database = database;
    this.tidy = tidy;
  }

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void afterAMonthAnAddressIsShownAsStaleAndStillPushedTo() {
    String address = address();
    Api.Registered phone = Api.phone("sq");
    phone.pushTo(address);
    lastSeen(phone, 29);
    shows(phone, true, false);
    lastSeen(phone, 30);
    shows(phone, true, true);
    Api.announce("Are you there?", Map.of("languages", List.of("sq")));
    Await.patiently("a push arrives", () -> fcm.to(address).size() == 1);

    phone.as().body(Map.of("version", "3.0.1")).post(phone.path("/check")).then().statusCode(200);
    // Last seen is written a little later, for many devices at once.
    Await.patiently("it was seen", () -> !isStale(phone));
    shows(phone, true, false);
  }

  @Test
  void after270DaysItIsPruned() {
    Api.Registered justIn = Api.phone("en");
    Api.Registered gone = Api.phone("en");
    justIn.pushTo(address());
    gone.pushTo(address());
    lastSeen(justIn, 269);
    lastSeen(gone, 270);
    await(() -> tidy.run(() -> false));
    shows(gone, true, true);
    assertThat(await(() -> tidy.run(() -> true))).isPositive();
    shows(justIn, true, true);
    shows(gone, false, false);
    assertThat(await(() -> tidy.run(() -> true))).isZero();
  }

  @Test
  void whatWasNotProvedInTimeIsDropped() {
    Api.Registered phone = Api.phone("en");
    phone.propose(address()).then().statusCode(202);
    await(() -> tidy.run(() -> true));
    assertThat(rows("SELECT count(*) AS kept FROM push_proof WHERE device_id = $1", phone)).isOne();
    // The clock of the service goes by whole milliseconds, and may be behind that of the database.
    change(
        "UPDATE push_proof SET expires_at = now() - interval '1 second' WHERE device_id = $1",
        phone);
    await(() -> tidy.run(() -> true));
    assertThat(rows("SELECT count(*) AS kept FROM push_proof WHERE device_id = $1", phone))
        .isZero();
  }

  @Test
  void aRemovalThatACrashHasInterruptedIsFinished() {
    Api.Registered phone = Api.phone("en");
    phone.as().body(Map.of("push", false)).put(phone.path("/notification-alerts"));
    change("UPDATE device SET removed_at = now() - interval '5 minutes' WHERE id = $1", phone);
    await(() -> tidy.run(() -> true));
    assertThat(rows("SELECT count(*) AS kept FROM device WHERE id = $1", phone)).isOne();
    change("UPDATE device SET removed_at = now() - interval '11 minutes' WHERE id = $1", phone);
    await(() -> tidy.run(() -> true));
    assertThat(rows("SELECT count(*) AS kept FROM device WHERE id = $1", phone)).isZero();
    assertThat(rows("SELECT count(*) AS kept FROM notification_alerts WHERE owner = $1", phone))
        .isZero();
  }

  private void lastSeen(Api.Registered phone, int daysAgo) {
    change(
        "UPDATE device SET last_seen_on = (now() AT TIME ZONE 'UTC')::date - %d WHERE id = $1"
            .formatted(daysAgo),
        phone);
  }

  private void change(String sql, Api.Registered phone) {
    assertThat(await(() -> database.update(sql, phone.id()))).isOne();
  }

  private long rows(String sql, Api.Registered phone) {
    return await(() -> database.rows(sql, row -> row.number("kept"), phone.id())).get(0);
  }

  private static boolean isStale(Api.Registered phone) {
    return phone.as().get(phone.path("")).path("pushAddressStale");
  }

  private static void shows(Api.Registered phone, boolean address, boolean stale) {
    phone
        .as()
        .get(phone.path(""))
        .then()
        .body("pushAddress", equalTo(address))
        .body("pushAddressStale", equalTo(stale));
  }

  private static String address() {
    return "tok-" + UUID.randomUUID();
  }

  private static <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }
}
