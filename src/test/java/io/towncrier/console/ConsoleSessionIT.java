package io.towncrier.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.towncrier.platform.Secret;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sign-in to the console, over HTTP: what a browser holds, and what it counts for. */
@QuarkusTest
@Tag("zoneless")
class ConsoleSessionIT {
  private static final String SESSION = "/console/session";
  private static final String WHO = "/v1/admin/session";
  private static final String HALT = "/v1/admin/halt";
  private static final String COOKIE = "towncrier-console";

  @Inject SignIn signIn;

  @Test
  void theTokenBecomesACookieThatNoScriptReads() {
    Response opened = signIn();
    assertThat(opened.header("Set-Cookie")).doesNotContain("Expires");
    Cookie cookie = opened.detailedCookie(COOKIE);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Strict");
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getMaxAge()).isEqualTo(8 * 3600);
    assertThat(cookie.getValue()).doesNotContain(TestPostgres.OPERATOR_TOKEN);
    // The database has no text that would sign anybody in.
    assertThat(Sql.text("SELECT string_agg(c::text, ' ') FROM console_session c"))
        .doesNotContain(cookie.getValue())
        .doesNotContain(TestPostgres.OPERATOR_TOKEN);
    as(cookie.getValue())
        .get(WHO)
        .then()
        .statusCode(200)
        .body("operator", equalTo("local-operator"))
        .body("roles", hasItem("operator"))
        .body("mayChange", equalTo(true))
        .body("signIn", equalTo("token"))
        .body("flavour", equalTo("server"))
        .body("approvals.releases", equalTo(false))
        .body("version", notNullValue());
  }

  @Test
  void overHttpsItIsBoundToTheHostAndSecure() {
    Response answer =
        page()
            .header("X-Forwarded-Proto", "https")
            .body(Map.of("token", TestPostgres.OPERATOR_TOKEN))
            .post(SESSION);
    Cookie cookie = answer.then().statusCode(201).extract().detailedCookie("__Host-" + COOKIE);
    assertThat(cookie.isSecured()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
  }

  @Test
  void signingOutEndsItForWhoKeptTheCookieToo() {
    String session = signIn().cookie(COOKIE);
    as(session).get(WHO).then().statusCode(200);
    as(session).delete(SESSION).then().statusCode(204).cookie(COOKIE, equalTo(""));
    as(session).get(WHO).then().statusCode(401).body("code", equalTo("unauthenticated"));
  }

  @Test
  void aBearerAlwaysWins() {
    String session = signIn().cookie(COOKIE);
    as(session).header("Authorization", "Bearer wrong").get(WHO).then().statusCode(401);
    Api.as(TestPostgres.OPERATOR_TOKEN)
        .cookie(COOKIE, "ses_nonsense")
        .get(WHO)
        .then()
        .statusCode(200);
  }

  @Test
  void itCountsBelowAdminAlone() {
    String session = signIn().cookie(COOKIE);
    Api.Registered phone = Api.phone("en");
    as(session).get(phone.path("")).then().statusCode(401);
    as(session).get("/v1/me/devices").then().statusCode(401);
  }

  @Test
  void anotherSiteChangesNothingWithIt() {
    String session = signIn().cookie(COOKIE);
    String body = "{\"what\":\"all\",\"reason\":\"forged\"}";
    // A form, a fetch of a page elsewhere, one that says where it is from, one of an old browser.
    given()
        .cookie(COOKIE, session)
        .body(body)
        .contentType(ContentType.TEXT)
        .post(HALT)
        .then()
        .statusCode(401);
    given()
        .cookie(COOKIE, session)
        .contentType(ContentType.JSON)
        .body(body)
        .post(HALT)
        .then()
        .statusCode(401);
    as(session).header("Sec-Fetch-Site", "cross-site").body(body).post(HALT).then().statusCode(401);
    as(session).header("Sec-Fetch-Site", "same-site").body(body).post(HALT).then().statusCode(401);
    as(session)
        .header("Origin", "https://evil.example")
        .body(body)
        .post(HALT)
        .then()
        .statusCode(401);
    as(session).header("Origin", "null").body(body).post(HALT).then().statusCode(401);
    Api.operator().get(HALT).then().body("halted.size()", equalTo(0));
    // Nor does it sign anybody in, or out.
    Api.anonymous()
        .body(Map.of("token", TestPostgres.OPERATOR_TOKEN))
        .post(SESSION)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("Towncrier-Console"));
    given().cookie(COOKIE, session).delete(SESSION).then().statusCode(400);
    // The console itself does, and the audit log names who.
    as(session)
        .header("Sec-Fetch-Site", "same-origin")
        .body("{\"what\":\"pushes\",\"reason\":\"by the console\"}")
        .post(HALT)
        .then()
        .statusCode(200);
    as(session)
        .header("Origin", "http://localhost:" + RestAssured.port)
        .body("{\"what\":\"pushes\",\"reason\":\"by the console\"}")
        .post("/v1/admin/resume")
        .then()
        .statusCode(200);
    Api.operator()
        .get("/v1/admin/audit?limit=1")
        .then()
        .body("items[0].actor", equalTo("local-operator"))
        .body("items[0].action", equalTo("pushes.resumed"));
  }

  @Test
  void theSixthWrongTryWaitsAndSoDoesTheRightToken() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String source = "198.19." + random.nextInt(256) + "." + random.nextInt(256);
    // Over HTTP all tests are one source, and would wait as well.
    for (int i = 0; i < 5; i++) {
      assertThat(signIn.withToken(wrong(), source).await().indefinitely())
          .isInstanceOf(SignIn.Wrong.class);
    }
    assertThat(signIn.withToken(wrong(), source).await().indefinitely())
        .isInstanceOf(SignIn.Wait.class);
    Secret right = new Secret(TestPostgres.OPERATOR_TOKEN);
    assertThat(signIn.withToken(right, source).await().indefinitely())
        .isInstanceOf(SignIn.Wait.class);
    Response refused = page().body(Map.of("token", "not-the-token-at-all")).post(SESSION);
    refused.then().statusCode(401);
    assertThat(refused.cookies()).isEmpty();
    page()
        .body(Map.of())
        .post(SESSION)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("token"));
    page().body(Map.of("code", "code_unknown")).post(SESSION).then().statusCode(401);
  }

  private static Secret wrong() {
    return new Secret("not-the-token-at-all");
  }

  @Test
  void theDocumentAndItsFilesComeAsBrowsersKeepThem() {
    Response page = given().get("/console");
    String document =
        page.then()
            .statusCode(200)
            .contentType("text/html;charset=UTF-8")
            .header("Cache-Control", "no-cache")
            .header("X-Content-Type-Options", "nosniff")
            .header("Referrer-Policy", "no-referrer")
            .header("Content-Security-Policy", containsString("default-src 'none'"))
            .header("Content-Security-Policy", containsString("require-trusted-types-for 'script'"))
            .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
            .header("Content-Security-Policy", containsString("script-src 'self' 'sha256-"))
            .header("Content-Security-Policy", not(containsString("unsafe")))
            .extract()
            .asString();
    assertThat(document).doesNotContain("style=", "onclick", "{{");
    String main = document.replaceAll("(?s).*src=\"(/console/a/[^\"]+main.js)\".*", "$1");
    Response script =
        given()
            .header("Accept-Encoding", "gzip")
            .get(main)
            .then()
            .statusCode(200)
            .extract()
            .response();
    assertThat(script.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(script.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
    assertThat(script.header("X-Content-Type-Options")).isEqualTo("nosniff");
    given().header("If-None-Match", script.header("ETag")).get(main).then().statusCode(304);
    given().header("If-None-Match", page.header("ETag")).get("/console").then().statusCode(304);
    String old = main.replaceAll("/a/[0-9a-f]+/", "/a/0123456789abcdef/");
    given().get(old).then().statusCode(200).header("Cache-Control", "no-store");
    given().get(main.replace("main.js", "page.html")).then().statusCode(404);
    given().get(main.replace("main.js", "no.js")).then().statusCode(404);
  }

  @Test
  void aBrowserThatOpensTheServerIsShownTheConsole() {
    given()
        .redirects()
        .follow(false)
        .header("Accept", "text/html")
        .get("/")
        .then()
        .statusCode(303)
        .header("Location", containsString("/console"));
    given().get("/").then().statusCode(200).body("name", equalTo("towncrier"));
  }

  private static Response signIn() {
    Response answer = page().body(Map.of("token", TestPostgres.OPERATOR_TOKEN)).post(SESSION);
    answer.then().statusCode(201).body("operator", equalTo("local-operator"));
    return answer;
  }

  /** As the console's own page sends it. */
  private static RequestSpecification page() {
    return Api.anonymous().header("Towncrier-Console", "1").header("Sec-Fetch-Site", "same-origin");
  }

  private static RequestSpecification as(String session) {
    return Api.anonymous().header("Towncrier-Console", "1").cookie(COOKIE, session);
  }
}
