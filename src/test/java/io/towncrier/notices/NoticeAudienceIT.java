package io.towncrier.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.platform.Ids;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a notice reaches, when, and what they read. */
@QuarkusTest
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class NoticeAudienceIT {
  private final LoopbackFcm fcm = LoopbackFcm.running();

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void aRouterIsReachedOnThePhonesOfItsAccountsAndReadOnceForAllOfThem() {
    Api.Registered router = router();
    Api.Registered mine = Api.phone("en");
    Api.Registered hers = Api.phone("en");
    Api.Registered other = Api.phone("en");
    String address = Ids.next("tok");
    mine.pushTo(address);
    link(router, mine, hers);
    link(mine, hers);
    String id =
        start(
            Map.of(
                "kind", "firmware-update",
                "texts", Map.of("en", text("{product}", "You have {version}.")),
                "audience", Map.of("devices", List.of(router.id()), "kind", "router")),
            3);

    preview(id).body("addressed", equalTo(3));
    inbox(router)
        .body("items.id", contains(id))
        .body("items[0].title", equalTo("Towncrier AX3000"))
        .body("items[0].body", equalTo("You have 1.2.0."));
    inbox(mine)
        .body("items[0].title", equalTo("Towncrier AX3000"))
        .body("items[0].body", equalTo("You have 1.2.0."));
    Await.patiently("the push arrives", () -> fcm.to(address).size() == 1);
    assertThat(fcm.to(address).get(0).message().at("/notification/title").asText())
        .isEqualTo("Towncrier AX3000");
    inbox(other).body("items", empty());
    mine.as().post(mine.path("/notices/" + id + "/read")).then().statusCode(204);
    for (Api.Registered device : List.of(router, mine, hers)) {
      inbox(device).body("items[0].read", equalTo(true));
    }
    other.as().post(other.path("/notices/" + id + "/read")).then().statusCode(404);

    Await.patiently(
        "it is suppressed",
        () -> "suppressed".equals(explain(id, hers).extract().path("delivery.state")));
    explain(id, hers)
        .body("addressed", equalTo(true))
        .body("throughRouter", equalTo(true))
        .body("unmet", contains("kind", "devices"))
        .body("delivery.state", equalTo("suppressed"))
        .body("delivery.reason", equalTo("no-push-address"))
        .body("pushForbiddenBecause", equalTo("no-push-address"));
    explain(id, other)
        .body("addressed", equalTo(false), "matchesNow", equalTo(false))
        .body("unmet", contains("kind", "devices"));
  }

  @Test
  void whatWasReadIsReadOnADeviceThatIsLinkedOrToldLater() {
    Api.Registered mine = Api.phone("en");
    Api.Registered hers = Api.phone("en");
    Api.Registered later = Api.phone("en");
    String id = start(Map.of("audience", Map.of("devices", List.of(mine.id(), hers.id()))), 2);
    mine.as().post(mine.path("/notices/" + id + "/read")).then().statusCode(204);
    inbox(hers).body("items[0].read", equalTo(false));
    link(mine, hers, later);
    Sql.run(
        "INSERT INTO delivery (notice_id, device_id, due_at) VALUES ('%s', '%s', now())"
            .formatted(id, later.id()));
    for (Api.Registered device : List.of(hers, later)) {
      inbox(device).body("items.id", contains(id)).body("items[0].read", equalTo(true));
      device
          .as()
          .body(
              Map.of(
                  "version",
                  "2.0.1",
                  "country",
                  "DE",
                  "timezone",
                  "Europe/Berlin",
                  "language",
                  "en"))
          .post(device.path("/check"))
          .then()
          .statusCode(200)
          .body("unreadNotices", equalTo(0));
    }
  }

  @Test
  void aRangeOfVersionsIsInTheOrderOfTheProduct() {
    List<Api.Registered> phones =
        Stream.of("1.9", "2.0.1", "2.10", "3.0.0")
            .map(version -> Api.register(Map.of("version", version, "country", "IS")))
            .toList();
    Map<String, Object> audience =
        new HashMap<>(
            Map.of(
                "products", List.of("router-app-android"),
                "countries", List.of("IS"),
                "devices", phones.stream().map(Api.Registered::id).toList()));
    audience.put("versions", Map.of("from", "2.0", "before", "3.0"));
    String id = draft(Map.of("audience", audience));
    preview(id).body("addressed", equalTo(2), "byCountry.IS", equalTo(2));
    Api.operator()
        .get("/v1/admin/notices/" + id)
        .then()
        .body("audience.versions.before", equalTo("3.0"));
    explain(id, phones.get(0)).body("unmet", contains("versions"), "addressed", equalTo(false));
    audience.put("versions", Map.of("from", "!"));
    Api.operator()
        .body(body(Map.of("audience", audience)))
        .post("/v1/admin/notices")
        .then()
        .statusCode(400)
        .body("errors.field", contains("audience.versions.from"));
  }

  @Test
  void languagesOfAnAudienceMeanScriptsAndParentsWhereverTheyAreMatched() {
    Map<String, Api.Registered> phones =
        Stream.of(
                "zh_HK",
                "zh-TW",
                "zh_Hant_MO",
                "zh-CN",
                "zh",
                "es_MX",
                "es-ES",
                "nb_NO",
                "sr@latin")
            .collect(Collectors.toMap(language -> language, Api::phone));
    List<String> all = phones.values().stream().map(Api.Registered::id).toList();
    Map<String, Integer> meant =
        Map.of("zh-Hant", 3, "zh-HK", 2, "zh-Hans", 2, "zh", 5, "es-419", 1, "no", 1, "sr", 1);
    meant.forEach(
        (language, count) ->
            assertThat(addressed(Map.of("devices", all, "languages", List.of(language))))
                .as(language)
                .isEqualTo(count));
    Map<String, Object> texts = new HashMap<>();
    List.of("en", "zh", "zh-Hant", "es-419").forEach(l -> texts.put(l, text("T", "B")));
    String id =
        start(
            Map.of(
                "texts",
                texts,
                "audience",
                Map.of("devices", all, "languages", List.of("zh", "es"))),
            7);
    Map.of("zh_HK", "zh-Hant", "zh-TW", "zh-Hant", "zh-CN", "zh", "zh", "zh", "es_MX", "es-419")
        .forEach(
            (phone, text) -> inbox(phones.get(phone)).body("items[0].language", equalTo(text)));
    explain(id, phones.get("zh-TW")).body("addressed", equalTo(true), "unmet", empty());
    explain(id, phones.get("nb_NO"))
        .body("addressed", equalTo(false), "unmet", contains("languages"));
  }

  @Test
  void conditionsOfChannelKindAccountAndLastSeenCount() {
    Api.Registered phone = Api.phone("en");
    Api.Registered old = Api.phone("en");
    unseen(old, 5);
    String account = link(phone, old);
    List<String> both = List.of(phone.id(), old.id());
    assertThat(addressed(Map.of("accounts", List.of(account)))).isEqualTo(2);
    assertThat(addressed(Map.of("devices", both, "seenWithinDays", 4))).isEqualTo(1);
    assertThat(addressed(Map.of("devices", both, "seenWithinDays", 5))).isEqualTo(2);
    assertThat(addressed(Map.of("devices", both, "channels", List.of("stable")))).isEqualTo(2);
    assertThat(addressed(Map.of("devices", both, "kind", "phone"))).isEqualTo(2);
  }

  @Test
  void anHourOfTheDeviceIsWaitedForAndAnUnknownZoneIsNotPushedTo() {
    LocalTime hour = LocalTime.now(ZoneId.of("Asia/Tokyo")).plusHours(3).withSecond(0).withNano(0);
    Api.Registered tokyo = Api.register(Map.of("timezone", "Asia/Tokyo", "country", "JP"));
    Api.Registered nowhere = Api.register(Map.of("country", "US"));
    Sql.run("UPDATE device SET time_zone = 'Mars/Base' WHERE id = '" + nowhere.id() + "'");
    Map<String, Object> notice =
        Map.of(
            "audience", Map.of("devices", List.of(tokyo.id(), nowhere.id())),
            "schedule", Map.of("localTime", hour.toString()),
            "ttlSeconds", 3600);
    preview(draft(notice)).body("suppressed.unknown-zone", equalTo(1), "addressed", equalTo(2));
    String id = start(notice, 2);

    Instant due = Instant.parse(explain(id, tokyo).extract().path("delivery.dueAt"));
    LocalTime local = LocalTime.ofInstant(due, ZoneId.of("Asia/Tokyo"));
    assertThat(Duration.between(hour, local).abs())
        .isBetween(Duration.ofMinutes(1), Duration.ofMinutes(10));
    Instant expires =
        Instant.parse(Api.operator().get("/v1/admin/notices/" + id).path("expiresAt"));
    assertThat(expires).isAfterOrEqualTo(due.plusSeconds(3600));
    explain(id, nowhere).body("delivery.reason", equalTo("unknown-zone"));
    // What is for nine o'clock is not read at night.
    inbox(tokyo).body("items", empty());
    inbox(nowhere).body("items.id", contains(id));
  }

  @Test
  void anIncidentTellsWhatToDoAndCountsWhomNobodyReaches() {
    Api.Registered phone = Api.phone("de-CH");
    Api.Registered gone = Api.phone("en");
    unseen(gone, 40);
    Map<String, Object> notice =
        Map.of(
            "kind", "security-incident",
            "texts",
                Map.of(
                    "en", incident("Incident", "is known"),
                    "de", incident("Vorfall", "ist bekannt")),
            "audience", Map.of("devices", List.of(phone.id(), gone.id())));
    preview(draft(notice))
        .body("unreachable", equalTo(1), "publicAnnouncementNeeded", equalTo(true))
        .body("advice.en.situation", equalTo("Router App for Android is known"))
        .body("texts.de.title", equalTo("Vorfall"))
        .body("expectedSeconds", equalTo(0));
    String id = start(notice, 2);
    inbox(phone)
        .body("items[0].kind", equalTo("security-incident"))
        .body("items[0].language", equalTo("de"))
        .body("items[0].incident.situation", equalTo("Router App for Android ist bekannt"))
        .body("items[0].incident.selfProtection", equalTo("s"));
    Await.patiently(
        "it is counted",
        () ->
            Integer.valueOf(1)
                .equals(Api.operator().get("/v1/admin/notices/" + id).path("unreachable")));
  }

  @Test
  void aRevisionOfThePolicySaysWhatItChanges() {
    Api.Registered phone = Api.phone("en");
    start(
        Map.of(
            "kind", "policy-revision",
            "policyChange", "recipients",
            "audience", Map.of("devices", List.of(phone.id()))),
        1);
    inbox(phone).body("items[0].policyChange", equalTo("recipients"));
  }

  @Test
  void devicesAreSpreadAndPreviewSaysHowLongItTakes() {
    List<String> phones = Stream.generate(() -> Api.phone("en").id()).limit(8).toList();
    Map<String, Object> notice =
        Map.of("audience", Map.of("devices", phones), "schedule", Map.of("spreadSeconds", 3600));
    preview(draft(notice)).body("expectedSeconds", greaterThanOrEqualTo(3600));
    String id = start(notice, 8);
    Instant now = Instant.now();
    List<Instant> due =
        phones.stream()
            .map(p -> Api.operator().get("/v1/admin/notices/" + id + "/devices/" + p))
            .map(answer -> Instant.parse(answer.path("delivery.dueAt")))
            .toList();
    assertThat(due).allMatch(d -> d.isBefore(now.plusSeconds(3600)));
    assertThat(due.stream().distinct().count()).isGreaterThan(6);
  }

  private static int addressed(Map<String, ?> audience) {
    return preview(draft(Map.of("audience", audience))).extract().path("addressed");
  }

  private static ValidatableResponse preview(String id) {
    return Api.operator().post("/v1/admin/notices/" + id + "/preview").then().statusCode(200);
  }

  private static ValidatableResponse explain(String id, Api.Registered device) {
    return Api.operator()
        .get("/v1/admin/notices/" + id + "/devices/" + device.id())
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse inbox(Api.Registered device) {
    return device.as().get(device.path("/notices")).then().statusCode(200);
  }

  private static String start(Map<String, ?> with, int planned) {
    String id = draft(with);
    Api.operator()
        .post("/v1/admin/notices/" + id + "/start")
        .then()
        .statusCode(200)
        .body("planned", equalTo(planned));
    return id;
  }

  private static String draft(Map<String, ?> with) {
    return Api.operator()
        .body(body(with))
        .post("/v1/admin/notices")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static Map<String, Object> body(Map<String, ?> with) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "kind", "announcement",
                "defaultLanguage", "en",
                "texts", Map.of("en", text("T", "B"))));
    body.putAll(with);
    return body;
  }

  private static Map<String, Object> text(String title, String body) {
    return Map.of("title", title, "body", body);
  }

  private static Map<String, Object> incident(String title, String situation) {
    return Map.of(
        "title",
        title,
        "body",
        "B",
        "incident",
        Map.of(
            "situation", "{product} " + situation,
            "measures", "m",
            "selfProtection", "s",
            "remedies", "r"));
  }

  private static Api.Registered router() {
    return Api.register(
        Map.of("kind", "router", "product", "towncrier_ax3000", "version", "1.2.0"));
  }

  private static void unseen(Api.Registered device, int days) {
    Sql.run(
        "UPDATE device SET last_seen_on = (now() AT TIME ZONE 'UTC')::date - "
            + days
            + " WHERE id = '"
            + device.id()
            + "'");
  }

  /** An account that these devices share. */
  private static String link(Api.Registered... devices) {
    String account = Ids.next("acc");
    Sql.run(
        "INSERT INTO account (id, subject_index, subject_sealed, created_at) VALUES ('%s', '%s', '', now())"
            .formatted(account, UUID.randomUUID()));
    for (Api.Registered device : devices) {
      Sql.run(
          "INSERT INTO device_account (device_id, account_id) VALUES ('%s', '%s')"
              .formatted(device.id(), account));
    }
    return account;
  }
}
