package io.towncrier.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.SeenStatements;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The in-app notices of a person, of all linked devices. */
@QuarkusTest
@TestProfile(WithOidc.class)
class MyNoticesIT {
  private static final String MINE = "/v1/me/notices";

  private final String alice = Tokens.user("alice-" + UUID.randomUUID());
  private Api.Registered phone;
  private Api.Registered tablet;

  @BeforeEach
  void twoDevicesOfAlice() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    phone = linked();
    tablet = linked();
  }

  @Test
  void aNoticeOfTwoDevicesIsThereOnceAndIsReadOnBoth() {
    String both = announce("Both", phone, tablet);
    String one = announce("One", tablet);
    announce("Another's", Api.phone("en"));

    mine("").body("items.id", contains(one, both), "total", equalTo("2"), "next", nullValue());
    String next = mine("?limit=1").body("items.id", contains(one)).extract().path("next");
    mine("?limit=1&after=" + next).body("items.id", contains(both), "items.read", contains(false));
    mine("?sort=since").body("items.id", contains(both, one));

    Api.as(alice).post(MINE + "/" + both + "/read").then().statusCode(204);
    mine("").body("items.read", contains(false, true));
    phone.as().get(phone.path("/notices")).then().body("items.read", contains(true));
    Api.as(Tokens.user("bob-" + UUID.randomUUID()))
        .get(MINE)
        .then()
        .statusCode(200)
        .body("items", empty());
    Api.as(Tokens.user("bob-" + UUID.randomUUID()))
        .post(MINE + "/" + one + "/read")
        .then()
        .statusCode(404);
  }

  @Test
  void whatEveryInboxLeavesOutIsLeftOut() {
    String notice = announce("Hidden on one", phone, tablet);
    hideAnnouncements(phone);
    mine("").body("items.id", contains(notice));
    phone.as().get(phone.path("/notices")).then().body("items", empty());
    hideAnnouncements(tablet);
    mine("").body("items", empty());

    String cancelled = announce("Cancelled", linked());
    mine("").body("items.id", contains(cancelled));
    Api.as(Tokens.operator("olga"))
        .post("/v1/admin/notices/" + cancelled + "/cancel")
        .then()
        .statusCode(200);
    mine("").body("items", empty());
  }

  @Test
  void aLookIsOneStatementAndWithoutNewsA304() {
    announce("News", phone, tablet);
    String tag = mine("").extract().header("ETag");
    SeenStatements seen =
        SeenStatements.during(
            () -> Api.as(alice).header("If-None-Match", tag).get(MINE).then().statusCode(304));
    assertThat(seen.callsOf("account.subject_index")).as(seen.toString()).isOne();
    announce("More", phone);
    Api.as(alice).header("If-None-Match", tag).get(MINE).then().statusCode(200);
  }

  @Test
  void aTestGoesToAPhoneOfOnesOwnAloneAndPastNoOptOut() {
    String olga = Tokens.operator("olga-" + UUID.randomUUID());
    Api.Registered own = Api.phone("en");
    Api.as(olga)
        .header("X-Device-Secret", own.secret())
        .put(own.path("/account"))
        .then()
        .statusCode(204);
    testSend(olga, phone).statusCode(404);
    phone.as().get(phone.path("/notices")).then().body("items", empty());

    String sent =
        testSend(olga, own)
            .statusCode(200)
            .body("state", equalTo("running"))
            .body("audience.devices", contains(own.id()))
            .extract()
            .path("id");
    own.as().get(own.path("/notices")).then().body("items.id", contains(sent));
    // It goes the way of every push: what the phone does not want in-app is not there.
    hideAnnouncements(own);
    testSend(olga, own).statusCode(200);
    own.as().get(own.path("/notices")).then().body("items", empty());
  }

  private static ValidatableResponse testSend(String operator, Api.Registered device) {
    Map<String, Object> notice = Api.announcement("Test", Map.of("products", List.of("none")));
    return Api.as(operator)
        .body(Map.of("notice", notice, "device", device.id()))
        .post("/v1/admin/notices/test-sends")
        .then();
  }

  private Api.Registered linked() {
    Api.Registered device = Api.phone("en");
    Api.as(alice)
        .header("X-Device-Secret", device.secret())
        .put(device.path("/account"))
        .then()
        .statusCode(204);
    return device;
  }

  private static void hideAnnouncements(Api.Registered device) {
    int revision = device.as().get(device.path("/notification-alerts")).path("revision");
    device
        .as()
        .body(Map.of("revision", revision, "inAppCategories", Map.of("announcement", false)))
        .put(device.path("/notification-alerts"))
        .then()
        .statusCode(200);
  }

  private static String announce(String title, Api.Registered... devices) {
    List<String> ids = List.of(devices).stream().map(Api.Registered::id).toList();
    String id = Api.draft(Api.as(Tokens.operator("olga")), title, Map.of("devices", ids));
    Api.as(Tokens.operator("olga"))
        .post("/v1/admin/notices/" + id + "/start")
        .then()
        .statusCode(200);
    return id;
  }

  private ValidatableResponse mine(String query) {
    return Api.as(alice).get(MINE + query).then().statusCode(200);
  }
}
