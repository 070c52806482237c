package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.towncrier.delivery.phone.CanonicalForm;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credentials and facts of a device, from its registration to its end. */
@QuarkusTest
class DeviceLifeIT {
  private static final String ABSENT = "/v1/devices/dev_00000000000000000000000000";

  private final LoopbackFcm fcm = LoopbackFcm.running();

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @AfterEach
  void acceptAgain() {
    fcm.behave(arrival -> Answer.accepted());
  }

  @Test
  void aNewSecretReplacesTheOneBefore() {
    Api.Registered phone = Api.phone("en");
    String next =
        phone.as().post(phone.path("/secret")).then().statusCode(200).extract().path("secret");
    assertThat(next).startsWith("sec_").isNotEqualTo(phone.secret());
    unauthenticated(phone.as().get(phone.path("")));
    unauthenticated(phone.as().post(phone.path("/secret")));
    Api.as(next).get(phone.path("")).then().statusCode(200);
  }

  @Test
  void ofTwoWhoShowTheSameSecretOneGetsANewOne() {
    Api.Registered phone = Api.phone("en");
    List<CompletableFuture<Response>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> phone.as().post(phone.path("/secret"))));
    }
    List<Response> answers = calls.stream().map(CompletableFuture::join).toList();
    List<Response> served = answers.stream().filter(a -> a.statusCode() == 200).toList();
    assertThat(served).hasSize(1);
    answers.stream().filter(a -> a.statusCode() != 200).forEach(DeviceLifeIT::unauthenticated);
    Api.as(served.get(0).path("secret")).get(phone.path("")).then().statusCode(200);
  }

  @Test
  void aDeviceIsGivenTheKeyOfItsMessagesWheneverItGetsASecretOrAsks() {
    Response made =
        Api.anonymous()
            // So that no limit of a source is shared with other tests.
            .header("X-Forwarded-For", "198.19.0.73")
            .body(Map.of("kind", "phone", "product", "router-app-android", "version", "3.0.1"))
            .post("/v1/devices");
    String key = made.then().statusCode(201).extract().path("messageKey");
    int generation = made.path("messageKeyGeneration");
    assertThat(key).matches("[A-Za-z0-9_-]{43}");
    assertThat(generation).isPositive();
    String secret = made.path("secret");
    String path = "/v1/devices/" + made.path("deviceId");
    Response rotated = Api.as(secret).post(path + "/secret");
    unauthenticated(Api.as(secret).post(path + "/message-key"));
    Response asked = Api.as(rotated.path("secret")).post(path + "/message-key");
    for (Response answer : List.of(rotated, asked)) {
      answer
          .then()
          .statusCode(200)
          .body("messageKey", equalTo(key))
          .body("messageKeyGeneration", equalTo(generation));
    }
    Api.Registered other = Api.phone("en");
    other.as().post(other.path("/message-key")).then().body("messageKey", not(equalTo(key)));
    unauthenticated(other.as().post(path + "/message-key"));
  }

  @Test
  void aPushHasAMacByTheKeyThatItsDeviceWasGiven() throws Exception {
    String address = address();
    Api.Registered phone = Api.phone("en");
    phone.pushTo(address);
    Api.announce("Mac \ud83d\ude00", Map.of("devices", List.of(phone.id())));
    arrives(address, 1);
    JsonNode message = fcm.to(address).get(0).message();
    Map<String, String> data = new HashMap<>();
    message.path("data").properties().forEach(m -> data.put(m.getKey(), m.getValue().asText()));
    JsonNode shown = message.path("notification");
    byte[] form =
        CanonicalForm.of(
            data,
            new LocalizedText.Text(shown.path("title").asText(), shown.path("body").asText()));
    Response given = phone.as().post(phone.path("/message-key"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getUrlDecoder().decode(given.<String>path("messageKey")), "HmacSHA256"));
    String text = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(mac.doFinal(form), 16));
    // Another one beside it while the keys are rotated.
    assertThat(data.get("mac").split(" "))
        .contains("1." + given.path("messageKeyGeneration") + "." + text.substring(0, 22));
  }

  @Test
  void aRemovedDeviceIsGoneWithAllThatWasKeptOfIt() {
    String address = address();
    Api.Registered phone = Api.phone("ga");
    phone.pushTo(address);
    phone.as().body(Map.of("push", true)).put(phone.path("/notification-alerts"));
    String before = Api.announce("Before", Map.of("languages", List.of("ga")));
    arrives(address, 1);
    Await.patiently("it is accepted", () -> planned(before, "accepted") == 1);

    phone.as().delete(phone.path("")).then().statusCode(204);

    unauthenticated(phone.as().get(phone.path("")));
    unauthenticated(phone.as().delete(phone.path("")));
    assertThat(planned(before, "accepted")).isZero();
    isNotAddressed(phone);
    assertThat(fcm.to(address)).hasSize(1);
    Api.operator()
        .post("/v1/admin/devices/" + phone.id() + "/revoke")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-device"));
  }

  @Test
  void aRevokedDeviceIsShutOutAndNotAddressedAnyMore() {
    String address = address();
    Api.Registered phone = Api.phone("gd");
    phone.pushTo(address);
    revoke(phone).then().statusCode(204);
    revoke(phone).then().statusCode(204);
    for (Response answer :
        List.of(
            phone.as().get(phone.path("")),
            phone.as().post(phone.path("/secret")),
            phone.as().body(Map.of("version", "1")).post(phone.path("/check")),
            phone.as().delete(phone.path("")))) {
      unauthenticated(answer);
    }
    isNotAddressed(phone);
    assertThat(fcm.to(address)).isEmpty();
  }

  @Test
  void aRevocationWaitsForThePushThatIsBeingSent() throws Exception {
    assertWaits("gu", phone -> revoke(phone).statusCode());
  }

  @Test
  void aRemovalWaitsForThePushThatIsBeingSent() throws Exception {
    assertWaits("gl", phone -> phone.as().delete(phone.path("")).statusCode());
  }

  @Test
  void onlyAnOperatorRevokes() {
    Api.Registered phone = Api.phone("en");
    String path = "/v1/admin/devices/" + phone.id() + "/revoke";
    unauthenticated(Api.anonymous().post(path));
    unauthenticated(phone.as().post(path));
    phone.as().get(phone.path("")).then().statusCode(200);
    Api.operator().post("/v1/admin/devices/x%00y/revoke").then().statusCode(404);
  }

  @Test
  void existingAndAbsentDevicesAnswerAStrangerAlike() {
    Api.Registered phone = Api.phone("en");
    for (String below :
        List.of("", "/secret", "/message-key", "/push-address", "/push-address/confirm")) {
      for (String method : List.of("POST", "PATCH", "PUT", "DELETE")) {
        Response existing = Api.as("sec_wrong").body("{}").request(method, phone.path(below));
        Response absent = Api.as("sec_wrong").body("{}").request(method, ABSENT + below);
        assertThat(existing.statusCode()).as(method + below).isEqualTo(absent.statusCode());
        assertThat(existing.asByteArray()).isEqualTo(absent.asByteArray());
      }
    }
  }

  @Test
  void factsAreCorrectedAtTheRevisionThatWasRead() {
    Api.Registered phone = Api.phone("en");
    int read = phone.as().get(phone.path("")).path("revision");
    Response changed =
        phone
            .as()
            .body(Map.of("revision", read, "language", "fr-CA", "country", "CA", "cohort", "c1"))
            .patch(phone.path(""));
    changed
        .then()
        .statusCode(200)
        .body("language", equalTo("fr-CA"))
        .body("country", equalTo("CA"))
        .body("cohort", equalTo("c1"))
        .body("timezone", equalTo("Europe/Berlin"))
        .body("revision", equalTo(read + 1));

    phone
        .as()
        .body(Map.of("revision", read, "country", "US"))
        .patch(phone.path(""))
        .then()
        .statusCode(409)
        .body("code", equalTo("stale-revision"))
        .body("current.revision", equalTo(read + 1))
        .body("current.country", equalTo("CA"));
    phone.as().get(phone.path("")).then().body("country", equalTo("CA"));

    phone
        .as()
        .body(Map.of("revision", read + 1, "cohort", ""))
        .patch(phone.path(""))
        .then()
        .statusCode(200)
        .body("cohort", nullValue());
  }

  @Test
  void aBadCorrectionNamesEveryFieldAndChangesNothing() {
    Api.Registered phone = Api.phone("en");
    int read = phone.as().get(phone.path("")).path("revision");
    phone
        .as()
        .body("{\"country\":\"FR\",\"version\":\"\"}")
        .patch(phone.path(""))
        .then()
        .statusCode(400)
        .body("errors.field", hasItems("revision", "version"));
    phone
        .as()
        .body(Map.of("revision", "x" + read, "country", "FR"))
        .patch(phone.path(""))
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("revision"));
    phone.as().body("[]").patch(phone.path("")).then().statusCode(400);
    phone.as().get(phone.path("")).then().body("revision", equalTo(read));
  }

  @Test
  void staleAlertsComeBackWithTheCurrentOnes() {
    Api.Registered phone = Api.phone("en");
    String path = phone.path("/notification-alerts");
    phone.as().body(Map.of("push", false)).put(path).then().statusCode(200);
    phone
        .as()
        .body(Map.of("push", true, "revision", 0))
        .put(path)
        .then()
        .statusCode(409)
        .body("current.push", equalTo(false))
        .body("current.revision", equalTo(1));
  }

  private void assertWaits(
      String language, java.util.function.Function<Api.Registered, Integer> end) throws Exception {
    String address = address();
    Api.Registered phone = Api.phone(language);
    phone.pushTo(address);
    CountDownLatch release = new CountDownLatch(1);
    fcm.behave(
        arrival -> {
          Await.opened(release);
          return Answer.accepted();
        });
    Api.announce("Slow", Map.of("languages", List.of(language)));
    arrives(address, 1);
    Supplier<Long> ended =
        () -> {
          assertThat(end.apply(phone)).isEqualTo(204);
          return System.nanoTime();
        };
    CompletableFuture<Long> answered = CompletableFuture.supplyAsync(ended);
    Await.patiently("it holds", () -> phone.as().get(phone.path("")).statusCode() == 401);
    Await.unanswered(answered, () -> unauthenticated(phone.as().get(phone.path(""))));
    long released = System.nanoTime();
    release.countDown();
    assertThat(answered.get(10, TimeUnit.SECONDS)).isGreaterThan(released);
  }

  private void arrives(String address, int messages) {
    Await.patiently("a push arrives", () -> fcm.to(address).size() >= messages);
  }

  private static int planned(String notice, String state) {
    Integer count =
        Api.operator().get("/v1/admin/notices/" + notice).path("deliveries.byState." + state);
    return count == null ? 0 : count;
  }

  /** A notice for nobody is refused: what was there last is gone. */
  private static void isNotAddressed(Api.Registered phone) {
    Api.operator()
        .body(Api.announcement("T", Map.of("devices", List.of(phone.id()))))
        .post("/v1/admin/notices")
        .then()
        .statusCode(400)
        .body("errors.field", equalTo(List.of("audience")));
  }

  private static Response revoke(Api.Registered phone) {
    return Api.operator().post("/v1/admin/devices/" + phone.id() + "/revoke");
  }

  private static void unauthenticated(Response answer) {
    answer.then().statusCode(401).body("code", equalTo("unauthenticated"));
  }

  private static String address() {
    return "tok-" + UUID.randomUUID();
  }
}
