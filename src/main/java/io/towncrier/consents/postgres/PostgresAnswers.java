package io.towncrier.consents.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.consents.AnswerStore;
import io.towncrier.consents.ConsentAct;
import io.towncrier.consents.ConsentAnswer;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;

/** Answers in PostgreSQL; a trigger counts them. The statements read tables of devices. */
@ApplicationScoped
class PostgresAnswers implements AnswerStore {
  private static final String OWN_DEVICES =
      """
      SELECT %1$s::text UNION
      SELECT link.device_id FROM device_account AS link WHERE link.account_id = %1$s
      """;

  // Behind the lock of the devices: one that is deleted meanwhile is left out, not missed. The same
  // answer again writes nothing, however often it comes.
  private static final String ANSWER =
      """
      WITH asked AS (
        SELECT device.id FROM device
        JOIN delivery ON delivery.device_id = device.id AND delivery.notice_id = $2
        WHERE device.id IN (
      """
          + OWN_DEVICES.formatted("$1")
          + """
            )
            ORDER BY device.id
            FOR KEY SHARE OF device),
          kept AS (
            INSERT INTO consent_answer AS known
              (device_id, notice_id, owner, kind, given, text_version, language, at)
            SELECT asked.id, $2::text, $1::text, $3::text, $4::boolean, $5::text, $6::text,
              $7::timestamptz
            FROM asked
            ON CONFLICT (device_id, notice_id) DO UPDATE
            SET owner = excluded.owner, kind = excluded.kind, given = excluded.given,
              text_version = excluded.text_version, language = excluded.language, at = excluded.at
            WHERE (known.owner = excluded.owner OR excluded.given OR NOT known.given)
              AND (known.owner, known.kind, known.given, known.text_version, known.language)
                IS DISTINCT FROM (excluded.owner, excluded.kind, excluded.given,
                  excluded.text_version, excluded.language))
          SELECT count(*) AS devices FROM asked
          """;

  private static final String IS_ASKED =
      """
      SELECT EXISTS (
        SELECT FROM delivery
        WHERE delivery.notice_id = $2 AND delivery.device_id IN (
      """
          + OWN_DEVICES.formatted("$1")
          + ")) AS asked";

  private static final String ANSWERS =
      """
      SELECT DISTINCT ON (answer.notice_id) answer.notice_id, answer.kind, answer.given,
        answer.text_version, answer.language, answer.at
      FROM consent_answer AS answer
      WHERE answer.device_id IN (
      """
          + OWN_DEVICES.formatted("$1")
          + """
            )
          ORDER BY answer.notice_id DESC, answer.at DESC
          LIMIT $2
          """;

  private final Database database;

  PostgresAnswers(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Boolean> answer(String owner, ConsentAnswer answer) {
    return database
        .rows(
            ANSWER,
            row -> row.number("devices"),
            owner,
            answer.notice(),
            answer.kind().name(),
            answer.given(),
            answer.text().version(),
            answer.text().language(),
            answer.at().atOffset(ZoneOffset.UTC))
        .map(counted -> counted.get(0) > 0);
  }

  @Override
  public Uni<Boolean> isAsked(String owner, String notice) {
    return database.rows(IS_ASKED, row -> row.flag("asked"), owner, notice).map(all -> all.get(0));
  }

  @Override
  public Uni<List<ConsentAnswer>> answers(String owner, int limit) {
    return database.rowsAlone(ANSWERS, PostgresAnswers::answer, owner, (long) limit);
  }

  private static ConsentAnswer answer(Row row) {
    return new ConsentAnswer(
        row.text("notice_id"),
        ConsentAct.Kind.valueOf(row.text("kind")),
        row.flag("given"),
        new ConsentAct.Text(row.text("text_version"), row.text("language")),
        row.instant("at"));
  }
}
