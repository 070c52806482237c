package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.FirmwareTexts;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.Management;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An optional fact that cannot be read costs nobody anything (docs/adr/0022). */
@QuarkusTest
class FactsIT {
  private static final String AX3000 = "/v1/products/towncrier_ax3000/update";
  private static final List<String> OPTIONAL =
      List.of(
          "country", "timezone", "language", "channel", "cohort", "hardware", "counter", "manual");
  // Of the sample's release, that has a candidate before it.
  private static final List<String> MATTERS = List.of("language", "channel");

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
  void noTextOfAnyFactIsAnsweredWithAnError() {
    FirmwareTexts firmware = new FirmwareTexts(22);
    Api.Registered phone = Api.phone("en");
    for (int i = 0; i < 25; i++) {
      for (String fact : OPTIONAL) {
        String text = firmware.next();
        String query =
            AX3000
                + "?version=1.2.0&"
                + fact
                + "="
                + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        String what = fact + " = " + text;
        Response quick = Api.anonymous().urlEncodingEnabled(false).get(query);
        Response slow =
            Api.anonymous()
                .urlEncodingEnabled(false)
                .header("If-None-Match", "W/\"other\"")
                .get(query);
        Response posted = Api.anonymous().body(Map.of("version", "1.2.0", fact, text)).post(AX3000);
        assertThat(quick.statusCode()).as(what).isEqualTo(200);
        assertThat(slow.asString()).as(what).isEqualTo(quick.asString());
        assertThat(slow.header("ETag")).as(what).isEqualTo(quick.header("ETag"));
        assertThat(posted.asString()).as(what).isEqualTo(quick.asString());
        Response checked = phone.as().body(Map.of(fact, text)).post(phone.path("/check"));
        assertThat(checked.statusCode()).as(what).isEqualTo(200);
        List<String> anonymous = ignored(quick);
        if (MATTERS.contains(fact)) {
          assertThat(ignored(checked).stream().filter(fact::equals).toList())
              .as(what)
              .isEqualTo(anonymous);
        }
        assertThat(MATTERS).as(what).containsAll(anonymous);
      }
    }
  }

  @Test
  void whatCannotBeReadIsNamedInTheBodyAndPartOfTheTag() {
    String german = AX3000 + "?version=1.2.0&language=de";
    Response without = Api.anonymous().get(german);
    Response lts = Api.anonymous().get(german + "&channel=lts");
    Response nightly = Api.anonymous().get(german + "&channel=nightly");
    Response two = Api.anonymous().get(AX3000 + "?version=1.2.0&language=!!&channel=lts");

    lts.then().statusCode(200).body("ignored", equalTo(List.of("channel")));
    two.then().statusCode(200).body("ignored", equalTo(List.of("language", "channel")));
    without.then().body("ignored", nullValue());
    assertThat(lts.asString().replace("\"ignored\":[\"channel\"],", ""))
        .isEqualTo(without.asString().replace("\"askAgainWith\":[\"channel\"],", ""));
    assertThat(lts.header("ETag"))
        .isEqualTo(nightly.header("ETag"))
        .isNotEqualTo(without.header("ETag"));
    Api.anonymous()
        .header("If-None-Match", lts.header("ETag"))
        .get(german + "&channel=canary")
        .then()
        .statusCode(304);
  }

  @Test
  void whatCannotBeReadAndDoesNotMatterIsNotNamed() {
    Response without = Api.anonymous().get(AX3000 + "?version=1.2.0");
    Response with =
        Api.anonymous()
            .get(AX3000 + "?version=1.2.0&timezone=CET-1CEST&country=RUS&manual=yes&cohort=null");

    assertThat(with.asString()).isEqualTo(without.asString());
    assertThat(with.header("ETag")).isEqualTo(without.header("ETag"));
  }

