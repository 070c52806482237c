package io.towncrier.privacy.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.audit.AuditLog;
import io.towncrier.audit.HeadBook;
import io.towncrier.audit.SignedHead;
import io.towncrier.platform.Ids;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing outlives its period, and what is younger stays. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class RetentionIT {
  @Inject RemoveOverdue remove;
  @Inject @Any Instance<KeepsPeriods> keepers;
  @Inject @Any Instance<Remover> removers;
  @Inject HeadBook heads;

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    Api.phone("en");
  }

  @Test
  void eachPeriodOfTheListIsKeptByOneBeanAndNoOtherPeriodIs() {
    List<String> kept = keepers.stream().flatMap(keeper -> keeper.periods().stream()).toList();
    assertThat(kept).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(kept)).isEqualTo(Classification.own().periods());

    Classification withAnother =
        Classification.parse(
            List.of("planted,x,personal,nobody removes it,period nobodys,service"));
    assertThat(withAnother.periods()).isNotEmpty().doesNotContainAnyElementsOf(kept);
  }

  @Test
  void deliveriesOfANoticeThatIsLongOverGoAndThenTheNotice() {
    String old = notice("DONE", "1200 days", "1200 days");
    String younger = notice("DONE", "300 days", "300 days");
    String running = notice("STARTED", "1200 days", "-1 days");
    for (String notice : List.of(old, younger, running)) {
      deliver(notice, Api.phone("en").id());
    }
    String draft = notice("DRAFT", "1200 days", "");
    String written = notice("DRAFT", "30 days", "");

    // Which remover comes first is not said: a notice may wait for the next run.
    assertThat(run()).isGreaterThanOrEqualTo(2);
    run();
    assertThat(count("delivery", "notice_id", old)).isZero();
    for (String gone : List.of(old, draft)) {
      assertThat(count("notice", "id", gone)).isZero();
      assertThat(count("push_content", "notice_id", gone)).isZero();
      assertThat(count("notice_count", "notice_id", gone)).isZero();
      assertThat(count("notice_change", "notice_id", gone)).isZero();
    }
    for (String kept : List.of(younger, running)) {
      assertThat(count("delivery", "notice_id", kept)).isOne();
    }
    assertThat(count("notice", "id", written)).isOne();
    Sql.run("UPDATE notice SET state = 'CANCELLED' WHERE id = ?", running);
  }

  @Test
  void answersToAnOldNoticeGoInBatchesBeforeIt() {
    String old = notice("DONE", "1200 days", "1200 days");
    Sql.run(
        "UPDATE notice SET kind = 'POLICY_REVISION', details = '{\"change\":\"CONTACT\"}',"
            + " asks = '{\"kind\":\"PUSH\",\"textVersion\":\"1\"}' WHERE id = ?",
        old);
    for (int i = 0; i < 3; i++) {
      String phone = Api.phone("en").id();
      Sql.run(
          """
          INSERT INTO consent_answer (device_id, notice_id, owner, kind, given, text_version,
            language, at)
          VALUES (?, ?, 'dev', 'PUSH', false, '1', 'en', now())
          """,
          phone,
          old);
    }
    Remover notices =
        removers.stream()
            .filter(remover -> remover.periods().contains("notices"))
            .findFirst()
            .orElseThrow();

    for (long left : List.of(1L, 0L)) {
      assertThat(notices.remove(Instant.now(), 2).await().atMost(Duration.ofSeconds(20)))
          .isPositive();
      assertThat(count("consent_answer", "notice_id", old)).isEqualTo(left);
      assertThat(count("notice", "id", old)).isOne();
    }
    run();
    assertThat(count("notice", "id", old)).isZero();
  }

  @Test
  void deliveriesGoInBatchesThatWaitForNobody() throws Exception {
    String old = notice("DONE", "600 days", "600 days");
    String held = Api.phone("en").id();
    deliver(old, held);
    Sql.run(
        """
        INSERT INTO device (id, kind, product_id, version, channel, secret_index, registered_at,
          last_seen_on, revision, counter_unreadable)
        SELECT 'dev_' || md5(? || n), 'PHONE', 'none', '1', 'stable', '\\x00', now(), current_date,
          0, false
        FROM generate_series(1, 1200) AS n
        """,
        old);
    Sql.run(
        """
        INSERT INTO delivery (notice_id, device_id, state, due_at)
        SELECT ?, 'dev_' || md5(? || n), 'ACCEPTED', now() FROM generate_series(1, 1200) AS n
        """,
        old,
        old);
    try (Connection somebody = Sql.connect();
        Statement statement = somebody.createStatement()) {
      somebody.setAutoCommit(false);
      statement.execute("SELECT 1 FROM delivery WHERE device_id = '" + held + "' FOR SHARE");
      run();
      assertThat(count("delivery", "notice_id", old)).isOne();
      somebody.rollback();
    }
    run();
    assertThat(count("delivery", "notice_id", old)).isZero();
    Sql.run("DELETE FROM device WHERE product_id = 'none'");
  }

  @Test
  void aDeviceThatIsNobodysAndNotSeenForVeryLongIsForgottenWithAllThatHangsOnIt() {
    Api.Registered unseen = Api.phone("en");
    unseen
        .as()
        .body(Map.of("push", false))
        .put(unseen.path("/notification-alerts"))
        .then()
        .statusCode(200);
    Api.Registered linked = Api.phone("en");
    Api.as(Tokens.user("alice-" + UUID.randomUUID()))
        .header("X-Device-Secret", linked.secret())
        .put(linked.path("/account"))
        .then()
        .statusCode(204);
    Api.Registered seen = Api.phone("en");
    lastSeen(unseen, 731);
    lastSeen(linked, 731);
    lastSeen(seen, 728);

    run();
    assertThat(count("device", "id", unseen.id())).isZero();
    assertThat(count("notification_alerts", "owner", unseen.id())).isZero();
    assertThat(count("device", "id", linked.id())).isOne();
    assertThat(count("device", "id", seen.id())).isOne();
    unseen.as().get(unseen.path("")).then().statusCode(401);
  }

  @Test
  void privacyRequestsAreForgottenThreeYearsAfterTheyWereClosed() {
    request("old", "1096 days");
    request("younger", "1094 days");
    run();
    assertThat(count("privacy_request", "reference", "old")).isZero();
    assertThat(count("privacy_request", "reference", "younger")).isOne();
    Sql.run("DELETE FROM privacy_request WHERE reference = 'younger'");
  }

  @Test
  void sessionsThatNobodyEndedGoAndSoDoesWhatIsNotedOfOldFigures() {
    for (String ago : List.of("9 hours", "7 hours")) {
      Sql.run(
          """
          INSERT INTO console_session (hash, operator, multi_factor, mark, opened_at, used_at)
          SELECT convert_to(?, 'UTF8'), ?, true, '', at, at
          FROM (SELECT now() - ?::interval) AS past (at)
          """,
          ago,
          ago,
          ago);
    }
    String old = "2020-01-01T00:00:00Z";
    Sql.run("INSERT INTO adoption_taken (grain, at) VALUES ('day', ?::timestamptz)", old);
    run();
    assertThat(count("console_session", "operator", "9 hours")).isZero();
    assertThat(count("console_session", "operator", "7 hours")).isOne();
    assertThat(
            Sql.text("SELECT count(*) FROM adoption_taken AS t WHERE t.at = ?::timestamptz", old))
        .isEqualTo("0");
    Sql.run("DELETE FROM console_session WHERE operator = '7 hours'");
  }

  private static void request(String reference, String ago) {
    Sql.run(
        """
        INSERT INTO privacy_request (id, kind, reference, verified_at, due_at, opened_at, opened_by,
          state, answer, closed_at, closed_by)
        SELECT ?, 'ACCESS', ?, at, at, at, 'olga', 'ANSWERED', 'sent', at, 'olga'
        FROM (SELECT now() - ?::interval) AS past (at)
        """,
        Ids.next("req"),
        reference,
        ago);
  }

  @Test
  void receiptsAreForgottenTwoYearsAfterTheErasure() {
    erasure("old", 731);
    erasure("younger", 728);
    run();
    assertThat(count("erasure", "ground", "old")).isZero();
    assertThat(count("erasure", "ground", "younger")).isOne();
    Sql.run("DELETE FROM erasure WHERE ground = 'younger'");
  }

  @Test
  void oldAuditEntriesGoBehindASignedHeadAndTheChainThatIsLeftHolds() {
    // One more than goes.
    Api.draft(Api.as(Tokens.operator("olga")), "Hello", Map.of());
    Api.as(Tokens.operator("olga")).get("/v1/admin/audit/verification").then().statusCode(200);
    String first = Sql.text("SELECT min(number) FROM audit_entry");
    Sql.run("ALTER TABLE audit_entry DISABLE TRIGGER refuse_audit_change");
    Sql.run("UPDATE audit_entry SET at = at - interval '1096 days' WHERE number = " + first);
    Sql.run("ALTER TABLE audit_entry ENABLE TRIGGER refuse_audit_change");
    run();
    assertThat(count("audit_entry", "number::text", first)).as("no head vouches for it").isOne();

    String hash = Sql.text("SELECT hash FROM audit_entry WHERE number = " + first);
    heads
        .keep(
            "changes",
            new SignedHead(
                new AuditLog.Head(Long.parseLong(first), hash),
                Instant.now().minus(Duration.ofHours(1095 * 24 + 1))))
        .await()
        .indefinitely();
    run();
    assertThat(count("audit_entry", "number::text", first)).isZero();
    assertThat(Sql.text("SELECT number FROM audit_start")).isEqualTo(first);
    Api.as(Tokens.operator("olga"))
        .get("/v1/admin/audit/verification")
        .then()
        .body("intact", equalTo(true));
    // By mistake nobody removes one, with V31's setting of a session neither.
    assertThatThrownBy(
            () ->
                Sql.run(
                    "SET towncrier.audit_retention = 'on'; DELETE FROM audit_entry WHERE number = "
                        + (Long.parseLong(first) + 1)))
        .hasMessageContaining("audit entries are not removed before their time");
  }

  private long run() {
    return remove.run(() -> true).await().atMost(Duration.ofSeconds(20));
  }

  private static void lastSeen(Api.Registered device, int days) {
    Sql.run(
        "UPDATE device SET last_seen_on = current_date - " + days + " WHERE id = ?", device.id());
  }

  private static void erasure(String ground, int days) {
    Sql.run(
        """
        INSERT INTO erasure (id, receipt_hash, ground, requested_at, due_at, erase_by, erased_at,
          waits_for)
        SELECT ?, decode(md5(?), 'hex'), ?, at, at, at, at, '{}'
        FROM (SELECT now() - ?::interval) AS past (at)
        """,
        Ids.next("era"),
        Ids.next("era"),
        ground,
        days + " days");
  }

  private static String notice(String state, String ago, String expiredAgo) {
    String id = Ids.next("ntc");
    Sql.run(
        """
        INSERT INTO notice (id, kind, default_language, texts, audience, ttl_seconds, state, author,
          created_at, started_at, finished_at, revision)
        SELECT ?, 'ANNOUNCEMENT', 'en', '{"en":{"title":"T","body":"B"}}',
          '{"products":["none"],"countries":[],"languages":[]}', 3600, ?, 'a', at, at,
          CASE WHEN ? = 'DONE' THEN at END, 0
        FROM (SELECT now() - ?::interval) AS past (at)
        """,
        id,
        state,
        state,
        ago);
    if (!expiredAgo.isEmpty()) {
      Sql.run(
          """
          INSERT INTO push_content (notice_id, category, default_language, texts, expires_at,
            settled, halted_because)
          VALUES (?, 'ANNOUNCEMENT', 'en', '{"en":{"title":"T","body":"B"}}', now() - ?::interval,
            true, 'notice-cancelled')
          """,
          id,
          expiredAgo);
    }
    return id;
  }

  private static void deliver(String notice, String device) {
    Sql.run(
        "INSERT INTO delivery (notice_id, device_id, state, due_at, finished_at)"
            + " VALUES (?, ?, 'ACCEPTED', now(), now())",
        notice,
        device);
  }

  private static long count(String table, String column, String value) {
    return Long.parseLong(
        Sql.text("SELECT count(*) FROM " + table + " WHERE " + column + " = ?", value));
  }
}
