package io.towncrier.server;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No timer runs here: what is pushed was woken for. */
@QuarkusTest
@TestProfile(WokenDrainIT.NoTimers.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class WokenDrainIT {
  private static final Duration PROMISED = Duration.ofSeconds(2);

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final String address = "tok-" + UUID.randomUUID();

  @Inject DrainTimer timer;
  @Inject Database database;

  private Api.Registered phone;
  private String notice;

  @BeforeEach
  void aStartIsPushedAtOnce() {
    Api.importSample();
    phone = Api.phone("de");
    phone.pushTo(address);
    timer.look();
    notice = Api.announce("woken", Map.of("devices", List.of(phone.id())));
    arrives(1);
  }

  @Test
  void anotherInstanceWakesThisOne() {
    dueAgainIn(0);
    database
        .rows("SELECT pg_notify('towncrier_drain', 'ins_another')", row -> true)
        .await()
        .atMost(PROMISED);
    arrives(2);
  }

  @Test
  void whatBecomesDueIsWaitedFor() {
    dueAgainIn(600);
    timer.look();
    arrives(2);
  }

  // Behind everybody's back, so that nobody says that it is due.
  private void dueAgainIn(int millis) {
    Await.until(
        "the push is recorded",
        PROMISED,
        () ->
            database
                    .update(
                        """
                        WITH open AS (
                          UPDATE push_content SET settled = false WHERE notice_id = $1)
                        UPDATE delivery
                        SET state = 'PENDING', finished_at = NULL,
                          due_at = now() + $2 * interval '1 ms'
                        WHERE notice_id = $1 AND state = 'ACCEPTED'
                        """,
                        notice,
                        (double) millis)
                    .await()
                    .atMost(PROMISED)
                == 1);
  }

  private void arrives(int pushes) {
    Await.until("push " + pushes, PROMISED, () -> fcm.to(address).size() == pushes);
  }

  /** Nothing looks by itself. */
  public static final class NoTimers implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.scheduler.enabled", "false");
    }
  }
}