  @Test
  void brokenEscapesAndPlusSignsCostNothing() throws IOException {
    assertThat(raw("GET " + AX3000 + "?version=1.2.0&language=50%&country=DE"))
        .startsWith("HTTP/1.1 200")
        .contains("\"ignored\":[\"language\"]");
    assertThat(raw("GET " + AX3000 + "?language=%zz&channel=%c3%28&version=1.2.0&%=1"))
        .startsWith("HTTP/1.1 200")
        .contains("\"ignored\":[\"language\",\"channel\"]");
    assertThat(raw("GET " + AX3000 + "?version=1.2.0+git.7"))
        .startsWith("HTTP/1.1 200")
        .contains("\"installed\":\"1.2.0+git.7\"");
    // The long way, as the tag is a weak one.
    assertThat(
            raw("GET " + AX3000 + "?version=1.2.0+git.7&language=%", "If-None-Match: W/\"other\""))
        .startsWith("HTTP/1.1 200")
        .contains("\"installed\":\"1.2.0+git.7\"", "\"ignored\":[\"language\"]");
    assertThat(raw("GET " + AX3000 + "?version=1.2.0%"))
        .startsWith("HTTP/1.1 400")
        .contains("invalid-request", "\"field\":\"version\"");
  }

  @Test
  void aBodyIsReadAsGenerouslyAsItsFactsAre() {
    for (String facts :
        List.of(
            "\"country\":[\"DE\"],\"language\":{\"tag\":\"de\"}",
            "\"country\":\"DE\\u0000\\ud800\",\"language\":false",
            "\"country\":12,\"country\":13,\"language\":\"!\\q!\"")) {
      Api.anonymous()
          .body("{\"version\":\"1.2.0\"," + facts + ",\"imsi\":{\"a\":[1]}}")
          .post(AX3000)
          .then()
          .statusCode(200)
          .body("ignored", equalTo(List.of("language")));
    }
    Api.anonymous()
        .body("{\"version\":\"1.2.0\r\n\",\"country\":\"DE\n\",\"counter\":007,}\u0000\u0000")
        .post(AX3000)
        .then()
        .statusCode(200)
        .body("installed", equalTo("1.2.0"))
        .body("ignored", nullValue());
    Api.anonymous()
        .body(
            "{\"version\":\"1.2.0\",\"channel\":\"caf\u00e9\"}"
                .getBytes(StandardCharsets.ISO_8859_1))
        .post(AX3000)
        .then()
        .statusCode(200)
        .body("ignored", equalTo(List.of("channel")));
  }

  @Test
  void theMetricCountsEachFact() {
    double before = ignoredOf("hardware");
    Api.anonymous().queryParam("version", "1.2.0").queryParam("hardware", "(null)").get(AX3000);
    Api.register(Map.of("hardware", "none"));
    assertThat(ignoredOf("hardware")).isEqualTo(before + 2);
    assertThat(Api.anonymous().get(Management.url("/q/metrics")).asString())
        .doesNotContain("(null)");
  }

  @Test
  void registrationNeedsNoMoreThanWhatItIs() {
    Response made =
        Api.anonymous()
            .body(Map.of("kind", "router", "product", "towncrier_ax3000", "version", "1.2.0"))
            .post("/v1/devices");
    made.then().statusCode(201).body("ignored", nullValue());
    Api.Registered router = new Api.Registered(made.path("deviceId"), made.path("secret"));

    shown(router)
        .then()
        .body("country", nullValue())
        .body("timezone", nullValue())
        .body("language", nullValue())
        .body("channel", equalTo("stable"));
    router.as().body("{}").post(router.path("/check")).then().statusCode(200);
    // It is addressed, told in the default language, and shown.
    String notice = Api.announce("For all", Map.of("devices", List.of(router.id())));
    router
        .as()
        .get(router.path("/notices"))
        .then()
        .statusCode(200)
        .body("items.id", hasItem(notice))
        .body("items.title", hasItem("For all"));
    Api.operator()
        .body(Map.of("deviceId", router.id()))
        .post("/v1/admin/explain")
        .then()
        .statusCode(200)
        .body("facts.country", nullValue());
    router.as().delete(router.path("")).then().statusCode(204);
  }

