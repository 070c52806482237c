package io.towncrier.privacyrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.TablesHold;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The maker's account system cancels accounts. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class CancelByRequestIT {
  private final String subject = "alice-" + UUID.randomUUID();
  private final String alice = Tokens.user(subject);

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void anAccountIsCancelledByItsSubjectAndTheRequestIsAnswered() {
    Api.Registered phone = Api.phone("en");
    phone.pushTo("tok-" + UUID.randomUUID());
    Api.as(alice)
        .header("X-Device-Secret", phone.secret())
        .put(phone.path("/account"))
        .then()
        .statusCode(204);
    ValidatableResponse made =
        request(Map.of("kind", "cancellation", "subject", subject))
            .statusCode(201)
            .body("state", equalTo("answered"), "answer", equalTo("account-cancelled"));
    String receipt = made.extract().path("receipt");
    String id = made.extract().path("id");
    Api.as(alice).get("/v1/me").then().body("account", nullValue()).body("devices", empty());
    Api.anonymous()
        .get("/v1/receipts/" + receipt)
        .then()
        .body("state", equalTo("restricted"), "ground", equalTo("account-cancelled"));
    // As a cancellation by the person: the same receipt.
    request(Map.of("kind", "cancellation", "subject", subject))
        .statusCode(201)
        .body("receipt", equalTo(receipt));
    Api.as(alice).delete("/v1/me").then().body("receipt", equalTo(receipt));
    // Neither the request nor the audit log names the person, and the receipt is shown once.
    assertThat(TablesHold.thisText(subject)).isEmpty();
    Api.as(Tokens.operator("olga"))
        .get("/v1/admin/privacy-requests/" + id)
        .then()
        .body("state", equalTo("answered"), "receipt", nullValue());
    Api.as(Tokens.operator("olga"))
        .get("/v1/admin/audit?subject=" + id)
        .then()
        .body("items.action", contains("privacy-request.answered", "privacy-request.opened"));
  }

  @Test
  void ofAMinorNothingWaitsAndOfSomebodyUnknownNothingIsHeld() {
    Api.Registered phone = Api.phone("en");
    Api.as(alice)
        .header("X-Device-Secret", phone.secret())
        .put(phone.path("/account"))
        .then()
        .statusCode(204);
    String receipt =
        request(Map.of("kind", "deletion", "ground", "minor", "subject", subject))
            .statusCode(201)
            .body("answer", equalTo("deleted"))
            .extract()
            .path("receipt");
    Api.anonymous().get("/v1/receipts/" + receipt).then().body("ground", equalTo("minor"));
    request(Map.of("kind", "cancellation", "subject", "nobody-" + UUID.randomUUID()))
        .statusCode(201)
        .body("answer", equalTo("no-data-held"), "receipt", nullValue());
  }

  @Test
  void aSubjectIsForCancellationsAndDeletionsAloneAndForOperatorsAlone() {
    request(Map.of("kind", "access", "subject", subject))
        .statusCode(400)
        .body("errors.field", contains("subject"));
    request(Map.of("kind", "cancellation", "subject", "x".repeat(256)))
        .statusCode(400)
        .body("errors.field", contains("subject"));
    request(Map.of("kind", "cancellation", "subject", ""))
        .statusCode(400)
        .body("errors.field", contains("subject"));
    Api.as(alice)
        .body(body(Map.of("kind", "cancellation", "subject", subject)))
        .post("/v1/admin/privacy-requests")
        .then()
        .statusCode(403);
  }

  private static ValidatableResponse request(Map<String, String> given) {
    return Api.as(Tokens.operator("olga"))
        .body(body(given))
        .post("/v1/admin/privacy-requests")
        .then();
  }

  private static Map<String, String> body(Map<String, String> given) {
    Map<String, String> body = new HashMap<>(given);
    body.put("reference", "CASE-4711");
    body.put("verifiedAt", Instant.now().toString());
    return body;
  }
}
