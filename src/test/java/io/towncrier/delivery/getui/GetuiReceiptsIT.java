package io.towncrier.delivery.getui;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.towncrier.platform.Secret;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.InChina;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Receipts of Getui, from its networks and from elsewhere. */
@QuarkusTest
@TestProfile(InChina.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class GetuiReceiptsIT {
  private static final String PATH = "/v1/push-receipts/getui";
  private static final Path REQUESTS = Path.of("infra/src/test/resources/client-requests.json");

  @Inject ReceiptCounters counters;

  private final LoopbackGetui getui = LoopbackGetui.running();

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void aReceiptSaysThatAPushArrivedAndSaysSoOnce() {
    Pushed push = pushed();
    long repeated = counters.of("repeated");
    String line = line(push.cid(), push.task(), 200);
    from("203.0.113.7", "text/plain", line + "\n" + line)
        .statusCode(200)
        .body("receipts", equalTo(2));
    String arrived = steps(push);
    assertThat(arrived).endsWith("provider");
    from("203.0.113.7", "application/json", line).statusCode(200);
    assertThat(steps(push)).isEqualTo(arrived);
    assertThat(counters.of("repeated")).isEqualTo(repeated + 2);
  }

  @Test
  void aReceiptOfAnAddressBehindTheFirstIsTakenAsWell() {
    Pushed push = pushed();
    String device = Sql.text("SELECT device_id FROM delivery WHERE notice_id = ?", push.notice());
    // Since the push another provider's address has become the first; none may be used in China.
    Sql.run(
        """
        INSERT INTO push_address (device_id, provider, preference, kind, sealed, address_index,
          confirmed_on)
        SELECT id, push_provider, 2, push_kind, push_sealed, push_index, push_confirmed_on
        FROM device WHERE id = ?
        """,
        device);
    Sql.run(
        """
        UPDATE device
        SET push_provider = 'fcm', push_kind = 'TOKEN', push_index = push_index || '\\x00'::bytea
        WHERE id = ?
        """,
        device);

    from("203.0.113.7", "text/plain", line(push.cid(), push.task(), 200)).statusCode(200);

    assertThat(steps(push)).endsWith("provider");
  }

  @Test
  void whatIsForgedOrOfStrangersChangesNothing() {
    Pushed push = pushed();
    Pushed other = pushed();
    String good = line(push.cid(), push.task(), 200);
    long unknown = counters.of("unknown");
    from("203.0.113.7", "text/plain", good.replaceAll("\"sign\":\"....", "\"sign\":\"0000"))
        .statusCode(200);
    // Signed, and of a push to somebody else, and of an address that nobody has.
    from("203.0.113.7", "text/plain", line(other.cid(), push.task(), 200)).statusCode(200);
    from("203.0.113.7", "text/plain", line("f".repeat(32), push.task(), 200)).statusCode(200);
    assertThat(counters.of("unknown")).isEqualTo(unknown + 2);
    assertThat(steps(push)).isNull();
    assertThat(steps(other)).isNull();
  }

  @Test
  void fromElsewhereThereIsNothingToBeFoundWhateverIsSent() {
    Pushed push = pushed();
    for (String stranger : List.of("198.51.100.1", "203.0.114.7", "unknown", "")) {
      from(stranger, "text/plain", line(push.cid(), push.task(), 200))
          .statusCode(404)
          .body("code", equalTo("receipts-not-taken"));
    }
    assertThat(steps(push)).isNull();
  }

  @Test
  void aBodyThatIsNoReceiptOrFarTooLongIsRefused() {
    for (String body : List.of("", "[]", "{}", "\u0000", "{\"appid\":1}\n\n[", "x".repeat(5000))) {
      from("203.0.113.7", "text/plain", body).statusCode(400);
    }
    from("203.0.113.7", "text/plain", "x".repeat(10 << 20)).statusCode(413);
    from("203.0.113.7", "text/plain", (line("c", "t", 200) + "\n").repeat(1000)).statusCode(413);
  }

  /** It is of another app and not signed, which is looked at and changes nothing. */
  @Test
  void theReceiptThatTheFirewallLetsPassIsTakenFromGetuisNetworks() throws IOException {
    long strange = counters.of("other-app");
    JsonArray requests = new JsonArray(Files.readString(REQUESTS));
    int sent = 0;
    for (int i = 0; i < requests.size(); i++) {
      JsonObject request = requests.getJsonObject(i);
      if (request.getString("path").equals(PATH)) {
        given()
            .headers(request.getJsonObject("headers").getMap())
            .header("X-Forwarded-For", "203.0.113.7")
            .body(request.getJsonObject("body").encode())
            .post(PATH)
            .then()
            .statusCode(200)
            .body("receipts", equalTo(1));
        sent++;
      }
    }
    assertThat(counters.of("other-app")).isEqualTo(strange + sent).isGreaterThan(strange);
  }

  private Pushed pushed() {
    getui.behave();
    Api.Registered phone = Api.register(Map.of("country", "CN"));
    String cid = Cids.some();
    phone.propose("getui", "cid", cid).then().statusCode(202);
    phone.echo(getui.challengesTo(cid).get(0)).then().statusCode(204);
    String operator = Tokens.operator("olga");
    String notice = Api.draft(Api.as(operator), "T", Map.of("devices", List.of(phone.id())));
    Api.as(operator).post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
    Await.says(
        () -> Sql.text("SELECT state FROM delivery WHERE notice_id = ?", notice), "ACCEPTED");
    return new Pushed(
        notice, cid, Sql.text("SELECT accepted_as FROM delivery WHERE notice_id = ?", notice));
  }

  private static String steps(Pushed push) {
    return Sql.text(
        "SELECT arrived_at || ' ' || arrived_by FROM delivery WHERE notice_id = ?", push.notice());
  }

  /** As Getui's own proxies and ours would bring it. */
  private static ValidatableResponse from(String source, String type, String body) {
    return given().header("X-Forwarded-For", source).contentType(type).body(body).post(PATH).then();
  }

  private String line(String cid, String task, int code) {
    GetuiAccount account = account();
    String sign = account.signOfReceipt(account.appId() + cid + task + "m1");
    return "{\"appid\":\"%s\",\"cid\":\"%s\",\"taskid\":\"%s\",\"msgid\":\"m1\",\"code\":\"%d\",\"desc\":\"success\",\"sign\":\"%s\"}"
        .formatted(account.appId(), cid, task, code, sign);
  }

  private GetuiAccount account() {
    try {
      String file = Files.readString(getui.credentials());
      return new GetuiAccount(
          text(file, "appId"), text(file, "appKey"), new Secret(text(file, "masterSecret")));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static String text(String json, String member) {
    return new JsonObject(json).getString(member);
  }

  private record Pushed(String notice, String cid, String task) {}
}
