package io.towncrier.delivery.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How PostgreSQL goes about the statements of the outbox beside a history of done deliveries, of
 * which its statistics say that none is being sent.
 */
@Tag("zoneless")
class OutboxPlansIT {
  private static final String HISTORY =
      """
      SET session_replication_role = replica;
      INSERT INTO delivery (notice_id, device_id, state, due_at, finished_at)
      SELECT 'ntc_' || notice, 'dev_' || device, 'ACCEPTED', now(), now()
      FROM generate_series(1, 20) AS notice, generate_series(1, 1000) AS device;
      SET session_replication_role = DEFAULT;
      ANALYZE delivery;
      SET plan_cache_mode = force_generic_plan;
      """;

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void fill() throws IOException {
    postgres = EmbeddedPostgres.start();
    Schema.migrate(postgres.getPostgresDatabase());
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void resultsAndClaimsFindTheirRowsByKey() throws SQLException {
    assertThat(plan(OutboxSql.RECORD_RESULTS, 13))
        .as("not by a walk through all that is being sent, for each result")
        .contains("delivery_pkey")
        .doesNotContain("delivery_sending");
    assertThat(plan(OutboxSql.RECORD_CLAIM, 10)).contains("delivery_pkey");
  }

  @Test
  void whatIsDueOfANoticeIsFoundAmongWhatWaitsOfIt() throws SQLException {
    String byNotice = "Index Cond: ((notice_id = content.notice_id) AND (due_at";
    String byProvider = "Index Cond: ((notice_id = content.notice_id) AND (provider = $";
    assertThat(plan(OutboxSql.LOCK_DUE, 5)).contains("delivery_waiting_of", byProvider);
    assertThat(plan(OutboxSql.MOST_URGENT_DUE, 3)).contains("delivery_waiting_of", byProvider);
    assertThat(plan(OutboxSql.HAND_OVER, 3))
        .contains("delivery_waiting_of", byProvider, "delivery_pkey")
        .containsSubsequence("CTE found", "Sort Key", "CTE moved", "LockRows");
    assertThat(plan(OutboxSql.UNTIL_NEXT_DUE, 0)).contains("delivery_waiting", byNotice);
  }

  @Test
  void anOptOutFindsWhatItForbidsByTheDevice() throws SQLException {
    assertThat(plan(OutboxSql.SUPPRESS_OF_OWNER, 3)).contains("delivery_inbox");
  }

  @Test
  void recallsAreFoundByTheirKeyAndByTheDevice() throws SQLException {
    assertThat(plan(RecallSql.RECORD, 5))
        .contains("delivery_pkey")
        .doesNotContain("delivery_recall");
    assertThat(plan(RecallSql.OF_DEVICES, 3))
        .contains("delivery_inbox")
        .doesNotContain("delivery_recall");
    assertThat(plan(RecallSql.TAKE, 3))
        .contains("delivery_recall_due")
        .doesNotContain("delivery_recalled");
    assertThat(plan(RecallSql.EXPAND_OF_UPDATED, 4))
        .contains("delivery_pkey")
        .doesNotContain("delivery_recall");
    assertThat(plan(RecallSql.EXPAND_OF_UNLINKED, 2)).contains("delivery_inbox", "delivery_about");
  }

  private static String plan(String sql, int parameters) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(HISTORY);
      statement.execute("PREPARE asked AS " + sql);
      String nulls = "NULL" + ", NULL".repeat(Math.max(0, parameters - 1));
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines =
          statement.executeQuery(
              "EXPLAIN EXECUTE asked" + (parameters == 0 ? "" : "(" + nulls + ")"))) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      statement.execute("DEALLOCATE asked");
      connection.rollback();
      return plan.toString();
    }
  }
}
