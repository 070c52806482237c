package io.towncrier.devices.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;
import io.towncrier.delivery.ProvidersWith;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.vendors.AskQuotas;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.InChina;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cell keeps what belongs to it, and nothing of what belongs to another. */
@QuarkusTest
@TestProfile(InChina.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class InChinaIT {
  private static final String PUSH = "checks.find { it.name == 'push' }.data.";
  private static final Map<String, String> CONSENT =
      Map.of(
          "crossBorderData", "device facts and notices",
          "crossBorderRecipient", "Towncrier China",
          "crossBorderTextVersion", "2026-03",
          "crossBorderLanguage", "de",
          "crossBorderGivenAt", "2026-05-04T08:00:00Z");

  @Inject PushProviders providers;
  @Inject ProvidersWith elsewhere;
  @Inject Database database;
  @Inject AskQuotas quotas;

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final LoopbackGetui getui = LoopbackGetui.running();

  private long fcmRequests;
  private int fcmTokens;

  @BeforeEach
  void importSample() {
    fcmRequests = fcm.requests();
    fcmTokens = fcm.tokensFetched();
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void aDeviceOfAnotherCellIsSentThereAndNothingOfItIsKept() {
    String before = kept();
    for (Map<String, String> foreign :
        List.of(
            Map.of("country", "DE", "timezone", "Asia/Shanghai"),
            Map.of("country", "", "timezone", "Europe/Paris"))) {
      Map<String, String> more = new HashMap<>(foreign);
      more.put("identifier", "SN-" + UUID.randomUUID());
      more.put("ecv", UUID.randomUUID().toString());
      register(more)
          .statusCode(421)
          .contentType("application/problem+json")
          .body("code", equalTo("wrong-cell"), "cell", equalTo("eu"))
          .body("url", equalTo(InChina.ELSEWHERE));
    }
    assertThat(kept()).isEqualTo(before);
    register(Map.of("country", "CN")).statusCode(201);
    register(Map.of("country", "", "timezone", "Asia/Shanghai")).statusCode(201);
    // Where nothing says where it is, and where no cell has named the country.
    register(Map.of("country", "", "timezone", "")).statusCode(201);
    register(Map.of("country", "BR")).statusCode(201);
  }

  @Test
  void withTheUsersConsentItIsKeptUntilThatIsWithdrawn() {
    Map<String, String> incomplete = new HashMap<>(CONSENT);
    incomplete.put("country", "DE");
    incomplete.put("crossBorderRecipient", "");
    incomplete.put("crossBorderGivenAt", "lately");
    register(incomplete)
        .statusCode(400)
        .body("errors.field", contains("crossBorderRecipient", "crossBorderGivenAt"));

    Api.Registered phone = withConsent();
    phone
        .as()
        .get(phone.path("/consents"))
        .then()
        .statusCode(200)
        .body("consents.kind", contains("cross-border"), "consents.withdrawn", contains(false))
        .body("consents[0].data", equalTo("device facts and notices"))
        .body("consents[0].recipient", equalTo("Towncrier China"))
        .body("consents[0].textVersion", equalTo("2026-03"))
        .body("consents[0].at", startsWith("2026-05-04T08:00:00"));
    phone
        .as()
        .body(Map.of("kind", "cross-border", "withdrawn", true))
        .put(phone.path("/consents"))
        .then()
        .statusCode(200)
        .body("consents.withdrawn", contains(true))
        .body("history.withdrawn", contains(true, false));
    phone.as().get(phone.path("")).then().statusCode(401);
    assertThat(Sql.text("SELECT revoked_at FROM device WHERE id = ?", phone.id())).isNotNull();
  }

  @Test
  void aDeviceThatIsAtHomeHereIsNotShutOutByAWithdrawal() {
    for (String country : new String[] {"CN", ""}) {
      Api.Registered phone = Api.register(Map.of("country", country, "timezone", ""));
      Map<String, Object> agreed = new HashMap<>(Map.of("kind", "cross-border"));
      agreed.put("withdrawn", false);
      agreed.putAll(Map.of("textVersion", "2026-06", "language", "en"));
      agreed.putAll(Map.of("data", "device facts", "recipient", "Towncrier EU"));
      phone.as().body(agreed).put(phone.path("/consents")).then().statusCode(200);
      phone
          .as()
          .body(Map.of("kind", "cross-border", "withdrawn", true))
          .put(phone.path("/consents"))
          .then()
          .statusCode(200)
          .body("consents.withdrawn", contains(true));
      // Where nothing says where it is, the consent may be all that keeps it here.
      phone.as().get(phone.path("")).then().statusCode(country.isEmpty() ? 401 : 200);
    }
  }

  @Test
  void aUserWhoWithdrawsShutsOutTheLinkedDevicesOfOtherCellsAlone() {
    String user = Tokens.user("crossing-" + UUID.randomUUID());
    Api.Registered foreign = withConsent();
    Api.Registered own = Api.register(Map.of("country", "CN"));
    for (Api.Registered phone : List.of(foreign, own)) {
      Api.as(user)
          .header("X-Device-Secret", phone.secret())
          .put(phone.path("/account"))
          .then()
          .statusCode(204);
    }
    Api.as(user)
        .body(Map.of("kind", "cross-border", "withdrawn", true))
        .put("/v1/me/consents")
        .then()
        .statusCode(200);
    foreign.as().get(foreign.path("")).then().statusCode(401);
    own.as().get(own.path("")).then().statusCode(200);
  }

  @Test
  void anAddressOfAProviderThatIsNotAllowedIsRefusedAndNoClientOfItIsMade() {
    Api.Registered phone = Api.register(Map.of("country", "CN"));
    String before = addresses();
    phone
        .propose("token-" + UUID.randomUUID())
        .then()
        .statusCode(400)
        .body("errors.field", contains("provider"))
        .body("errors.message", contains(containsString("not allowed in this cell")));
    assertThat(addresses()).isEqualTo(before);
    phone
        .as()
        .body(Map.of("kind", "token", "value", "token-" + UUID.randomUUID(), "preference", 2))
        .put(phone.path("/push-addresses/fcm"))
        .then()
        .statusCode(400)
        .body("errors.field", contains("provider"));
    assertThat(addresses()).isEqualTo(before);
    // The credentials are there all the same.
    assertThat(providers.working()).containsOnlyKeys("getui");
    assertThat(providers.description()).startsWith("getui").doesNotContain("fcm");
    assertThat(fcm.requests()).isEqualTo(fcmRequests);
    assertThat(fcm.tokensFetched()).isEqualTo(fcmTokens);
  }

  @Test
  void whereNoProviderIsAllowedNothingIsClaimed() {
    PushProviders none = elsewhere.residency(Residencies.allowing("none"));
    assertThat(none.working()).isEmpty();
    assertThat(none.description()).startsWith("nowhere");
    assertThat(none.mustNotClaim().await().atMost(Duration.ofSeconds(10)))
        .contains("provider-not-allowed");
  }

  @Test
  void aPhoneProvesItsAddressOfGetuiAndIsNotifiedThere() {
    Api.Registered phone = Api.register(Map.of("country", "CN"));
    String cid = UUID.randomUUID().toString().replace("-", "");
    phone.propose("getui", "cid", cid).then().statusCode(202);
    List<String> pushed = getui.challengesTo(cid);
    assertThat(pushed).hasSize(1);
    phone.echo(pushed.get(0)).then().statusCode(204);
    announce(phone);
    Await.patiently("it arrives", () -> getui.to(cid).size() == 1);
    assertThat(getui.violations()).isEmpty();
    assertThat(fcm.requests()).isEqualTo(fcmRequests);
    assertThat(fcm.tokensFetched()).isEqualTo(fcmTokens);
  }

  @Test
  void beforeAndAfterItIsSaidWhatVendorsOfPhonesMayDo() {
    Api.Registered phone = Api.register(Map.of("country", "CN"));
    String cid = UUID.randomUUID().toString().replace("-", "");
    phone.propose("getui", "cid", cid).then().statusCode(202);
    phone.echo(getui.challengesTo(cid).get(0)).then().statusCode(204);
    String operator = Tokens.operator("olga");
    String notice = Api.draft(Api.as(operator), "T", Map.of("devices", List.of(phone.id())));
    Api.as(operator)
        .post("/v1/admin/notices/" + notice + "/preview")
        .then()
        .statusCode(200)
        .body("vendors.pushed", equalTo(1), "vendors.messageClass", equalTo("marketing"))
        .body("vendors.effects.find { it.vendor == 'Xiaomi' }.perDay", equalTo(5));
    Api.as(operator).post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
    Await.patiently("it arrives", () -> getui.to(cid).size() == 1);
    Await.says(
        () -> Sql.text("SELECT state FROM delivery WHERE notice_id = ?", notice), "ACCEPTED");
    // 01:10 in Shanghai.
    database
        .update(
            "UPDATE delivery SET finished_at = '2026-05-04T17:10:00Z' WHERE notice_id = $1", notice)
        .await()
        .atMost(Duration.ofSeconds(10));
    Api.as(operator)
        .header("Towncrier-Reason", "a test asks")
        .get("/v1/admin/notices/" + notice + "/devices/" + phone.id())
        .then()
        .statusCode(200)
        .body("delivery.vendors.vendor", contains("Huawei", "Honor", "vivo"))
        .body("delivery.vendors[0].hiddenUntil", startsWith("2026-05-04T22:00"))
        .body("delivery.vendors[0].text", containsString("until 06:00 (Asia/Shanghai)"));
  }

  @Test
  void quotasOfVendorsAreAskedOnceAnHourAndToldByHealth() {
    Sql.run("DELETE FROM vendor_quota_ask");
    getui.behave();
    getui.quotas(
        """
        {"op":{"total_num":"1000","remain_num":12,"limit":false},
         "xm":{"total_num":1000,"remain_num":900,"limit":false}}
        """);
    assertThat(askQuotas()).isEqualTo(1);
    assertThat(askQuotas()).as("not again within the hour").isZero();
    assertThat(getui.askedForQuotas()).isEqualTo(1);
    assertThat(quotas.left("getui")).isEqualTo(0.012);
    health("quotaLow", "op: 12 of 1000 left").body(PUSH + "quotaUnknown", nullValue());

    Sql.run("UPDATE vendor_quota_ask SET asked_at = now() - interval '1 hour'");
    getui.quotas(LoopbackGetui.Answer.error(200, 301, "https://other.example.com"));
    assertThat(askQuotas()).isEqualTo(1);
    health("quotaUnknown", "WRONG_DATA_CENTRE").body(PUSH + "quotaLow", nullValue());
    assertThat(Sql.text("SELECT count(*) FROM vendor_quota")).isEqualTo("2");

    Sql.run("UPDATE vendor_quota_ask SET asked_at = now() - interval '1 hour'");
    getui.quotas("{\"xm\":{\"total_num\":1000,\"remain_num\":800,\"limit\":false}}");
    assertThat(askQuotas()).isEqualTo(1);
    assertThat(Sql.text("SELECT string_agg(vendor || ' ' || remaining, ',') FROM vendor_quota"))
        .isEqualTo("xm 800");
    getui.behave();
  }

  private long askQuotas() {
    try {
      return VertxContextSupport.subscribeAndAwait(() -> quotas.run());
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  private static ValidatableResponse health(String fact, String value) {
    return Api.as(Tokens.operator("olga"))
        .get("/v1/admin/health")
        .then()
        .statusCode(200)
        .body(PUSH + fact, equalTo(value));
  }

  private static String announce(Api.Registered phone) {
    String operator = Tokens.operator("olga");
    String id = Api.draft(Api.as(operator), "T", Map.of("devices", List.of(phone.id())));
    Api.as(operator).post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }

  @Test
  void anAddressThatIsNoneOfGetuisIsRefusedAndOneThatItDoesNotKnowIsSaid() {
    Api.Registered phone = Api.register(Map.of("country", "CN"));
    String before = addresses();
    phone
        .propose("getui", "token", "0123456789abcdef0123")
        .then()
        .statusCode(400)
        .body("errors.field", contains("kind"));
    phone
        .propose("fcm", "cid", "0123456789abcdef0123")
        .then()
        .statusCode(400)
        .body("errors.field", contains("provider", "kind"));
    for (String bad : List.of("short", "with/slash/0123456789", "x".repeat(65))) {
      phone
          .propose("getui", "cid", bad)
          .then()
          .statusCode(400)
          .body("errors.field", contains("value"));
    }
    phone
        .propose("jpush", "cid", "0123456789abcdef0123")
        .then()
        .statusCode(400)
        .body("errors.message", contains("must be fcm or getui"));
    assertThat(addresses()).isEqualTo(before);
    String stranger = UUID.randomUUID().toString().replace("-", "");
    getui.doesNotKnow(stranger);
    phone
        .propose("getui", "cid", stranger)
        .then()
        .statusCode(400)
        .body("errors.field", contains("value"));
  }

  @Test
  void anAddressOfAProviderThatIsNoLongerAllowedIsAsGoodAsNone() {
    Api.Registered phone = Api.register(Map.of("country", "CN"));
    database
        .update(
            """
            UPDATE device SET push_provider = 'fcm', push_kind = 'TOKEN', push_sealed = '\\x00',
              push_index = '\\x01', push_confirmed_on = current_date
            WHERE id = $1
            """,
            phone.id())
        .await()
        .atMost(Duration.ofSeconds(10));
    String notice = announce(phone);
    Await.says(
        () ->
            Sql.text(
                "SELECT concat_ws(' ', state, reason, provider) FROM delivery WHERE notice_id = '"
                    + notice
                    + "'"),
        "SUPPRESSED no-push-address");
    assertThat(fcm.requests()).isEqualTo(fcmRequests);
  }

  private static Api.Registered withConsent() {
    Map<String, String> body = new HashMap<>(CONSENT);
    body.put("country", "DE");
    ValidatableResponse made = register(body).statusCode(201);
    return new Api.Registered(made.extract().path("deviceId"), made.extract().path("secret"));
  }

  private static ValidatableResponse register(Map<String, String> given) {
    Map<String, String> body =
        new HashMap<>(Map.of("kind", "phone", "product", "router-app-android", "version", "3.0.1"));
    body.putAll(given);
    return Api.anonymous().body(body).post("/v1/devices").then();
  }

  /** Everything that a registration writes. */
  private static String kept() {
    return Sql.text(
        "SELECT concat_ws(' ', (SELECT count(*) FROM device), (SELECT count(*) FROM consent_act),"
            + " (SELECT count(*) FROM notification_alerts),"
            + " (SELECT coalesce(sum(count), 0) FROM registration_count))");
  }

  private static String addresses() {
    return Sql.text(
        "SELECT concat_ws(' ', (SELECT count(*) FROM push_proof),"
            + " (SELECT count(*) FROM challenge_sent),"
            + " (SELECT count(*) FROM device WHERE push_sealed IS NOT NULL))");
  }
}