  @Test
  void whatARegistrationCannotReadIsUnknownAndNamed() throws SQLException {
    Map<String, String> body = new HashMap<>();
    body.put("kind", "phone");
    body.put("product", "router-app-android");
    body.put("version", "3.0.1");
    OPTIONAL.forEach(fact -> body.put(fact, "\u202e%s{}"));
    Response made = Api.anonymous().body(body).post("/v1/devices");

    made.then().statusCode(201).body("ignored", equalTo(OPTIONAL.subList(0, OPTIONAL.size() - 1)));
    Api.Registered phone = new Api.Registered(made.path("deviceId"), made.path("secret"));
    assertThat(shown(phone).asString()).doesNotContain("%s", "manual");
    assertThat(row(phone)).contains(phone.id()).doesNotContain("%s");
  }

  @Test
  void aCheckThatCannotReadWhereTheDeviceIsMakesItUnknown() {
    Api.Registered phone = Api.phone("de");
    phone
        .as()
        .body(Map.of("timezone", "<+03>-3", "country", "RUS", "language", "!!", "cohort", "null"))
        .post(phone.path("/check"))
        .then()
        .statusCode(200)
        .body("ignored", equalTo(List.of("country", "timezone", "language", "cohort")));
    shown(phone)
        .then()
        .body("country", nullValue())
        .body("timezone", nullValue())
        .body("language", nullValue());
    // What is left out stays as it is now; what is given again is known again.
    phone.as().body("{}").post(phone.path("/check")).then().body("ignored", nullValue());
    phone
        .as()
        .body(Map.of("timezone", "asia/tokyo", "country", "jp"))
        .post(phone.path("/check"))
        .then()
        .body("ignored", nullValue());
    shown(phone).then().body("timezone", equalTo("Asia/Tokyo")).body("country", equalTo("JP"));
  }

  @Test
  void aCounterThatCannotBeReadIsRememberedUntilOneIsRead() {
    Api.Registered phone = Api.phone("de");
    check(phone, Map.of("counter", "4"), null);
    check(phone, Map.of("counter", "four"), List.of("counter"));
    check(phone, Map.of(), List.of("counter"));
    shown(phone).then().body("counter", equalTo(4));
    Api.operator()
        .body(Map.of("deviceId", phone.id()))
        .post("/v1/admin/explain")
        .then()
        .body("facts.ignored", equalTo(List.of("counter")));
    check(phone, Map.of("counter", "5"), null);
    check(phone, Map.of(), null);
  }

  @Test
  void aCounterThatNoReleaseHasHoldsNobodyBackAndTheLinterTellsOfIt() {
    Response without = Api.anonymous().get(AX3000 + "?version=1.2.0");
    assertThat(without.<String>path("decision")).isEqualTo("offer");
    assertThat(Api.anonymous().get(AX3000 + "?version=1.2.0&counter=9").asString())
        .isEqualTo(without.asString());
    Api.Registered router =
        Api.register(
            Map.of(
                "kind",
                "router",
                "product",
                "towncrier_ax3000",
                "version",
                "1.2.0",
                "counter",
                "9"));
    check(router, Map.of(), null);
    assertThat(findings()).contains("no-counters");
    router.as().delete(router.path("")).then().statusCode(204);
  }

  private static List<String> findings() {
    return Api.operator()
        .queryParam("product", "towncrier_ax3000")
        .get("/v1/admin/lint")
        .then()
        .statusCode(200)
        .extract()
        .path("findings.code");
  }

  @Test
  void aCorrectionTakesAwayWhatIsNullAndForgetsWhatItCannotRead() {
    Api.Registered phone = Api.register(Map.of("cohort", "c-9", "hardware", "B2"));
    int revision = shown(phone).path("revision");
    phone
        .as()
        .body(
            "{\"revision\":"
                + revision
                + ",\"country\":null,\"cohort\":null,\"timezone\":\"EST5\",\"hardware\":[]}")
        .patch(phone.path(""))
        .then()
        .statusCode(200)
        .body("country", nullValue())
        .body("cohort", nullValue())
        .body("timezone", nullValue())
        .body("language", equalTo("en"))
        .body("hardware", equalTo("B2"))
        .body("ignored", equalTo(List.of("timezone", "hardware")))
        .body("revision", equalTo(revision + 1));
    shown(phone).then().body("ignored", nullValue());
  }

