package io.towncrier.notices;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithApprovals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With approvals on, whoever wrote at a notice does not let it out. */
@QuarkusTest
@TestProfile(WithApprovals.class)
class NoticeApprovalsIT {
  private static final String APP =
      """
      {"products":[
        {"id":"router-app-android","name":"Router app","kind":"app","defaultLanguage":"en"}]}
      """;

  @Test
  void somebodyWhoHasNotWrittenAtItApproves() {
    Api.as(Tokens.operator("olga")).body(APP).post("/v1/admin/catalogue");
    Map<String, Object> notice =
        new HashMap<>(Api.announcement("T", Map.of("devices", List.of(Api.phone("en").id()))));
    String path =
        "/v1/admin/notices/"
            + Api.as(Tokens.operator("olga")).body(notice).post("/v1/admin/notices").path("id");
    notice.put("revision", 0);
    notice.put("ttlSeconds", 600);
    Api.as(Tokens.operator("otto")).body(notice).put(path).then().statusCode(200);

    refused(
        Api.as(Tokens.operator("olga")).header("If-Match", "\"1\"").post(path + "/approve").then());
    refused(
        Api.as(Tokens.operator("otto")).header("If-Match", "\"1\"").post(path + "/approve").then());
    refused(Api.as(Tokens.operator("petra")).post(path + "/start").then());
    Api.as(Tokens.operator("petra"))
        .header("If-Match", "\"0\"")
        .post(path + "/approve")
        .then()
        .statusCode(409)
        .body("code", equalTo("stale-revision"));
    Api.as(Tokens.operator("petra"))
        .header("If-Match", "\"1\"")
        .post(path + "/approve")
        .then()
        .statusCode(200)
        .body("approvedBy", equalTo("petra"));
    Api.as(Tokens.operator("olga"))
        .header("If-Match", "\"2\"")
        .post(path + "/start")
        .then()
        .statusCode(200)
        .body("state", equalTo("running"), "planned", equalTo(1));
  }

  private static void refused(ValidatableResponse answer) {
    answer.statusCode(409).body("code", equalTo("approval-needed"));
  }
}
