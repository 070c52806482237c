package io.towncrier.notices.planning;

import static io.towncrier.notices.planning.PlanningField.inbox;
import static io.towncrier.notices.planning.PlanningField.started;
import static org.hamcrest.Matchers.contains;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.towncrier.notices.planning.PlanningField.Phone;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An inbox that is looked into while the walk comes to its device. */
@QuarkusTest
@TestProfile(SmallPages.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class InboxRaceIT {
  private static final String PLAN =
      "INSERT INTO delivery (notice_id, device_id, due_at) VALUES (?, ?, now())";

  private static final String PLANS_THAT_WAIT =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO delivery%'
      """;

  @Inject PlanningField field;

  @Test
  void itShowsWhatTheWalkHasPlannedInTheMeantime() throws SQLException {
    List<Phone> phones = field.begin(10);
    Phone last = phones.get(9);
    String id = started(field.announcement());
    try (Connection walk = Sql.connect();
        PreparedStatement plan = walk.prepareStatement(PLAN)) {
      walk.setAutoCommit(false);
      plan.setString(1, id);
      plan.setString(2, last.id());
      plan.execute();
      CompletableFuture<ValidatableResponse> shown =
          CompletableFuture.supplyAsync(() -> inbox(last));
      Await.patiently("it waits for the walk", () -> Sql.text(PLANS_THAT_WAIT).equals("1"));
      walk.commit();
      shown.join().body("items.id", contains(id));
    }
    field.plan();
  }
}
