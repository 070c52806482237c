package io.towncrier.server.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Release;
import io.towncrier.releases.json.ReleaseJson;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.testing.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The made-up fleet has something for every page, and nothing that could be pushed. */
@Tag("zoneless")
class MadeUpFleetIT {
  @Test
  void everyPageHasSomethingToShowAndNothingIsPushed() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      Schema.migrate(postgres.getPostgresDatabase());
      for (String statement : MadeUpFleet.statements()) {
        sql.execute(statement);
      }
      assertThat(text(sql, "SELECT count(*) FROM device")).isEqualTo("20000");
      assertThat(text(sql, "SELECT count(*) FROM device WHERE push_sealed IS NOT NULL"))
          .isEqualTo("0");
      assertThat(texts(sql, "SELECT state FROM notice"))
          .containsExactly(
              "APPROVED", "CANCELLED", "DONE", "DRAFT", "PAUSED", "SCHEDULED", "STARTED");
      assertThat(
              text(
                  sql, "SELECT count(*) FROM delivery WHERE state = 'PENDING' AND due_at <= now()"))
          .isEqualTo("0");
      assertThat(texts(sql, "SELECT DISTINCT state FROM delivery"))
          .containsExactly("ACCEPTED", "DEAD", "PENDING", "SUPPRESSED");
      everyNoticeHasItsHistory(sql);
      assertThat(text(sql, "SELECT count(*) FROM notice_series")).isNotEqualTo("0");
      stepsOfPushesAreCountedAndNoneIsStillToCome(sql);
      assertThat(text(sql, "SELECT count(DISTINCT at) FROM adoption")).isEqualTo("61");
      Instant now = Instant.now(Clock.systemUTC());
      Release second = release(sql, "demo_ax6000", "1.4.0");
      assertThat(second.rollout().phaseAt(now, second.publishedAt())).isEqualTo(1);
      assertThat(release(sql, "demo_n450", "1.1.0").rollout().state())
          .isEqualTo(Rollout.State.HALTED);
      assertThat(release(sql, "demo_ax6000", "1.5.0").state()).isEqualTo(Release.State.DRAFT);
    }
  }

  /** From its draft to the state that it is in; nothing of it is still to come. */
  private static void everyNoticeHasItsHistory(Statement sql) throws SQLException {
    String told = "(" + MadeUpFleet.NOTICE_HISTORY + ") AS told";
    assertThat(
            texts(
                sql,
                "SELECT notice.state || ': ' || (SELECT string_agg(told.action, ', ') FROM "
                    + told
                    + " WHERE told.subject = notice.id AND told.at <= now()"
                    + " AND told.actor <> '' AND told.detail IS NOT NULL) FROM notice"))
        .containsExactly(
            "APPROVED: notice.drafted, notice.approved",
            "CANCELLED: notice.drafted, notice.approved, notice.started, notice.cancelled",
            "DONE: notice.drafted, notice.approved, notice.started, notice.done",
            "DRAFT: notice.drafted",
            "PAUSED: notice.drafted, notice.approved, notice.started, notice.paused",
            "SCHEDULED: notice.drafted, notice.approved, notice.scheduled",
            "STARTED: notice.drafted, notice.approved, notice.started");
    assertThat(details(sql, told, "notice.drafted"))
        .containsExactly("announcement", "firmware-update");
    assertThat(details(sql, told, "notice.started"))
        .allMatch(detail -> detail.matches("[1-9][0-9]* deliveries"));
  }

  /** Each notice that has pushed something has a ladder; a higher rung never counts more. */
  private static void stepsOfPushesAreCountedAndNoneIsStillToCome(Statement sql)
      throws SQLException {
    assertThat(
            texts(
                sql,
                """
                SELECT notice.state || ' ' || count(*) FILTER (WHERE told.devices > 0)
                FROM notice
                JOIN (
                  SELECT told.notice_id, told.state, sum(told.devices) AS devices
                  FROM notice_count AS told WHERE told.axis = 'step' GROUP BY 1, 2)
                  AS told ON told.notice_id = notice.id
                GROUP BY notice.state
                """))
        .containsExactly("CANCELLED 5", "DONE 5", "PAUSED 5", "STARTED 5");
    for (String counted :
        List.of(
            "step:ARRIVED=arrived_at",
            "step:SHOWN=shown_at",
            "step:OPENED=opened_at",
            "step:DROPPED=dropped_at",
            "within:SHOWN=shown_at",
            "step:HELD=held_at")) {
      String[] part = counted.split("[:=]", -1);
      assertThat(
              text(
                  sql,
                  "SELECT sum(devices) FROM notice_count WHERE axis = '%s' AND state = '%s'"
                      .formatted(part[0], part[1])))
          .as(counted)
          .isEqualTo(text(sql, "SELECT count(" + part[2] + ") FROM delivery"));
    }
    assertThat(texts(sql, "SELECT value FROM notice_count WHERE axis = 'within'"))
        .containsExactly("10", "120", "21600", "60", "600");
    assertThat(texts(sql, "SELECT value || ' ' || state FROM notice_count WHERE axis = 'dropped'"))
        .containsExactly("capped PROVIDER", "expired APP", "not-permitted APP", "switched-off APP");
    assertThat(
            text(
                sql,
                """
                SELECT count(*) FROM delivery
                WHERE greatest(held_at, arrived_at, shown_at, opened_at, dropped_at) > now()
                  OR state <> 'ACCEPTED' AND steps_since IS NOT NULL
                  OR opened_at IS NOT NULL AND shown_at IS NULL
                  OR shown_at IS NOT NULL AND arrived_at IS NULL
                """))
        .isEqualTo("0");
  }

  private static Set<String> details(Statement sql, String told, String action)
      throws SQLException {
    return texts(
        sql, "SELECT told.detail FROM %s WHERE told.action = '%s'".formatted(told, action));
  }

  private static Release release(Statement sql, String product, String version)
      throws SQLException {
    return ReleaseJson.stored(
        text(
            sql,
            "SELECT document::text FROM release WHERE product_id = '%s' AND version = '%s'"
                .formatted(product, version)));
  }

  private static String text(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Set<String> texts(Statement sql, String query) throws SQLException {
    Set<String> all = new TreeSet<>();
    try (ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }
}
