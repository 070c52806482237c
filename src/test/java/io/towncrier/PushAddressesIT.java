package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The push addresses of a device at several providers, as its app brings them. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class PushAddressesIT {
  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final LoopbackGetui getui = LoopbackGetui.running();
  private final String token = "tok-" + UUID.randomUUID();
  private final String cid = UUID.randomUUID().toString().replace("-", "");

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void theAddressesStandInTheOrderThatTheAppWants() {
    Api.Registered phone = Api.phone("en");
    shows(phone);
    place(phone, "getui", "cid", cid, 2).then().statusCode(202);
    shows(phone);
    phone.echo(newest(getui.challengesTo(cid))).then().statusCode(204);
    shows(phone, "getui");
    prove(phone, "fcm", token, 1);
    shows(phone, "fcm", "getui");
    phone
        .as()
        .get(phone.path(""))
        .then()
        .body("pushAddresses.preference", contains(1, 2))
        .body("pushAddresses[0]", aMapWithSize(3));

    // It was proved before: another place needs no challenge.
    int challenges = getui.challengesTo(cid).size();
    place(phone, "getui", "cid", cid, 1).then().statusCode(204);
    shows(phone, "getui", "fcm");
    place(phone, "getui", "cid", cid, 9).then().statusCode(204);
    shows(phone, "fcm", "getui");
    place(phone, "getui", "cid", cid, null).then().statusCode(204);
    shows(phone, "fcm", "getui");
    assertThat(getui.challengesTo(cid)).hasSize(challenges);

    remove(phone, "fcm").then().statusCode(204);
    shows(phone, "getui");
    remove(phone, "fcm").then().statusCode(204);
    remove(phone, "getui").then().statusCode(204);
    shows(phone);
  }

  @Test
  void anotherAddressOfTheSameProviderKeepsThePlace() {
    Api.Registered phone = Api.phone("en");
    prove(phone, "fcm", token, null);
    prove(phone, "getui", cid, null);
    shows(phone, "fcm", "getui");
    String other = "other-" + token;
    prove(phone, "fcm", other, null);
    shows(phone, "fcm", "getui");
    // Somebody else may have the one before now.
    Api.Registered next = Api.phone("en");
    next.pushTo(token);
    shows(next, "fcm");
    shows(phone, "fcm", "getui");
  }

  @Test
  void proofsAreOfEachProvider() {
    Api.Registered phone = Api.phone("en");
    place(phone, "fcm", "token", token, 1).then().statusCode(202);
    place(phone, "getui", "cid", cid, 2).then().statusCode(202);
    phone.echo("chl_guess").then().statusCode(400).body("errors.field", hasItem("challenge"));
    phone.echo(newest(getui.challengesTo(cid))).then().statusCode(204);
    shows(phone, "getui");
    // The same echo again, as after an answer that was lost: it uses up no try of the other.
    for (int i = 0; i < 6; i++) {
      phone.echo(newest(getui.challengesTo(cid))).then().statusCode(204);
    }
    phone.echo(newest(fcm.challengesTo(token))).then().statusCode(204);
    shows(phone, "fcm", "getui");
    phone.echo(newest(getui.challengesTo(cid))).then().statusCode(204);
    phone.echo(newest(fcm.challengesTo(token))).then().statusCode(204);
    shows(phone, "fcm", "getui");
  }

  @Test
  void aRemovalVoidsWhatWaitsForItsProviderAlone() {
    Api.Registered phone = Api.phone("en");
    place(phone, "fcm", "token", token, 1).then().statusCode(202);
    place(phone, "getui", "cid", cid, 2).then().statusCode(202);
    remove(phone, "fcm").then().statusCode(204);
    phone.echo(newest(fcm.challengesTo(token))).then().statusCode(400);
    phone.echo(newest(getui.challengesTo(cid))).then().statusCode(204);
    shows(phone, "getui");
  }

  @Test
  void anAddressBehindTheFirstMovesToTheDeviceThatProvesIt() {
    Api.Registered phone = Api.phone("en");
    prove(phone, "fcm", token, 1);
    prove(phone, "getui", cid, 2);
    Api.Registered next = Api.phone("en");
    prove(next, "getui", cid, 1);
    shows(next, "getui");
    shows(phone, "fcm");
    assertThat(Sql.text("SELECT count(*) FROM push_address WHERE device_id = ?", phone.id()))
        .isEqualTo("0");
  }

  @Test
  void theOldPathMeansTheFirstAndItsRemovalAllOfThem() {
    Api.Registered phone = Api.phone("en");
    prove(phone, "fcm", token, 1);
    prove(phone, "getui", cid, 2);
    phone.pushTo("other-" + token);
    shows(phone, "fcm", "getui");
    phone.as().delete(phone.path("/push-address")).then().statusCode(204);
    shows(phone);
    phone.as().get(phone.path("")).then().body("pushAddress", is(false));
  }

  @Test
  void whoRevokesADeviceTakesAllOfItsAddresses() {
    Api.Registered phone = Api.phone("en");
    prove(phone, "fcm", token, 1);
    prove(phone, "getui", cid, 2);
    Api.operator().post("/v1/admin/devices/" + phone.id() + "/revoke").then().statusCode(204);
    assertThat(
            Sql.text(
                "SELECT count(*) FROM device LEFT JOIN push_address AS further"
                    + " ON further.device_id = device.id"
                    + " WHERE device.id = ? AND (push_sealed IS NOT NULL OR sealed IS NOT NULL)",
                phone.id()))
        .isEqualTo("0");
  }

  @Test
  void whatMakesNoSenseIsRefusedAndStoresNothing() {
    Api.Registered phone = Api.phone("en");
    place(phone, "jpush", "cid", cid, 1)
        .then()
        .statusCode(400)
        .body("errors.field", contains("provider"))
        .body("errors.message", contains(containsString("fcm or getui")));
    place(phone, "getui", "token", token, 1)
        .then()
        .statusCode(400)
        .body("errors.field", contains("kind"));
    for (int preference : new int[] {0, -1, 10, Integer.MAX_VALUE}) {
      place(phone, "getui", "cid", cid, preference)
          .then()
          .statusCode(400)
          .body("errors.field", contains("preference"));
    }
    remove(phone, "jpush").then().statusCode(400).body("errors.field", contains("provider"));
    assertThat(Sql.text("SELECT count(*) FROM push_proof WHERE device_id = ?", phone.id()))
        .isEqualTo("0");
    assertThat(getui.challengesTo(cid)).isEmpty();
  }

  /** Providers in the order in which they are tried; never an address. */
  private void shows(Api.Registered phone, String... providers) {
    Response answer = phone.as().get(phone.path(""));
    answer.then().statusCode(200);
    assertThat(answer.jsonPath().<String>getList("pushAddresses.provider"))
        .containsExactly(providers);
    assertThat(answer.asString()).doesNotContain(token, cid);
  }

  private void prove(Api.Registered phone, String provider, String value, Integer preference) {
    boolean ofFcm = provider.equals("fcm");
    place(phone, provider, ofFcm ? "token" : "cid", value, preference).then().statusCode(202);
    phone
        .echo(newest(ofFcm ? fcm.challengesTo(value) : getui.challengesTo(value)))
        .then()
        .statusCode(204);
  }

  private static Response place(
      Api.Registered phone, String provider, String kind, String value, Integer preference) {
    Map<String, Object> body = new HashMap<>(Map.of("kind", kind, "value", value));
    if (preference != null) {
      body.put("preference", preference);
    }
    return phone.as().body(body).put(phone.path("/push-addresses/" + provider));
  }

  private static Response remove(Api.Registered phone, String provider) {
    return phone.as().delete(phone.path("/push-addresses/" + provider));
  }

  private static String newest(List<String> challenges) {
    return challenges.get(challenges.size() - 1);
  }
}
