package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.towncrier.devices.checks.NoteSeen;
import io.towncrier.platform.Ids;
import io.towncrier.testing.Api;
import io.towncrier.testing.PlannedNotices;
import io.towncrier.testing.SeenStatements;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the calls that phones make all day ask the database, as it counts itself. */
@QuarkusTest
@TestProfile(PhonesDayIT.Quiet.class)
public class PhonesDayIT {
  /** Nothing but the requests of a test reaches the database. */
  public static final class Quiet implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(Tokens.settings());
      settings.put("quarkus.scheduler.enabled", "false");
      return settings;
    }
  }

  private static final String OFF = "{\"push\":false}";
  private static final String ON = "{\"push\":true}";

  @Inject NoteSeen seen;

  private Api.Registered phone;

  @BeforeEach
  void registerAPhone() {
    Api.as(Tokens.operator("boss"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    phone = Api.phone("en");
    check(phone).then().statusCode(200);
  }

  @Test
  void aCheckThatChangesNothingIsOneStatement() {
    isOneStatement(() -> check(phone), 200);
    addNotices(20);
    isOneStatement(() -> check(phone), 200);
    check(phone).then().body("unreadNotices", equalTo(20));
  }

  @Test
  void aRouterThatWasOfferedAnUpdateAndChecksAgainIsOneStatement() {
    Api.Registered router =
        Api.register(Map.of("kind", "router", "product", "towncrier_ax3000", "version", "1.2.0"));
    check(router).then().body("decision", equalTo("offer"));
    isOneStatement(() -> check(router), 200);
    check(router).then().body("decision", equalTo("offer"));
  }

  @Test
  void aCheckThatBringsAnotherVersionIsOneTransactionMore() {
    SeenStatements seen =
        SeenStatements.during(
            () ->
                phone
                    .as()
                    .body("{\"version\":\"3.0.0\"}")
                    .post(phone.path("/check"))
                    .then()
                    .statusCode(200));
    assertThat(seen.transactions()).as(seen.toString()).isOne();
    assertThat(seen.statements()).as(seen.toString()).isEqualTo(2);
  }

  @Test
  void theKeyOfMessagesIsOneStatement() {
    isOneStatement(() -> phone.as().post(phone.path("/message-key")), 200);
  }

  @Test
  void aCheckThatBringsReceiptsIsOneTransactionMoreHoweverManyThereAre() {
    addNotices(20);
    Sql.run(
        """
        UPDATE delivery SET state = 'ACCEPTED', finished_at = now() - interval '1 minute'
        WHERE device_id = ?
        """,
        phone.id());
    String receipts =
        Sql.text(
            """
            SELECT json_build_object('deliveryReceipts', json_agg(json_build_object(
              'notice', notice_id, 'step', 'shown', 'at', to_char(now() AT TIME ZONE 'UTC',
              'YYYY-MM-DD"T"HH24:MI:SS"Z"'))))
            FROM delivery WHERE device_id = ?
            """,
            phone.id());
    for (int statements : List.of(3, 2)) {
      SeenStatements seen =
          SeenStatements.during(
              () ->
                  phone
                      .as()
                      .body(receipts)
                      .post(phone.path("/check"))
                      .then()
                      .body("deliveryReceipts.again", hasSize(0)));
      assertThat(seen.transactions()).as(seen.toString()).isOne();
      assertThat(seen.statements())
          .as("what is repeated writes nothing: %s", seen)
          .isEqualTo(statements);
    }
    isOneStatement(() -> check(phone), 200);
  }

  @Test
  void theInboxIsOneStatement() {
    isOneStatement(() -> phone.as().get(phone.path("/notices")), 200);
    addNotices(20);
    isOneStatement(() -> phone.as().get(phone.path("/notices")), 200);
    Response first = phone.as().queryParam("limit", 8).get(phone.path("/notices"));
    first.then().body("items", hasSize(8)).body("total", equalTo("20"));
    isOneStatement(
        () ->
            phone
                .as()
                .queryParam("limit", 8)
                .queryParam("after", first.<String>path("next"))
                .get(phone.path("/notices")),
        200);
  }

  @Test
  void aLookAtTheDeviceOrItsAlertsIsOneStatement() {
    isOneStatement(() -> phone.as().get(phone.path("")), 200);
    isOneStatement(() -> phone.as().get(phone.path("/notification-alerts")), 200);
    isOneStatement(() -> user("nobody-" + phone.id()).get("/v1/me/notification-alerts"), 200);
  }

  @Test
  void anOptOutIsOneTransactionOfAtMostFourStatementsAndTheLook() {
    List<Supplier<Response>> first =
        List.of(
            () -> phone.as().body(OFF).put(phone.path("/notification-alerts")),
            () -> user("user-" + phone.id()).body(OFF).put("/v1/me/notification-alerts"));
    List<Supplier<Response>> back =
        List.of(
            () -> phone.as().body(ON).put(phone.path("/notification-alerts")),
            () -> user("user-" + phone.id()).body(ON).put("/v1/me/notification-alerts"));
    for (int owner = 0; owner < first.size(); owner++) {
      // Lock, make, save, suppress; and the look.
      isOneTransaction(first.get(owner), 4);
      // The same again: lock; and the look.
      isOneTransaction(first.get(owner), 1);
      isOneTransaction(back.get(owner), 2);
      // Lock, save, suppress; and the look.
      isOneTransaction(first.get(owner), 3);
    }
  }

  @Test
  void whatTheClientHasAlreadyIsNotAnsweredAgain() {
    String notice = PlannedNotices.add(phone.id());
    List<String> paths = List.of(phone.path("/notices"), phone.path("/notification-alerts"));
    List<String> tags = new ArrayList<>();
    for (String path : paths) {
      String tag = phone.as().get(path).then().statusCode(200).extract().header("ETag");
      isOneStatement(() -> phone.as().header("If-None-Match", tag).get(path), 304);
      Response same = phone.as().header("If-None-Match", "\"other\", W/" + tag).get(path);
      same.then().statusCode(304).header("ETag", equalTo(tag));
      assertThat(same.body().asString()).isEmpty();
      tags.add(tag);
    }
    phone.as().post(phone.path("/notices/" + notice + "/read")).then().statusCode(204);
    phone.as().body(OFF).put(phone.path("/notification-alerts")).then().statusCode(200);
    for (int i = 0; i < paths.size(); i++) {
      phone
          .as()
          .header("If-None-Match", tags.get(i))
          .get(paths.get(i))
          .then()
          .statusCode(200)
          .header("ETag", not(equalTo(tags.get(i))));
    }
  }

  @Test
  void aWrongSecretAndAnUnknownDeviceReadNothingAndAreAlike() {
    addNotices(3);
    String unknown = Ids.next("dev");
    for (String call : List.of("GET ", "GET /notices", "GET /notification-alerts", "POST /check")) {
      List<String> answers = new ArrayList<>();
      for (Api.Registered wrong :
          List.of(
              new Api.Registered(phone.id(), "sec_wrong"),
              new Api.Registered(unknown, phone.secret()),
              new Api.Registered("no-device-id", phone.secret()))) {
        SeenStatements seen =
            SeenStatements.during(
                () -> answers.add(told(send(wrong, call).then().extract().response())));
        assertThat(seen.statements()).as(call + seen).isOne();
        assertThat(seen.transactions()).as(call + seen).isZero();
        assertThat(seen.rows()).as(call + seen).isZero();
      }
      assertThat(answers).allMatch(answers.get(0)::equals).allMatch(a -> a.startsWith("401"));
    }
    phone.as().get(phone.path("/notices")).then().body("items", hasSize(3));
  }

  @Test
  void aWrongSecretChangesNothing() {
    SeenStatements seen =
        SeenStatements.during(
            () ->
                new Api.Registered(phone.id(), "sec_wrong")
                    .as()
                    .body(OFF)
                    .put(phone.path("/notification-alerts"))
                    .then()
                    .statusCode(401));
    assertThat(seen.statements()).as(seen.toString()).isOne();
    assertThat(seen.rows()).isZero();
    phone.as().get(phone.path("/notification-alerts")).then().body("push", equalTo(true));
  }

  @Test
  void whenADeviceWasSeenIsWrittenOnceADayAndOfManyInOneStatement() {
    List<Api.Registered> phones = Stream.generate(() -> Api.phone("en")).limit(5).toList();
    phones.forEach(
        one ->
            Sql.run("UPDATE device SET last_seen_on = DATE '2026-01-01' WHERE id = ?", one.id()));

    SeenStatements written =
        SeenStatements.during(
            () -> {
              for (int i = 0; i < 3; i++) {
                phones.forEach(one -> check(one).then().statusCode(200));
              }
              seen.write().await().atMost(Duration.ofSeconds(10));
            });
    assertThat(written.callsOf("UPDATE device")).as(written.toString()).isOne();
    assertThat(written.transactions()).isZero();
    assertThat(written.statements()).isEqualTo(16);
    for (Api.Registered one : phones) {
      assertThat(one.as().get(one.path("")).<String>path("lastSeen")).isGreaterThan("2026-01-01");
    }

    SeenStatements again =
        SeenStatements.during(
            () -> {
              phones.forEach(one -> check(one).then().statusCode(200));
              seen.write().await().atMost(Duration.ofSeconds(10));
            });
    assertThat(again.callsOf("UPDATE device")).as(again.toString()).isZero();
  }

  private static void isOneStatement(Supplier<Response> call, int status) {
    SeenStatements seen = SeenStatements.during(() -> call.get().then().statusCode(status));
    assertThat(seen.statements()).as(seen.toString()).isOne();
    assertThat(seen.transactions()).as(seen.toString()).isZero();
  }

  private static void isOneTransaction(Supplier<Response> call, int statements) {
    SeenStatements seen = SeenStatements.during(() -> call.get().then().statusCode(200));
    assertThat(seen.transactions()).as(seen.toString()).isOne();
    assertThat(seen.statements()).as(seen.toString()).isEqualTo(statements + 1);
  }

  private static RequestSpecification user(String subject) {
    return Api.as(Tokens.user(subject));
  }

  private static Response check(Api.Registered device) {
    return device.as().body("{}").post(device.path("/check"));
  }

  private static Response send(Api.Registered device, String call) {
    String path = device.path(call.substring(call.indexOf(' ') + 1));
    return call.startsWith("POST") ? device.as().body("{}").post(path) : device.as().get(path);
  }

  private static String told(Response answer) {
    return answer.statusCode()
        + answer.body().asString().replaceAll("\"instance\":\"[^\"]*\"", "")
        + answer.header("WWW-Authenticate")
        + answer.header("Content-Type");
  }

  private void addNotices(int count) {
    for (int i = 0; i < count; i++) {
      PlannedNotices.add(phone.id());
    }
  }
}
