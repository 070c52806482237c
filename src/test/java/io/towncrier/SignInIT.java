package io.towncrier;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators and users by OIDC, here with a public key and no auth server. */
@QuarkusTest
@TestProfile(SignInIT.WithPublicKey.class)
class SignInIT {
  private static final KeyPair KEYS = keyPair();

  /** OIDC configured. */
  public static class WithPublicKey implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.oidc.public-key",
          Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
    }
  }

  @BeforeEach
  void importSample() {
    Api.as(token("olga", "operator"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void theLocalOperatorTokenDoesNotCountBesideOidc() {
    Api.as(TestPostgres.OPERATOR_TOKEN)
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  void aUserIsNoOperatorAndForgedTokensAreNobodys() {
    Api.as(token("alice"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    String foreign =
        Jwt.subject("mallory").groups("operator").expiresIn(600).sign(keyPair().getPrivate());
    String expired =
        Jwt.subject("olga").groups("operator").expiresAt(1_000_000).sign(KEYS.getPrivate());
    String unsigned =
        base64("{\"alg\":\"none\"}")
            + "."
            + base64("{\"sub\":\"x\",\"groups\":[\"operator\"]}")
            + ".";
    for (String bad : new String[] {foreign, expired, unsigned, "nonsense"}) {
      Api.as(bad)
          .body(Api.sampleCatalogue())
          .post("/v1/admin/catalogue")
          .then()
          .statusCode(401)
          .body("code", equalTo("unauthenticated"));
    }
  }

  @Test
  void aLinkedAccountsOptOutCountsForItsDevices() {
    LoopbackFcm fcm = LoopbackFcm.running();
    String alice = token("alice-" + UUID.randomUUID());
    String address = "tok-" + UUID.randomUUID();
    Api.Registered phone = Api.phone("cy");
    phone.pushTo(address);
    link(phone, alice, phone.secret(), 204);
    Api.as(alice)
        .body(Map.of("push", false))
        .put("/v1/me/notification-alerts")
        .then()
        .statusCode(200)
        .body("push", equalTo(false));
    phone.as().get(phone.path("/notification-alerts")).then().body("push", equalTo(true));

    String first = announce();
    Await.until(
        "the delivery is suppressed",
        Duration.ofSeconds(15),
        () -> Integer.valueOf(1).equals(reason(first, "opted-out")));

    Api.as(alice)
        .header("X-Device-Secret", phone.secret())
        .delete(phone.path("/account"))
        .then()
        .statusCode(204);
    announce();
    Await.until("a push arrives", Duration.ofSeconds(15), () -> fcm.to(address).size() == 1);
  }

  @Test
  void linkingNeedsBothCredentials() {
    Api.Registered phone = Api.phone("en");
    link(phone, token("alice"), "sec_wrong", 401);
    link(phone, "nonsense", phone.secret(), 401);
    link(phone, phone.secret(), phone.secret(), 401);
    phone.as().get(phone.path("")).then().body("linked", equalTo(false));

    link(phone, token("alice"), phone.secret(), 204);
    Api.as(token("bob"))
        .header("X-Device-Secret", phone.secret())
        .delete(phone.path("/account"))
        .then()
        .statusCode(204);
    phone.as().get(phone.path("")).then().body("linked", equalTo(true));
  }

  private static void link(Api.Registered phone, String user, String secret, int status) {
    Api.as(user)
        .header("X-Device-Secret", secret)
        .put(phone.path("/account"))
        .then()
        .statusCode(status);
  }

  private static String announce() {
    String operator = token("olga", "operator");
    String id = Api.draft(Api.as(operator), "T", Map.of("languages", Set.of("cy")));
    Api.as(operator).get("/v1/admin/notices/" + id).then().body("author", equalTo("olga"));
    Api.as(operator).post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }

  private static Integer reason(String notice, String reason) {
    return Api.as(token("olga", "operator"))
        .get("/v1/admin/notices/" + notice)
        .path("deliveries.byReason.'" + reason + "'");
  }

  private static String token(String subject, String... groups) {
    return Jwt.subject(subject).groups(Set.of(groups)).expiresIn(600).sign(KEYS.getPrivate());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
