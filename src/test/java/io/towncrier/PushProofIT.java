package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A push address counts once the device has echoed what was pushed to it. */
@QuarkusTest
class PushProofIT {
  private static final Map<String, String> PHONE =
      Map.of(
          "kind", "phone",
          "product", "router-app-android",
          "version", "3.0.1",
          "country", "DE",
          "timezone", "Europe/Berlin",
          "language", "en");

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final Database database;

  PushProofIT(Database database) {
    this.database = database;
  }

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @AfterEach
  void acceptAgain() {
    fcm.behaveToChallenges(arrival -> Answer.accepted());
  }

  @Test
  void untilItIsProvedTheAddressBeforeIsPushedTo() {
    String before = address();
    String after = address();
    Api.Registered phone = Api.phone("br");
    phone.pushTo(before);
    phone
        .propose(after)
        .then()
        .statusCode(202)
        .body("state", equalTo("pending"))
        .body("challengeExpiresAt", notNullValue());
    shows(phone, true, true);
    Api.announce("One", Map.of("languages", List.of("br")));
    arrives(before, 1);
    assertThat(fcm.to(after)).isEmpty();

    phone.echo(fcm.challengesTo(after).get(0)).then().statusCode(204);
    shows(phone, true, false);
    Api.announce("Two", Map.of("languages", List.of("br")));
    arrives(after, 1);
    assertThat(fcm.to(before)).hasSize(1);
  }

  @Test
  void aChallengeIsForTheAppAloneShortLivedAndTellsNothingOfItsDevice() {
    String address = address();
    Api.Registered phone = Api.phone("en");
    phone.propose(address).then().statusCode(202);
    JsonNode message = fcm.challengeMessagesTo(address).get(0);
    assertThat(message.at("/data")).hasSize(2);
    assertThat(message.at("/data/kind").asText()).isEqualTo("challenge");
    assertThat(message.at("/data/challenge").asText()).hasSizeGreaterThan(50);
    assertThat(message.has("notification")).isFalse();
    assertThat(message.at("/android/priority").asText()).isEqualToIgnoringCase("high");
    assertThat(message.at("/android/ttl").asText()).isEqualTo("300s");
    assertThat(message.at("/apns/headers/apns-push-type").asText()).isEqualTo("background");
    assertThat(message.at("/apns/payload/aps/content-available").asInt()).isEqualTo(1);
    assertThat(message.toString()).doesNotContain(phone.id());
  }

  @Test
  void theAddressOfAnotherDeviceMovesOnlyWithProof() {
    String address = address();
    Api.Registered owner = Api.phone("co");
    owner.pushTo(address);
    Api.Registered claimant = Api.phone("co");
    claimant.propose(address).then().statusCode(202);
    claimant.echo("chl_guess").then().statusCode(400).body("errors.field", hasItem("challenge"));
    shows(owner, true, false);
    shows(claimant, false, true);

    claimant.echo(fcm.challengesTo(address).get(1)).then().statusCode(204);
    shows(owner, false, false);
    shows(claimant, true, false);
  }

  @Test
  void anEchoIsTheNewestChallengesAndChangesNothingTheSecondTime() {
    String address = address();
    Api.Registered phone = Api.phone("en");
    Api.Registered other = Api.phone("en");
    phone.propose(address).then().statusCode(202);
    phone.propose(address).then().statusCode(202);
    String first = fcm.challengesTo(address).get(0);
    String second = fcm.challengesTo(address).get(1);
    phone.echo(first).then().statusCode(400);
    nothingToProve(other.echo(second));
    phone.echo(second).then().statusCode(204);
    // Its answer may not have come.
    phone.echo(second).then().statusCode(204);
    nothingToProve(phone.echo(first));
    nothingToProve(other.echo(second));
    other.pushTo(address);
    nothingToProve(phone.echo(second));
    shows(phone, false, false);
  }

  @Test
  void afterFiveWrongEchoesTheRightOneIsWorthNothing() {
    String address = address();
    Api.Registered phone = Api.phone("en");
    phone.propose(address).then().statusCode(202);
    for (int i = 0; i < 5; i++) {
      phone.echo("chl_wrong" + i).then().statusCode(400);
    }
    nothingToProve(phone.echo(fcm.challengesTo(address).get(0)));
    shows(phone, false, false);
  }

  @Test
  void afterTenMinutesTheRightEchoIsWorthNothing() throws Throwable {
    String address = address();
    Api.Registered phone = Api.phone("en");
    phone.propose(address).then().statusCode(202);
    VertxContextSupport.subscribeAndAwait(
        () ->
            database.update(
                """
                UPDATE push_proof SET expires_at = expires_at - interval '10 minutes'
                WHERE device_id = $1
                """,
                phone.id()));
    nothingToProve(phone.echo(fcm.challengesTo(address).get(0)));
  }