  @Test
  void explainReadsFactsAsACheckDoesAndNothingElse() {
    Api.operator()
        .body(
            Map.of(
                "product",
                "towncrier_ax3000",
                "version",
                "1.2.0",
                "timezone",
                "Neverland",
                "counter",
                List.of(1)))
        .post("/v1/admin/explain")
        .then()
        .statusCode(200)
        .body("facts.ignored", equalTo(List.of("timezone", "counter")))
        .body("facts.timezone", nullValue());
    for (Map<String, ?> bad :
        List.of(
            Map.of("product", "towncrier_ax3000", "version", "1", "timeZone", "UTC"),
            Map.of("product", "towncrier_ax3000", "version", "1", "at", "noon"),
            Map.of("product", List.of("towncrier_ax3000"), "version", "1"))) {
      Api.operator().body(bad).post("/v1/admin/explain").then().statusCode(400);
    }
  }

  @Test
  void aChangeOfTheClocksWaitsForThePushThatIsBeingSent() throws Exception {
    for (String change : List.of("{\"timezone\":\"LMT\"}", "{\"timezone\":\"Asia/Tokyo\"}")) {
      String address = "tok-" + UUID.randomUUID();
      Api.Registered phone = Api.phone("en");
      phone.pushTo(address);
      CountDownLatch release = new CountDownLatch(1);
      fcm.behave(
          arrival -> {
            await(release);
            return Answer.accepted();
          });
      Api.announce("Slow", Map.of("devices", List.of(phone.id())));
      Await.patiently("a push arrives", () -> !fcm.to(address).isEmpty());
      List<Long> answered = new ArrayList<>();
      CompletableFuture<Void> check =
          CompletableFuture.runAsync(
              () -> {
                phone.as().body(change).post(phone.path("/check")).then().statusCode(200);
                answered.add(System.nanoTime());
              });
      Await.patiently("the change is stored", () -> !zone(phone).equals("Europe/Berlin"));
      long released = System.nanoTime();
      assertThat(check).isNotDone();
      release.countDown();
      check.get(10, TimeUnit.SECONDS);
      assertThat(answered.get(0)).isGreaterThan(released);
    }
  }

  /** All that is kept of a device in its own row. */
  private static String row(Api.Registered device) throws SQLException {
    String url =
        ConfigProvider.getConfig().getValue("quarkus.datasource.reactive.url", String.class);
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + url, "postgres", "postgres");
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery("SELECT device::text FROM device WHERE id = '" + device.id() + "'")) {
      row.next();
      return row.getString(1);
    }
  }

  private static String zone(Api.Registered phone) {
    String zone = shown(phone).path("timezone");
    return zone == null ? "" : zone;
  }

  private static void check(Api.Registered phone, Map<String, String> facts, List<String> ignored) {
    phone
        .as()
        .body(facts)
        .post(phone.path("/check"))
        .then()
        .statusCode(200)
        .body("ignored", equalTo(ignored));
  }

  private static Response shown(Api.Registered device) {
    Response shown = device.as().get(device.path(""));
    shown.then().statusCode(200);
    return shown;
  }

  private static List<String> ignored(Response answer) {
    List<String> ignored = answer.path("ignored");
    return ignored == null ? List.of() : ignored;
  }

  private static double ignoredOf(String fact) {
    return Api.anonymous()
        .get(Management.url("/q/metrics"))
        .asString()
        .lines()
        .filter(
            line -> line.startsWith("towncrier_updates_ignored_facts_total{fact=\"" + fact + "\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  /** A request as it stands, which no client of ours would send. */
  private static String raw(String line, String... headers) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(10_000);
      String head =
          line
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
              + "\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(8, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
