package io.towncrier.consents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Revisions of the policy that ask for a consent, and what is answered. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class AskedConsentIT {
  private static final Map<String, String> PUSH = Map.of("kind", "push", "textVersion", "2026-06");
  private static final Map<String, String> CROSSING =
      Map.of(
          "kind", "cross-border",
          "textVersion", "2026-06",
          "data", "device facts",
          "recipient", "Towncrier US");

  private final String olga = Tokens.operator("olga");
  private final String alice = Tokens.user("alice-" + UUID.randomUUID());
  private Api.Registered phone;

  @BeforeEach
  void aPhone() {
    Api.as(olga).body(Api.sampleCatalogue()).post("/v1/admin/catalogue").then().statusCode(200);
    phone = Api.phone("de");
  }

  @Test
  void theInboxAsksAndUntilItIsGivenTheFormerRuleHolds() {
    phone
        .as()
        .body(
            Map.of("kind", "push", "withdrawn", false, "textVersion", "2026-01", "language", "de"))
        .put(phone.path("/consents"))
        .then()
        .statusCode(200);
    String notice = start(PUSH, phone);
    phone
        .as()
        .get(phone.path("/notices"))
        .then()
        .body("items[0].asksConsent.kind", equalTo("push"))
        .body("items[0].asksConsent.textVersion", equalTo("2026-06"))
        .body("items[0].asksConsent.recipient", nullValue());
    counts(notice, 1, 0, 0, 1);

    answer(phone, notice, false, "2026-06")
        .statusCode(200)
        .body("answers.notice", contains(notice))
        .body("answers.given", contains(false))
        .body("answers.language", contains("de"))
        .body("consents.textVersion", contains("2026-01"))
        .body("history", hasSize(1));
    pushIs(true);
    String row = row(notice);
    answer(phone, notice, false, "2026-06").statusCode(200);
    assertThat(row(notice)).as("the same again writes nothing").isEqualTo(row);
    counts(notice, 1, 0, 1, 0);

    answer(phone, notice, true, "2026-06")
        .statusCode(200)
        .body("answers.given", contains(true))
        .body("consents.textVersion", contains("2026-06"))
        .body("consents.withdrawn", contains(false))
        .body("history", hasSize(2));
    // The same again is no other act.
    answer(phone, notice, true, "2026-06").body("history", hasSize(2));
    counts(notice, 1, 1, 0, 0);
  }

  @Test
  void whatWasGivenIsWithdrawnAndThatStopsPushes() {
    String notice = start(PUSH, phone);
    answer(phone, notice, true, "2026-06").statusCode(200);
    answer(phone, notice, false, "2026-06").statusCode(409).body("code", equalTo("wrong-state"));
    pushIs(true);
    phone
        .as()
        .body(Map.of("kind", "push", "withdrawn", true))
        .put(phone.path("/consents"))
        .then()
        .statusCode(200)
        .body("consents.withdrawn", contains(true));
    pushIs(false);
    // To agree again switches nothing on.
    answer(phone, notice, true, "2026-06").body("consents.withdrawn", contains(false));
    pushIs(false);
  }

  @Test
  void aConsentThatDataCrossABorderIsGivenToWhatTheNoticeSays() {
    String notice = start(CROSSING, phone);
    answer(phone, notice, true, "2026-06")
        .statusCode(200)
        .body("consents.kind", contains("cross-border"))
        .body("consents.data", contains("device facts"))
        .body("consents.recipient", contains("Towncrier US"));
  }

  @Test
  void nothingIsAnsweredByAccidentOrForSomebodyElse() {
    String notice = start(PUSH, phone);
    answer(phone, notice, true, "2026-01")
        .statusCode(400)
        .body("errors.field", contains("textVersion"));
    phone
        .as()
        .body(Map.of("gvien", true))
        .put(phone.path("/consents/" + notice))
        .then()
        .statusCode(400)
        .body("errors.field", contains("given", "textVersion", "language"));
    // Whichever version a stranger names: there is no such notice.
    answer(Api.phone("de"), notice, true, "2026-06").statusCode(404);
    answer(Api.phone("de"), notice, true, "2026-01").statusCode(404);
    answer(phone, "ntc_unknown", true, "2026-06").statusCode(404);
    answer(phone, start(null, phone), true, "2026-06").statusCode(404);
    asAlice(notice, true).statusCode(404).body("code", equalTo("unknown-notice"));
    Api.as(olga).post("/v1/admin/notices/" + notice + "/cancel").then().statusCode(200);
    answer(phone, notice, true, "2026-06").statusCode(404);
    phone
        .as()
        .get(phone.path("/consents"))
        .then()
        .body("answers", empty())
        .body("history", empty());
  }

  @Test
  void anAccountAnswersForItsDevicesAndDeclinesNothingThatOneHasGiven() {
    Api.Registered tablet = Api.phone("de");
    Api.Registered router = Api.phone("de");
    for (Api.Registered device : List.of(phone, tablet)) {
      link(device);
    }
    String notice = start(PUSH, phone, tablet, router);
    Api.as(alice)
        .get("/v1/me/notices")
        .then()
        .body("items[0].asksConsent.textVersion", equalTo("2026-06"));
    answer(phone, notice, true, "2026-06").statusCode(200);
    asAlice(notice, false).statusCode(200).body("history", empty());
    counts(notice, 3, 1, 1, 1);
    answers(tablet).body("answers.given", contains(false));
    answers(phone).body("answers.given", contains(true));

    asAlice(notice, true)
        .statusCode(200)
        .body("answers.given", contains(true))
        .body("consents.textVersion", contains("2026-06"));
    answers(tablet).body("answers.given", contains(true)).body("history", empty());
    counts(notice, 3, 2, 0, 1);

    // What happened stays counted, and nothing of it is kept of the device.
    tablet.as().delete(tablet.path("")).then().statusCode(204);
    assertThat(Sql.text("SELECT count(*) FROM consent_answer WHERE device_id = ?", tablet.id()))
        .isEqualTo("0");
    counts(notice, 3, 2, 0, 1);
  }

  private void link(Api.Registered device) {
    Api.as(alice)
        .header("X-Device-Secret", device.secret())
        .put(device.path("/account"))
        .then()
        .statusCode(204);
  }

  /** Starts a revision that asks for this; for nothing when it is null. */
  private String start(Map<String, String> asks, Api.Registered... devices) {
    Map<String, Object> draft =
        new HashMap<>(
            Api.announcement(
                "Policy",
                Map.of("devices", Arrays.stream(devices).map(Api.Registered::id).toList())));
    draft.put("kind", "policy-revision");
    draft.put("policyChange", "recipients");
    if (asks != null) {
      draft.put("asksConsent", asks);
    }
    String id =
        Api.as(olga)
            .body(draft)
            .post("/v1/admin/notices")
            .then()
            .statusCode(201)
            .body("asksConsent", asks == null ? nullValue() : equalTo(asks))
            .extract()
            .path("id");
    Api.as(olga).post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }

  private void counts(String notice, int asked, int given, int declined, int open) {
    Api.as(olga)
        .get("/v1/admin/notices/" + notice)
        .then()
        .statusCode(200)
        .body(
            "consentAnswers",
            equalTo(Map.of("asked", asked, "given", given, "declined", declined, "open", open)));
  }

  /** Which version of the row it is, and since when. */
  private static String row(String notice) {
    return Sql.text("SELECT xmin || ' ' || at FROM consent_answer WHERE notice_id = ?", notice);
  }

  private void pushIs(boolean on) {
    phone.as().get(phone.path("/notification-alerts")).then().body("push", equalTo(on));
  }

  private static ValidatableResponse answers(Api.Registered device) {
    return device.as().get(device.path("/consents")).then().statusCode(200);
  }

  private static ValidatableResponse answer(
      Api.Registered device, String notice, boolean given, String version) {
    return put(device.as(), device.path("/consents/" + notice), given, version);
  }

  private ValidatableResponse asAlice(String notice, boolean given) {
    return put(Api.as(alice), "/v1/me/consents/" + notice, given, "2026-06");
  }

  private static ValidatableResponse put(
      RequestSpecification who, String path, boolean given, String version) {
    return who.body(Map.of("given", given, "textVersion", version, "language", "de"))
        .put(path)
        .then();
  }
}
