package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators and users by OIDC, here with a public key and no auth server. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class SignInIT {
  private static final String MY_ALERTS = "/v1/me/notification-alerts";
  private static final Map<String, Boolean> OPT_OUT = Map.of("push", false);

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
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
  void aUserIsNoOperator() {
    importBy(Tokens.user("alice")).then().statusCode(403).body("code", equalTo("forbidden"));
  }

  @Test
  void forgedForeignAndExpiredTokensAreNobodys() throws Exception {
    String victim = "victim-" + UUID.randomUUID();
    for (Map.Entry<String, String> bad : badTokens(victim).entrySet()) {
      refused(bad.getKey(), Api.as(bad.getValue()).body(OPT_OUT).put(MY_ALERTS));
      refused(bad.getKey(), importBy(bad.getValue()));
    }
    Api.as(Tokens.user(victim))
        .get(MY_ALERTS)
        .then()
        .statusCode(200)
        .body("push", equalTo(true))
        .body("revision", equalTo(0));
  }

  /** By what is wrong with each; all of them would be an operator's. */
  private static Map<String, String> badTokens(String subject) throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("foreign audience", Tokens.signed(operator(subject).audience(Set.of("billing-api"))));
    bad.put("foreign issuer", Tokens.signed(operator(subject).issuer("https://evil.example.com")));
    bad.put("expired", Tokens.signed(operator(subject).expiresAt(1_000_000)));
    bad.put("not signed by the provider", operator(subject).sign(Tokens.keyPair().getPrivate()));
    bad.put("the public key as HMAC secret", hmac(claimsOf(Tokens.signed(operator(subject)))));
    String claims = claimsOf(Tokens.signed(operator(subject)));
    for (String alg : List.of("none", "None", "NONE")) {
      bad.put("alg " + alg, base64("{\"alg\":\"" + alg + "\"}") + "." + claims + ".");
    }
    String good = Tokens.signed(operator(subject));
    bad.put("signature cut off", good.substring(0, good.lastIndexOf('.') + 1));
    bad.put(
        "claims of another",
        good.replace("." + claimsOf(good) + ".", "." + base64("{\"sub\":\"x\"}") + "."));
    bad.put("no audience", withoutClaim(subject, "aud"));
    bad.put("no issuer", withoutClaim(subject, "iss"));
    bad.put("no subject", withoutClaim(subject, "sub"));
    bad.put("no time of issue", withoutClaim(subject, "iat"));
    bad.put("no expiry", withoutClaim(subject, "exp"));
    bad.put("nonsense", "nonsense");
    // The same by hand with nothing missing counts: it is the missing claim that each is refused
    // for.
    Api.as(withoutClaim(subject, "nothing")).get(MY_ALERTS).then().statusCode(200);
    return bad;
  }

  @Test
  void clocksMayDifferByAMinute() {
    long now = System.currentTimeMillis() / 1000;
    String user = "tick-" + UUID.randomUUID();
    for (long ahead : new long[] {1, 5, 50}) {
      String early =
          Tokens.signed(Tokens.claims(user).claim("nbf", now + ahead).issuedAt(now + ahead));
      Api.as(early).get(MY_ALERTS).then().statusCode(200);
      String late = Tokens.signed(Tokens.claims(user).issuedAt(now - 600).expiresAt(now - ahead));
      Api.as(late).body(OPT_OUT).put(MY_ALERTS).then().statusCode(200);
    }
    Api.as(Tokens.signed(Tokens.claims(user).claim("nbf", now + 100)))
        .get(MY_ALERTS)
        .then()
        .statusCode(401);
    Api.as(Tokens.signed(Tokens.claims(user).issuedAt(now - 600).expiresAt(now - 100)))
        .get(MY_ALERTS)
        .then()
        .statusCode(401);
  }

  @Test
  void aChangeByAnOperatorNeedsASecondFactorAndIsToldHow() {
    String weak = Tokens.operatorWithoutMultiFactor("olga");
    for (Response refusal :
        List.of(
            importBy(weak),
            Api.as(weak).body("{").post("/v1/admin/notices"),
            Api.as(weak).post("/v1/admin/notices/ntc_x/cancel"))) {
      refusal
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("code", equalTo("step-up-required"))
          .header(
              "WWW-Authenticate",
              equalTo(
                  "Bearer error=\"insufficient_user_authentication\","
                      + " error_description=\"Sign in with more than one factor\","
                      + " acr_values=\"https://refeds.org/profile/mfa mfa phr phrh\""));
    }
    // No other spelling of a path gets further; 404 is what most of them are, and 400 those of two
    // meanings.
    for (String path :
        List.of(
            "/v1//admin/./notices",
            "/v1/%61dmin/notices",
            "/v1/admin/notices/",
            "/v1/admin;x=y/notices",
            "/V1/ADMIN/notices")) {
      int status = Api.as(weak).urlEncodingEnabled(false).body("{").post(path).statusCode();
      assertThat(status).as(path).isIn(400, 401, 404);
    }
    Api.as(weak).get("/v1/admin/notices/ntc_x").then().statusCode(404);

    importBy(Tokens.signed(operator("olga"))).then().statusCode(200);
    importBy(Tokens.signed(Tokens.claims("olga").groups("operator").claim("acr", "phr")))
        .then()
        .statusCode(200);
    // Nobody becomes it by a role or by a claim of another name.
    importBy(
            Tokens.signed(
                Tokens.claims("olga")
                    .groups(Set.of("operator", "mfa", "io.towncrier.multi-factor"))
                    .claim("io.towncrier.multi-factor", true)))
        .then()
        .statusCode(401);
  }

  @Test
  void aLinkedAccountsOptOutCountsForItsDevicesAndStaysWithThem() {
    LoopbackFcm fcm = LoopbackFcm.running();
    String alice = Tokens.user("alice-" + UUID.randomUUID());
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
    Await.patiently(
        "the delivery is suppressed", () -> Integer.valueOf(1).equals(reason(first, "opted-out")));

    Api.as(alice)
        .header("X-Device-Secret", phone.secret())
        .delete(phone.path("/account"))
        .then()
        .statusCode(204);
    phone.as().get(phone.path("/notification-alerts")).then().body("push", equalTo(false));
    phone
        .as()
        .body(Map.of("push", true))
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200);
    announce();
    Await.patiently("a push arrives", () -> fcm.to(address).size() == 1);
  }

  @Test
  void linkingNeedsBothCredentials() {
    Api.Registered phone = Api.phone("en");
    link(phone, Tokens.user("alice"), "sec_wrong", 401);
    link(phone, "nonsense", phone.secret(), 401);
    link(phone, phone.secret(), phone.secret(), 401);
    phone.as().get(phone.path("")).then().body("linked", equalTo(false));

    link(phone, Tokens.user("alice"), phone.secret(), 204);
    Api.as(Tokens.user("bob"))
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
    String operator = Tokens.operator("olga");
    String id = Api.draft(Api.as(operator), "T", Map.of("languages", Set.of("cy")));
    Api.as(operator).get("/v1/admin/notices/" + id).then().body("author", equalTo("olga"));
    Api.as(operator).post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }

  private static Integer reason(String notice, String reason) {
    return Api.as(Tokens.operator("olga"))
        .get("/v1/admin/notices/" + notice)
        .path("deliveries.byReason.'" + reason + "'");
  }

  private static Response importBy(String token) {
    return Api.as(token).body(Api.sampleCatalogue()).post("/v1/admin/catalogue");
  }

  private static void refused(String why, Response answer) {
    assertThat(answer.statusCode()).as(why).isEqualTo(401);
    assertThat(answer.<String>path("code")).as(why).isEqualTo("unauthenticated");
  }

  private static JwtClaimsBuilder operator(String subject) {
    return Tokens.claims(subject).groups("operator").claim("amr", List.of("mfa"));
  }

  /** Signed by hand: the builder of tokens would put back what is missing. */
  private static String withoutClaim(String subject, String missing) throws Exception {
    Map<String, String> claims =
        new HashMap<>(
            Map.of(
                "iss",
                '"' + Tokens.ISSUER + '"',
                "aud",
                '"' + Tokens.AUDIENCE + '"',
                "sub",
                '"' + subject + '"',
                "groups",
                "[\"operator\"]",
                "amr",
                "[\"mfa\"]",
                "iat",
                Long.toString(System.currentTimeMillis() / 1000),
                "exp",
                Long.toString(System.currentTimeMillis() / 1000 + 600)));
    claims.remove(missing);
    String body =
        claims.entrySet().stream()
            .map(claim -> '"' + claim.getKey() + "\":" + claim.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(body);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(Tokens.KEYS.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String claimsOf(String token) {
    return token.split("\\.")[1];
  }

  /** What works on a verifier that takes the key for any algorithm that the token names. */
  private static String hmac(String claims) throws Exception {
    String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + claims;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(Tokens.publicKey().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    return signed
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
