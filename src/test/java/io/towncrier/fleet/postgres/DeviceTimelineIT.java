package io.towncrier.fleet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.audit.AuditReads;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Accounts;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happened to one device, from the tables of all features. */
@QuarkusTest
class DeviceTimelineIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String RELEASE = "3.1.0";

  @Inject AuditReads reads;
  @Inject Accounts accounts;
  @Inject AccountStore links;

  @BeforeEach
  void importSample() {
    LoopbackFcm.running();
    Api.importSample();
  }

  @Test
  void everythingThatIsKeptOfADeviceStandsThere() {
    Api.Registered phone = Api.phone("en");
    String notice = busyLife(phone);
    String account = accounts.of(new Secret("kim-" + UUID.randomUUID())).await().atMost(SOON);
    links.link(phone.id(), account, LocalDate.of(2026, 5, 1)).await().atMost(SOON);
    Sql.run(
        "INSERT INTO consent_act (owner, kind, withdrawn, at) VALUES (?, 'PUSH', true, now())",
        account);

    ValidatableResponse shown = timeline(phone, "").statusCode(200);

    List<Map<String, Object>> items = shown.extract().path("items");
    assertThat(items)
        .extracting(item -> item.get("what"))
        .contains(
            "registered",
            "seen",
            "linked",
            "update",
            "operator",
            "alerts-changed",
            "delivery",
            "consent-withdrawn");
    assertThat(of(items, "update"))
        .anySatisfy(
            update ->
                assertThat(update)
                    .containsEntry("version", RELEASE)
                    .containsEntry("event", "install-failed")
                    .containsEntry("reason", "install-error"));
    assertThat(of(items, "operator"))
        .singleElement()
        .satisfies(act -> assertThat(act).containsEntry("state", "attempts.released"));
    Map<String, Object> changed = of(items, "alerts-changed").get(0);
    assertThat(changed).containsEntry("by", "device").doesNotContainKey("account");
    assertThat(changed.get("alerts").toString()).contains("push=false", "announcement");
    assertThat(of(items, "delivery").get(0))
        .containsEntry("notice", notice)
        .containsEntry("noticeKind", "announcement")
        .containsEntry("state", "suppressed");
    assertThat(of(items, "consent-withdrawn").get(0))
        .containsEntry("state", "push")
        .containsEntry("account", account);
    // Of some no more than the day is known.
    assertThat(of(items, "seen").get(0)).containsKey("day").doesNotContainKey("at");
    assertThat(of(items, "linked").get(0)).containsEntry("day", "2026-05-01");
  }

  @Test
  void anotherDevicesLifeIsNotInIt() {
    busyLife(Api.phone("en"));
    timeline(Api.phone("en"), "")
        .statusCode(200)
        .body("items.what", contains("seen", "registered"))
        .body("total", equalTo("2"));
  }

  @Test
  void pagesHaveEachEntryOnceInTheOrderOfTimeEitherWay() {
    Api.Registered phone = Api.phone("en");
    busyLife(phone);
    List<Map<String, Object>> all = timeline(phone, "limit=500").extract().path("items");
    assertThat(all).hasSizeGreaterThan(4);
    assertThat(all).isSortedAccordingTo(Comparator.comparing(DeviceTimelineIT::when).reversed());

    for (String sort : List.of("-at", "at")) {
      List<Map<String, Object>> seen = new ArrayList<>();
      String next = "";
      do {
        ValidatableResponse page =
            timeline(phone, "limit=2&sort=" + sort + (next.isEmpty() ? "" : "&after=" + next))
                .statusCode(200)
                .body("total", equalTo(Integer.toString(all.size())));
        seen.addAll(page.extract().path("items"));
        String following = page.extract().path("next");
        next = following == null ? "" : following;
      } while (!next.isEmpty());
      List<Map<String, Object>> expected = new ArrayList<>(all);
      if (sort.equals("at")) {
        Collections.reverse(expected);
      }
      assertThat(seen).as(sort).isEqualTo(expected);
    }
  }

  @Test
  void aPageIsAuditedOnceAndThatOfAnotherListIsRefused() {
    Api.Registered phone = Api.phone("en");
    busyLife(phone);
    String next = timeline(phone, "limit=1").statusCode(200).extract().path("next");
    timeline(phone, "limit=1&after=" + next).statusCode(200);
    reads.chain(() -> true).await().atMost(SOON);
    Api.operator()
        .get("/v1/admin/audit/reads?subject=" + phone.id())
        .then()
        .body("items.action", contains("device.timeline-read", "device.timeline-read"));

    timeline(Api.phone("en"), "limit=1&after=" + next).statusCode(400);
    timeline(phone, "limit=1&sort=at&after=" + next).statusCode(400);
    Api.operator().get(path(Ids.next("dev"))).then().statusCode(404);
    Api.operator().get(path("none")).then().statusCode(404);
  }

  @Test
  void noTableIsWalkedThrough() throws SQLException {
    for (boolean descending : new boolean[] {true, false}) {
      assertThat(plan(DeviceTimelineSql.list(descending), 5))
          .contains("delivery_inbox", "audit_entry_subject", "device_pkey", "device_outcome_pkey")
          .contains("notification_alerts_history_pkey", "consent_act_owner", "device_account_pkey")
          .doesNotContain("Seq Scan", "notification_alerts_history_age");
    }
    assertThat(plan(DeviceTimelineSql.COUNT, 1)).doesNotContain("Seq Scan");
  }

  /** Opts out, fails an update that an operator lets it try again, and is sent a notice. */
  private static String busyLife(Api.Registered phone) {
    phone
        .as()
        .body("{\"push\":false,\"pushCategories\":{\"announcement\":false}}")
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200);
    phone
        .as()
        .body(Map.of("id", "r1", "version", RELEASE, "state", "failed", "code", "install-error"))
        .post(phone.path("/outcomes"))
        .then()
        .statusCode(200);
    Api.operator()
        .body(Map.of("version", RELEASE, "reason", "its image was mended"))
        .post("/v1/admin/devices/" + phone.id() + "/outcomes/retry")
        .then()
        .statusCode(200);
    String notice = Api.announce("Hello", Map.of("devices", List.of(phone.id())));
    String ended = "SELECT count(finished_at) FROM delivery WHERE device_id = ?";
    Await.patiently("nothing moves any more", () -> Sql.text(ended, phone.id()).equals("1"));
    return notice;
  }

  private static List<Map<String, Object>> of(List<Map<String, Object>> items, String what) {
    return items.stream().filter(item -> item.get("what").equals(what)).toList();
  }

  private static Instant when(Map<String, Object> item) {
    return item.containsKey("at")
        ? Instant.parse((String) item.get("at"))
        : Instant.parse(item.get("day") + "T23:59:59.999999Z");
  }

  private static ValidatableResponse timeline(Api.Registered phone, String query) {
    String asked = query.isEmpty() ? "" : "?" + query;
    return Api.operator().urlEncodingEnabled(false).get(path(phone.id()) + asked).then();
  }

  private static String path(String id) {
    return "/v1/admin/devices/" + id + "/timeline";
  }

  /** As it would be of tables that are too large to be walked through. */
  private static String plan(String sql, int parameters) throws SQLException {
    try (Connection connection = Sql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET plan_cache_mode = force_generic_plan");
      statement.execute("SET enable_seqscan = off");
      statement.execute("PREPARE asked AS " + sql);
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines =
          statement.executeQuery(
              "EXPLAIN EXECUTE asked(NULL" + ", NULL".repeat(parameters - 1) + ")")) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }
}