  @Test
  void theSameAddressAgainNeedsNoProofAndKeepsItsDay() {
    String address = address();
    Api.Registered phone = Api.phone("en");
    phone.pushTo(address);
    String day = phone.as().get(phone.path("")).path("pushAddressConfirmedOn");
    assertThat(day).isNotEmpty();
    phone.propose(address()).then().statusCode(202);
    phone.propose(address).then().statusCode(204);
    assertThat(fcm.challengesTo(address)).hasSize(1);
    // What waited for proof is given up with that.
    shows(phone, true, false);
    phone.as().get(phone.path("")).then().body("pushAddressConfirmedOn", equalTo(day));
    phone.as().delete(phone.path("/push-address")).then().statusCode(204);
    phone.as().get(phone.path("")).then().body("pushAddressConfirmedOn", nullValue());
    phone.propose(address).then().statusCode(202);
  }

  @Test
  void anIdentifierAloneTakesNoAddressAway() {
    String identifier = "serial-" + UUID.randomUUID();
    String address = address();
    Api.Registered victim = register(identifier, null);
    victim.pushTo(address);
    Api.Registered stranger = register(identifier, null);
    String own = address();
    stranger.propose(own).then().statusCode(202);
    // The app at the old address was asked, and answers with what it has: the secret of the victim.
    String asked = last(address);
    nothingToProve(victim.echo(asked));
    stranger.echo(last(own)).then().statusCode(204);
    shows(victim, true, false);
    shows(stranger, true, false);
    // Nor does another one with the same identifier, or none, that has not seen the question.
    stranger.echo("chl_guess").then().statusCode(409);
    nothingToProve(Api.phone("en").echo(asked));
    shows(victim, true, false);
  }

  @Test
  void anAppThatHasRegisteredAnewGivesItsOldAddressUp() {
    String identifier = "serial-" + UUID.randomUUID();
    String before = address();
    Api.Registered old = register(identifier, null);
    old.pushTo(before);
    Api.Registered next = register(identifier, null);
    String after = address();
    next.propose(after).then().statusCode(202);
    shows(old, true, false);
    // Both arrive in the same app, which echoes them with its new secret.
    next.echo(last(before)).then().statusCode(204);
    shows(old, false, false);
    // Its answer may have been lost.
    next.echo(last(before)).then().statusCode(204);
    next.echo(last(after)).then().statusCode(204);
    shows(next, true, false);
    // The earlier registration can come back, but takes nothing from the later one.
    old.pushTo(address());
    shows(next, true, false);
  }

  @Test
  void aQuestionThatWasAnsweredTooLateOrAboutAnotherAddressChangesNothing() throws Throwable {
    String identifier = "serial-" + UUID.randomUUID();
    String before = address();
    Api.Registered old = register(identifier, "ecv-1");
    old.pushTo(before);
    Api.Registered next = register(identifier, "ecv-2");
    next.propose(address()).then().statusCode(202);
    String moved = address();
    old.pushTo(moved);
    next.echo(last(before)).then().statusCode(204);
    shows(old, true, false);

    next.propose(address()).then().statusCode(202);
    VertxContextSupport.subscribeAndAwait(
        () ->
            database.update(
                "UPDATE push_question SET expires_at = now() WHERE device_id = $1", next.id()));
    next.echo(last(moved)).then().statusCode(400);
    shows(old, true, false);
  }

  @Test
  void anEarlierAddressThatTheProviderDoesNotKnowIsGone() {
    String identifier = "serial-" + UUID.randomUUID();
    String before = address();
    Api.Registered old = register(identifier, null);
    old.pushTo(before);
    fcm.behaveToChallenges(
        arrival ->
            arrival.address().equals(before)
                ? Answer.error(404, "NOT_FOUND", "UNREGISTERED")
                : Answer.accepted());
    register(identifier, null).propose(address()).then().statusCode(202);
    shows(old, false, false);
  }

  @Test
  void whoBringsTheSameEcvTakesTheOldAddressWithItsOwnProof() {
    String identifier = "serial-" + UUID.randomUUID();
    String before = address();
    Api.Registered victim = register(identifier, "ecv-1");
    victim.pushTo(before);
    register(identifier, null).pushTo(address());
    register(identifier, "ecv-2").pushTo(address());
    shows(victim, true, false);
    int asked = fcm.challengesTo(before).size();
    register(identifier, "ecv-1").pushTo(address());
    shows(victim, false, false);
    assertThat(fcm.challengesTo(before)).as("nobody has to be asked").hasSize(asked);
  }

