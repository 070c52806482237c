package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.Configured;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever registers has no credential: what limits them is where they come from. */
@QuarkusTest
@TestProfile(Configured.class)
@Tag("zoneless")
class RegistrationLimitIT {
  private static final Map<String, String> PHONE =
      Map.of(
          "kind", "phone",
          "product", "router-app-android",
          "version", "3.0.1",
          "country", "DE",
          "timezone", "Europe/Berlin",
          "language", "de");

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void afterTooManyRegistrationsASourceIsAskedToWait() {
    for (int i = 0; i < 2; i++) {
      register("203.0.113.1", PHONE).then().statusCode(201);
    }
    // One that fails counts as well, or the check would cost more than the registration.
    register("203.0.113.1", Map.of()).then().statusCode(400);
    Response refused = register("203.0.113.1", PHONE);
    refused
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .body("code", equalTo("too-many-requests"));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3500, 3600);

    register("1.1.1.1, 203.0.113.1", PHONE).then().statusCode(429);
    register("203.0.113.1, 203.0.113.2", PHONE).then().statusCode(201);
  }

  @Test
  void aNetworkWithManySourcesIsLimitedAsAWhole() {
    for (int i = 0; i < 6; i++) {
      register("2001:db8:77:" + i + "::1", PHONE).then().statusCode(201);
    }
    register("2001:db8:77:f::1", PHONE).then().statusCode(429);
    register("2001:db8:78:f::1", PHONE).then().statusCode(201);
  }

  @Test
  void allSourcesTogetherHaveALimitInEachHour() {
    long anHour =
        ConfigProvider.getConfig().getValue("towncrier.devices.registration.an-hour", Long.class);
    try {
      registeredByOthers(anHour - 1);
      register("198.18.0.1", PHONE).then().statusCode(201);
      registeredByOthers(anHour);
      String devices = Sql.text("SELECT count(*) FROM device");
      Response refused = register("198.18.1.1", PHONE);
      refused
          .then()
          .statusCode(429)
          .body("code", equalTo("too-many-requests"))
          .body("detail", equalTo("Too many devices register at present."));
      // Until the hour of the clock is over.
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 3_600);
      assertThat(Sql.text("SELECT count(*) FROM device")).isEqualTo(devices);
      Sql.run("UPDATE registration_count SET hour = hour - interval '2 hours'");
      register("198.18.2.1", PHONE).then().statusCode(201);
    } finally {
      Sql.run("DELETE FROM registration_count");
    }
  }

  /** In parts, as several instances count them; in the next hour too, should it begin meanwhile. */
  private static void registeredByOthers(long count) {
    Sql.run("DELETE FROM registration_count");
    Sql.run(
        """
        INSERT INTO registration_count (hour, part, count)
        SELECT date_trunc('hour', now(), 'UTC') + later.hours * interval '1 hour', part.number,
          CASE part.number WHEN 0 THEN ?::bigint - 3 ELSE 1 END
        FROM generate_series(0, 1) AS later (hours), generate_series(0, 3) AS part (number)
        """,
        Long.toString(count));
  }

  @Test
  void pushAddressesOfASourceAreLimitedWhoseverTheyAre() {
    for (int i = 0; i < 3; i++) {
      Response made = register("203.0.113.20" + i, PHONE);
      propose("203.0.113.99", made).then().statusCode(202);
    }
    Response made = register("203.0.113.30", PHONE);
    propose("203.0.113.99", made).then().statusCode(429);
    propose("203.0.113.98", made).then().statusCode(202);
  }

  @Test
  void challengesOfADeviceAndToAnAddressAreFewWhereverTheyComeFrom() {
    String wanted = "tok-" + UUID.randomUUID();
    Response phone = register("198.51.100.1", PHONE);
    for (int i = 0; i < 6; i++) {
      String address = i < 3 ? wanted : "tok-" + UUID.randomUUID();
      propose("198.51.100.10" + i, phone, address).then().statusCode(202);
    }
    Response refused = propose("198.51.100.120", phone, "tok-" + UUID.randomUUID());
    refused.then().statusCode(429).body("code", equalTo("too-many-requests"));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3_500, 3_600);
    // What waited for its proof still does.
    Api.as(phone.path("secret"))
        .get("/v1/devices/" + phone.path("deviceId"))
        .then()
        .body("pushAddressPending", equalTo(true));

    Response other = register("198.51.100.2", PHONE);
    for (int i = 0; i < 3; i++) {
      propose("198.51.100.13" + i, other, wanted).then().statusCode(202);
    }
    propose("198.51.100.140", other, wanted).then().statusCode(429);
    Response third = register("198.51.100.3", PHONE);
    propose("198.51.100.141", third, wanted).then().statusCode(429);
    assertThat(LoopbackFcm.running().challengesTo(wanted)).hasSize(6);
    propose("198.51.100.142", other, "tok-" + UUID.randomUUID()).then().statusCode(202);
  }

  @Test
  void manyThatNameOneIdentifierAtOnceDoNotAskItsHolderMoreOftenThanOneByOne() throws Exception {
    Map<String, String> same = new HashMap<>(PHONE);
    same.put("identifier", "serial-" + UUID.randomUUID());
    String address = "tok-" + UUID.randomUUID();
    Response holder = register("192.0.2.1", same);
    propose("192.0.2.1", holder, address).then().statusCode(202);
    Api.as(holder.path("secret"))
        .body(Map.of("challenge", LoopbackFcm.running().challengesTo(address).get(0)))
        .post("/v1/devices/" + holder.path("deviceId") + "/push-address/confirm")
        .then()
        .statusCode(204);
    List<Callable<Integer>> proposals = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String from = "192.0.2." + (10 + i);
      Response next = register(from, same);
      proposals.add(() -> propose(from, next).statusCode());
    }
    writeQuestionsLate();
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      for (Future<Integer> answer : clients.invokeAll(proposals)) {
        assertThat(answer.get()).isEqualTo(202);
      }
    } finally {
      clients.shutdownNow();
      Sql.run("DROP FUNCTION written_late CASCADE");
    }
    assertThat(LoopbackFcm.running().challengesTo(address)).hasSizeBetween(2, 6);
    for (int i = 0; i < 6; i++) {
      String from = "192.0.2." + (40 + i);
      propose(from, register(from, same)).then().statusCode(202);
    }
    // One of these six proved the address itself.
    assertThat(LoopbackFcm.running().challengesTo(address)).hasSize(6);
  }

  /** Each that has counted waits until its count can be seen; meanwhile the others count. */
  private static void writeQuestionsLate() {
    Sql.run(
        """
        CREATE FUNCTION written_late() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_sleep(0.5);
          RETURN NEW;
        END $$
        """);
    Sql.run(
        """
        CREATE TRIGGER written_late BEFORE INSERT ON challenge_sent
        FOR EACH ROW WHEN (NEW.asks) EXECUTE FUNCTION written_late()
        """);
  }

  private static Response propose(String forwarded, Response made) {
    return propose(forwarded, made, "tok-" + UUID.randomUUID());
  }

  private static Response propose(String forwarded, Response made, String address) {
    return Api.as(made.path("secret"))
        .header("X-Forwarded-For", forwarded)
        .body(Map.of("provider", "fcm", "kind", "token", "value", address))
        .put("/v1/devices/" + made.path("deviceId") + "/push-address");
  }

  private static Response register(String forwarded, Map<String, String> body) {
    return Api.anonymous().header("X-Forwarded-For", forwarded).body(body).post("/v1/devices");
  }
}
