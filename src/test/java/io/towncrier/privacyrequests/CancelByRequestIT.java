package io.towncrier.privacyrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.rights.CancelAccount;
import io.towncrier.testing.Api;
import io.towncrier.testing.TablesHold;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The maker's account system cancels accounts. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class CancelByRequestIT {
  private static final String REFERENCE = "CASE-4711";

  @Inject CancelAccount account;
  @Inject PrivacyRequests requests;
  @Inject AuditLog audit;
  @Inject Transactions transactions;
  @Inject InstantSource clock;

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
  void theSameAgainIsTheSameRequestAndAnotherReferenceIsAnother() {
    Api.Registered phone = Api.phone("en");
    link(phone);
    String id =
        request(Map.of("kind", "cancellation", "subject", subject))
            .statusCode(201)
            .extract()
            .path("id");
    request(Map.of("kind", "cancellation", "subject", subject))
        .statusCode(201)
        .body("id", equalTo(id), "state", equalTo("answered"));
    request(Map.of("kind", "deletion", "ground", "minor", "subject", subject))
        .statusCode(201)
        .body("id", not(equalTo(id)), "state", equalTo("answered"));
    Api.as(Tokens.operator("olga"))
        .get("/v1/admin/audit?subject=" + id)
        .then()
        .body("items.action", contains("privacy-request.answered", "privacy-request.opened"));
  }

  @Test
  void aRequestThatIsNotNotedCancelsNothing() {
    link(Api.phone("en"));
    Failing killed = new Failing(requests, true);
    assertThatThrownBy(() -> cancelWith(killed)).hasStackTraceContaining("killed");
    Api.as(alice).get("/v1/me").then().body("devices", hasSize(1));
  }

  @Test
  void aFailureBeforeTheAnswerLeavesAnOpenRequestThatTheSameAgainEnds() {
    link(Api.phone("en"));
    Failing killed = new Failing(requests, false);
    assertThatThrownBy(() -> cancelWith(killed)).hasStackTraceContaining("killed");
    Api.as(alice).get("/v1/me").then().body("account", nullValue()).body("devices", empty());
    String id = killed.added.get(0);
    Api.as(Tokens.operator("olga"))
        .get("/v1/admin/privacy-requests/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("open"), "reference", equalTo(REFERENCE));

    request(Map.of("kind", "cancellation", "subject", subject))
        .statusCode(201)
        .body("id", equalTo(id), "state", equalTo("answered"))
        .body("answer", equalTo("account-cancelled"), "receipt", notNullValue());
    Api.as(Tokens.operator("olga"))
        .get("/v1/admin/audit?subject=" + id)
        .then()
        .body("items.action", contains("privacy-request.answered", "privacy-request.opened"));
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

  private void cancelWith(PrivacyRequests store) {
    HandlePrivacyRequest handle = new HandlePrivacyRequest(store, audit, transactions, clock);
    new CancelByRequest(account, handle, transactions)
        .run(
            new CancelByRequest.Asked(
                RequestKind.CANCELLATION, REFERENCE, Optional.empty(), clock.instant()),
            new Secret(subject),
            "olga")
        .await()
        .atMost(Duration.ofSeconds(15));
  }

  private void link(Api.Registered phone) {
    Api.as(alice)
        .header("X-Device-Secret", phone.secret())
        .put(phone.path("/account"))
        .then()
        .statusCode(204);
  }

  private static ValidatableResponse request(Map<String, String> given) {
    return Api.as(Tokens.operator("olga"))
        .body(body(given))
        .post("/v1/admin/privacy-requests")
        .then();
  }

  private static Map<String, String> body(Map<String, String> given) {
    Map<String, String> body = new HashMap<>(given);
    body.put("reference", REFERENCE);
    body.put("verifiedAt", Instant.now().toString());
    return body;
  }

  /** The store of requests, and a process that is killed when it writes there. */
  private static final class Failing implements PrivacyRequests {
    private final PrivacyRequests store;
    private final boolean atTheFirst;
    private final List<String> added = new ArrayList<>();

    /**
     * Fails at one of two.
     *
     * @param atTheFirst when a request is opened, and not when it is closed
     */
    Failing(PrivacyRequests store, boolean atTheFirst) {
      this.store = store;
      this.atTheFirst = atTheFirst;
    }

    @Override
    public Uni<Boolean> add(PrivacyRequest.Open request) {
      added.add(request.opened().id());
      return atTheFirst
          ? Uni.createFrom().failure(new IllegalStateException("killed"))
          : store.add(request);
    }

    @Override
    public Uni<Void> close(PrivacyRequest closed) {
      return Uni.createFrom().failure(new IllegalStateException("killed"));
    }

    @Override
    public Uni<Optional<PrivacyRequest>> find(String id) {
      return store.find(id);
    }

    @Override
    public Uni<Optional<PrivacyRequest>> lock(String id) {
      return store.lock(id);
    }

    @Override
    public Uni<Page<PrivacyRequest>> list(Query query, PageRequest<Key> request) {
      return store.list(query, request);
    }

    @Override
    public Uni<Pressing> count(Instant remind, Instant alarm, Instant overdue) {
      return store.count(remind, alarm, overdue);
    }
  }
}