  @Test
  void aReinstallKeepsTheOptOutAndItsAnswerTellsNothing() {
    String identifier = "serial-" + UUID.randomUUID();
    Api.Registered first = register(identifier, null);
    first
        .as()
        .body("{\"push\":false}")
        .put(first.path("/notification-alerts"))
        .then()
        .statusCode(200);
    Api.Registered second = register(identifier, null);
    second
        .as()
        .body("{\"inAppCategories\":{\"announcement\":false},\"push\":true}")
        .put(second.path("/notification-alerts"))
        .then()
        .statusCode(200);
    Map<String, String> known = new HashMap<>(PHONE);
    known.put("identifier", identifier);
    Response again = Api.anonymous().body(known).post("/v1/devices");
    known.put("identifier", "serial-" + UUID.randomUUID());
    Response unknown = Api.anonymous().body(known).post("/v1/devices");
    assertThat(again.jsonPath().getMap("").keySet())
        .isEqualTo(unknown.jsonPath().getMap("").keySet());
    assertThat(again.statusCode()).isEqualTo(unknown.statusCode());

    Api.Registered third = new Api.Registered(again.path("deviceId"), again.path("secret"));
    third
        .as()
        .get(third.path("/notification-alerts"))
        .then()
        .body("push", equalTo(false))
        .body("inAppCategories.announcement", equalTo(false))
        .body("revision", equalTo(0));
    Api.Registered other = new Api.Registered(unknown.path("deviceId"), unknown.path("secret"));
    other.as().get(other.path("/notification-alerts")).then().body("push", equalTo(true));
  }

  private String last(String address) {
    List<String> all = fcm.challengesTo(address);
    return all.get(all.size() - 1);
  }

  @Test
  void anAddressThatTheProviderDoesNotKnowIsRefusedAndNothingChanges() {
    String before = address();
    Api.Registered phone = Api.phone("en");
    phone.pushTo(before);
    fcm.behaveToChallenges(a -> Answer.error(404, "NOT_FOUND", "UNREGISTERED"));
    phone.propose(address()).then().statusCode(400).body("errors.field", hasItem("value"));
    shows(phone, true, false);
  }

  @Test
  void whileTheProviderIsAwayTheAddressBeforeStays() {
    Api.Registered phone = Api.phone("en");
    phone.pushTo(address());
    fcm.behaveToChallenges(a -> Answer.error(503, "UNAVAILABLE", "UNAVAILABLE"));
    String next = address();
    phone
        .propose(next)
        .then()
        .statusCode(503)
        .header("Retry-After", "10")
        .body("code", equalTo("provider-unavailable"));
    // A 503 can come for a message that was delivered.
    phone.echo(fcm.challengesTo(next).get(0)).then().statusCode(204);
  }

  @Test
  void aRemovalWaitsForTheChallengeThatIsBeingPushed() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    fcm.behaveToChallenges(
        arrival -> {
          Await.opened(release);
          return Answer.accepted();
        });
    String address = address();
    Api.Registered phone = Api.phone("en");
    CompletableFuture<Response> proposed =
        CompletableFuture.supplyAsync(() -> phone.propose(address));
    Await.patiently("it arrives", () -> !fcm.challengesTo(address).isEmpty());
    CompletableFuture<Long> removed =
        CompletableFuture.supplyAsync(
            () -> {
              phone.as().delete(phone.path("/push-address")).then().statusCode(204);
              return System.nanoTime();
            });
    Await.unanswered(removed, () -> phone.as().get(phone.path("")).then().statusCode(200));
    long released = System.nanoTime();
    release.countDown();
    assertThat(removed.get(10, TimeUnit.SECONDS)).isGreaterThan(released);
    proposed.get(10, TimeUnit.SECONDS).then().statusCode(202);
    nothingToProve(phone.echo(fcm.challengesTo(address).get(0)));
  }

  private void arrives(String address, int messages) {
    Await.patiently("a push arrives", () -> fcm.to(address).size() >= messages);
  }

  private static void shows(Api.Registered phone, boolean address, boolean pending) {
    phone
        .as()
        .get(phone.path(""))
        .then()
        .statusCode(200)
        .body("pushAddress", equalTo(address))
        .body("pushAddressPending", equalTo(pending));
  }

  private static void nothingToProve(Response answer) {
    answer.then().statusCode(409).body("code", equalTo("nothing-to-prove"));
  }

  private static Api.Registered register(String identifier, String ecv) {
    return Api.register(
        ecv == null
            ? Map.of("identifier", identifier)
            : Map.of("identifier", identifier, "ecv", ecv));
  }

  private static String address() {
    return "tok-" + UUID.randomUUID();
  }
}
