package io.towncrier.privacyrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.Management;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests by letter or e-mail, from their opening to their end. */
@QuarkusTest
class PrivacyRequestsIT {
  private static final String PATH = "/v1/admin/privacy-requests";

  @Inject WatchDeadlines deadlines;

  private final String ticket = "CASE-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void noOthers() {
    Sql.run("DELETE FROM privacy_request");
  }

  @Test
  void aRequestIsDueFifteenDaysAfterItsVerificationAndClosedOnce() {
    Instant verified = Instant.now().minus(Duration.ofDays(11)).truncatedTo(ChronoUnit.MILLIS);
    String id =
        open("access", verified)
            .statusCode(201)
            .body("state", equalTo("open"), "urgency", equalTo("remind"))
            .body("dueAt", equalTo(verified.plus(Duration.ofDays(15)).toString()))
            .extract()
            .path("id");
    answer(id, "corrected").statusCode(400).body("errors.field", contains("answer"));
    answer(id, "data-provided")
        .statusCode(200)
        .body("state", equalTo("answered"), "answer", equalTo("data-provided"))
        .body("urgency", nullValue());
    answer(id, "data-provided").statusCode(409).body("code", equalTo("wrong-state"));
    refuse(id, "harms-others").statusCode(409);
    Api.operator().get(PATH + "/" + id).then().body("state", equalTo("answered"));
    Api.operator()
        .get("/v1/admin/audit?subject=" + id)
        .then()
        .body(
            "items.action", contains("privacy-request.answered", "privacy-request.opened"),
            "items.detail", contains("data-provided", "access"));
  }

  @Test
  void aRefusalHasAReasonAndANamedPersonAndAnOptOutIsNeverRefused() {
    String id = open("correction", Instant.now()).extract().path("id");
    refuse(id, "no-time").statusCode(400).body("errors.field", contains("refusal"));
    Api.operator()
        .body(Map.of("refusal", "trade-secret"))
        .post(PATH + "/" + id + "/refuse")
        .then()
        .statusCode(400)
        .body("errors.field", contains("decidedBy"));
    refuse(id, "trade-secret")
        .statusCode(200)
        .body("refusal", equalTo("trade-secret"), "decidedBy", equalTo("Ada Lovelace"));
    Api.operator()
        .get(PATH + "/" + id)
        .then()
        .statusCode(200)
        .body("refusal", equalTo("trade-secret"), "decidedBy", equalTo("Ada Lovelace"));
    Api.operator()
        .get("/v1/admin/audit?subject=" + id)
        .then()
        .body("items[0].detail", equalTo("trade-secret, decided by Ada Lovelace"));

    String optOut = open("opt-out", Instant.now()).extract().path("id");
    refuse(optOut, "trade-secret")
        .statusCode(409)
        .body("detail", containsString("is never refused"));
    answer(optOut, "switched-off").statusCode(200);
  }

  @Test
  void whatIsMissingMisspeltOrOutOfPlaceIsNamed() {
    Api.operator()
        .body(Map.of("kind", "gossip", "reference", "Ada Lovelace, ada@example.org"))
        .post(PATH)
        .then()
        .statusCode(400)
        .body("errors.field", contains("kind", "reference", "verifiedAt"));
    open("access", Instant.now().plusSeconds(600))
        .statusCode(400)
        .body("errors.field", contains("verifiedAt"));
    opening(Map.of("kind", "deletion")).statusCode(400).body("errors.field", contains("ground"));
    opening(Map.of("kind", "access", "ground", "minor"))
        .statusCode(400)
        .body("errors.field", contains("ground"));
    opening(Map.of("kind", "deletion", "ground", "minor"))
        .statusCode(201)
        .body("ground", equalTo("minor"));
    answer("prq_none", "deleted").statusCode(404).body("code", equalTo("unknown-privacy-request"));
    Api.operator().get(PATH + "/none").then().statusCode(404);
    Api.operator().get(PATH + "?after=x&state=late").then().statusCode(400);
  }

  @Test
  void theListIsInTheOrderOfDeadlinesInPagesAndFiltered() {
    List<String> ids = new ArrayList<>();
    Instant verified = Instant.now().minus(Duration.ofDays(5)).truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < 5; i++) {
      // Two of them have the same deadline.
      Instant at = verified.plus(Duration.ofHours(i / 2));
      ids.add(open(i == 3 ? "opt-out" : "access", at).statusCode(201).extract().path("id"));
    }
    answer(ids.get(4), "no-data-held").statusCode(200);
    List<String> listed = new ArrayList<>();
    String after = "";
    do {
      var page = Api.operator().get(PATH + "?limit=2" + after).then().statusCode(200).extract();
      listed.addAll(page.path("items.id"));
      after = page.path("next") == null ? "" : "&after=" + page.path("next");
    } while (!after.isEmpty());
    assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(listed.get(4)).isEqualTo(ids.get(4));
    assertThat(listed.subList(0, 2)).containsExactlyInAnyOrder(ids.get(0), ids.get(1));
    list("?state=open&kind=opt-out").body("items.id", contains(ids.get(3)));
    list("?state=answered").body("items.id", contains(ids.get(4)), "total", equalTo("1"));
    String bound = verified.plus(Duration.ofDays(15)).plusMillis(1).toString();
    list("?dueBefore=" + bound).body("items.size()", equalTo(2));
    list("?sort=-due").body("items[0].id", equalTo(ids.get(4)));
  }

  @Test
  void eachLookCountsWhatIsPressingUntilItIsClosed() {
    Instant now = Instant.now();
    open("access", now.minus(Duration.ofDays(9)));
    open("access", now.minus(Duration.ofDays(10)));
    String alarming = open("access", now.minus(Duration.ofDays(14))).extract().path("id");
    String overdue = open("access", now.minus(Duration.ofDays(15))).extract().path("id");
    assertThat(look()).isEqualTo(new PrivacyRequests.Pressing(3, 2, 1));
    assertThat(look()).isEqualTo(new PrivacyRequests.Pressing(3, 2, 1));
    assertThat(RestAssured.get(Management.url("/q/metrics")).asString())
        .contains("towncrier_privacy_requests{urgency=\"overdue\"} 1.0");
    Api.operator()
        .get("/v1/admin/health")
        .then()
        .body("checks.data.state", hasItem("alarm"), "checks.data.overdue", hasItem(1));
    answer(alarming, "data-provided");
    answer(overdue, "data-provided");
    assertThat(look()).isEqualTo(new PrivacyRequests.Pressing(1, 0, 0));
  }

  private PrivacyRequests.Pressing look() {
    return deadlines.run().await().atMost(Duration.ofSeconds(10));
  }

  private ValidatableResponse open(String kind, Instant verified) {
    return opening(Map.of("kind", kind, "verifiedAt", verified.toString()));
  }

  private ValidatableResponse opening(Map<String, String> given) {
    Map<String, String> body = new HashMap<>(given);
    body.putIfAbsent("verifiedAt", Instant.now().toString());
    body.put("reference", ticket);
    return Api.operator().body(body).post(PATH).then();
  }

  private static ValidatableResponse answer(String id, String answer) {
    return Api.operator().body(Map.of("answer", answer)).post(PATH + "/" + id + "/answer").then();
  }

  private static ValidatableResponse refuse(String id, String reason) {
    return Api.operator()
        .body(Map.of("refusal", reason, "decidedBy", "Ada Lovelace"))
        .post(PATH + "/" + id + "/refuse")
        .then();
  }

  private static ValidatableResponse list(String query) {
    return Api.operator().get(PATH + query).then().statusCode(200);
  }
}
