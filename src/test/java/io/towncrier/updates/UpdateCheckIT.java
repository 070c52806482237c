package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The anonymous check over HTTP: caching, fallbacks, both verbs. */
@QuarkusTest
class UpdateCheckIT {
  private static final String AX3000 = "/v1/products/towncrier_ax3000/update";

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void theSameFactsGiveTheSameBytesAndThen304() {
    Response first = Api.anonymous().queryParam("version", "1.2.0").get(AX3000);
    first
        .then()
        .statusCode(200)
        .header("Cache-Control", containsString("public"))
        .header("Cache-Control", containsString("max-age="));
    Response second = Api.anonymous().queryParam("version", "1.2.0").get(AX3000);
    assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));

    Response unchanged =
        Api.anonymous()
            .queryParam("version", "1.2.0")
            .header("If-None-Match", first.header("ETag"))
            .get(AX3000);
    unchanged.then().statusCode(304).header("ETag", equalTo(first.header("ETag")));
    assertThat(unchanged.asByteArray()).isEmpty();
  }

  @Test
  void thePlainFormIsTheSameDecisionWithATagOfItsOwn() {
    Response json = Api.anonymous().queryParam("version", "1.2.0").get(AX3000);
    Response plain = Api.anonymous().queryParam("version", "1.2.0").get(AX3000 + ".txt");
    plain
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .header("Cache-Control", equalTo(json.header("Cache-Control")));
    assertThat(plain.asString().lines())
        .startsWith("decision=offer")
        .contains(
            "version=" + json.path("release.version"),
            "artifact.1.url=" + json.path("release.artifacts[0].url"),
            "nextCheckSeconds=" + json.path("nextCheckSeconds"))
        .endsWith("complete=true");
    String tag = plain.header("ETag");
    assertThat(tag).isNotEqualTo(json.header("ETag"));

    for (String known : new String[] {tag, "\"other\", W/" + tag}) {
      Response unchanged =
          Api.anonymous()
              .queryParam("version", "1.2.0")
              .header("If-None-Match", known)
              .get(AX3000 + ".txt");
      unchanged.then().statusCode(304).header("ETag", equalTo(tag));
    }
    // The long way, as for a list that does not hold it, writes the same bytes.
    Response longWay =
        Api.anonymous()
            .queryParam("version", "1.2.0")
            .header("If-None-Match", "\"a\", \"b\"")
            .get(AX3000 + ".txt");
    assertThat(longWay.asByteArray()).isEqualTo(plain.asByteArray());
    assertThat(longWay.contentType()).isEqualTo(plain.contentType());

    Api.anonymous()
        .queryParam("version", "1")
        .get("/v1/products/nothing/update.txt")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("unknown-product"));
    Api.anonymous().get(AX3000 + ".txt").then().statusCode(400);
  }

  @Test
  void anotherLanguageIsAnotherTagAndNotesFallBack() {
    Response german =
        Api.anonymous().queryParam("version", "1.2.0").queryParam("language", "de-CH").get(AX3000);
    Response chinese =
        Api.anonymous()
            .queryParam("version", "1.2.0")
            .queryParam("language", "zh-Hans-SG")
            .get(AX3000);
    Response finnish =
        Api.anonymous().queryParam("version", "1.2.0").queryParam("language", "fi").get(AX3000);
    german.then().body("release.notes.language", equalTo("de"));
    chinese.then().body("release.notes.language", equalTo("zh-Hans"));
    finnish.then().body("release.notes.language", equalTo("en"));
    Map<String, String> forms =
        Map.of(
            "zh_SG.UTF-8", "zh-Hans",
            "zh_TW_#Hant", "en",
            "de_LI@euro", "de",
            "fi;q=0.4,cmn-CN;q=0.6", "zh-Hans");
    forms.forEach(
        (form, notes) ->
            Api.anonymous()
                .queryParam("version", "1.2.0")
                .queryParam("language", form)
                .get(AX3000)
                .then()
                .body("release.notes.language", equalTo(notes)));
    assertThat(german.header("ETag")).isNotEqualTo(chinese.header("ETag"));
  }

  @Test
  void aCheckThatIsWrittenInAnUnusualWayMeansTheSame() {
    String usual = AX3000 + "?version=1.2.0&country=DE&language=de";
    Response expected = Api.anonymous().get(usual);
    for (String unusual :
        new String[] {
          AX3000 + "?Version=1.2.0&country=DE&language=de",
          AX3000 + "?version=1.2.0&country=DE&language=de&imsi=dropped&",
          AX3000 + "?version=1.2.0;country=DE;language=de",
          AX3000 + "?version=1%2E2.0&country=DE&language=de&version=9.9",
          AX3000.replace("_", "%5F") + "?version=1.2.0&country=DE&language=de",
          AX3000.replace("ax", "%61x") + "/?version=1.2.0&country=DE&language=de"
        }) {
      Response answer = Api.anonymous().urlEncodingEnabled(false).get(unusual);
      assertThat(answer.asString()).as(unusual).isEqualTo(expected.asString());
      assertThat(answer.header("ETag")).as(unusual).isEqualTo(expected.header("ETag"));
    }
  }

  @Test
  void metricsCountAllProductsTogether() {
    Api.anonymous().queryParam("version", "1.2.0").get(AX3000).then().statusCode(200);
    assertThat(Api.anonymous().get(metrics).asString())
        .containsPattern(
            "http_server_requests_seconds_count\\{method=\"GET\",outcome=\"SUCCESS\",status=\"200\","
                + "uri=\"/v1/products/\\{product}/update\"}")
        .doesNotContain("status=\"200\",uri=\"" + AX3000);
  }

  @Test
  void postAnswersAsGetDoes() {
    Response get =
        Api.anonymous()
            .queryParam("version", "1.2.0")
            .queryParam("country", "DE")
            .queryParam("channel", "candidate")
            .get(AX3000);
    Api.anonymous()
        .body(
            Map.of("version", "1.2.0", "country", "DE", "channel", "candidate", "imsi", "dropped"))
        .header("If-None-Match", get.header("ETag"))
        .post(AX3000)
        .then()
        .statusCode(200)
        .body("release.version", equalTo("1.4.0-rc1"))
        .body(equalTo(get.asString()));
  }

  @Test
  void aCountryThatIsNotServedIsHeldBackAndAMissingOneToo() {
    String app = "/v1/products/router-app-android/update";
    Api.anonymous()
        .queryParam("version", "3.0.1")
        .queryParam("country", "cn")
        .get(app)
        .then()
        .body("decision", equalTo("held-back"))
        .body("reason", equalTo("country-not-served"));
    Api.anonymous()
        .queryParam("version", "3.0.1")
        .get(app)
        .then()
        .body("decision", equalTo("held-back"))
        .body("reason", equalTo("country-unknown"));
    Api.anonymous()
        .queryParam("version", "what")
        .get(app)
        .then()
        .statusCode(200)
        .body("reason", equalTo("unknown-version"));
  }

  @Test
  void aVersionThatNoSchemeKnowsIsHeldBackAndCounted() {
    double before = unknownVersions();
    Api.anonymous()
        .queryParam("version", "unknown")
        .get(AX3000)
        .then()
        .statusCode(200)
        .body("decision", equalTo("held-back"))
        .body("reason", equalTo("unknown-version"));
    assertThat(unknownVersions()).isEqualTo(before + 1);
  }

  @Test
  void zonesThatWereRenamedAreKnownByBothNames() {
    for (String zone : new String[] {"Asia/Calcutta", "Asia/Kolkata", "US/Pacific"}) {
      Api.anonymous()
          .queryParam("version", "1.2.0")
          .queryParam("timezone", zone)
          .get(AX3000)
          .then()
          .statusCode(200);
    }
  }

  @Test
  void theShortWayAndTheLongOneGiveTheSameAnswer() {
    for (String facts :
        new String[] {
          "version=1.2.0&language=de&country=DE&timezone=Europe/Berlin",
          "version=1.2.0&cohort=c%20%2B1&channel=candidate&manual=true",
          "version=9.9&hardware=B1&counter=7",
          "version=unknown",
          "version=1%2B2",
          "version=1.2.0+b&cohort=50%&timezone=CET-1CEST&country=DE"
        }) {
      Response quick = Api.anonymous().get(AX3000 + "?" + facts);
      // A weak tag is none of ours, so that it takes the long way.
      Response slow =
          Api.anonymous().header("If-None-Match", "W/\"other\"").get(AX3000 + "?" + facts);
      assertThat(quick.statusCode()).isEqualTo(200).isEqualTo(slow.statusCode());
      assertThat(quick.asByteArray()).isEqualTo(slow.asByteArray());
      for (String header : new String[] {"ETag", "Cache-Control", "Content-Type"}) {
        assertThat(quick.header(header)).as(header).isEqualTo(slow.header(header));
      }
    }
  }

  @Test
  void aListOfTagsAndAnyTagAreUnderstood() {
    String tag = Api.anonymous().get(AX3000 + "?version=1.2.0").header("ETag");
    for (String known : new String[] {tag, "\"x\", " + tag, "W/" + tag, "*"}) {
      Api.anonymous()
          .header("If-None-Match", known)
          .get(AX3000 + "?version=1.2.0")
          .then()
          .statusCode(304)
          .header("ETag", equalTo(tag));
    }
    // There is nothing but JSON, whatever is asked for.
    for (String known : new String[] {"\"x\"", "W/\"x\""}) {
      Api.anonymous()
          .header("Accept", "text/html")
          .header("If-None-Match", known)
          .get(AX3000 + "?version=1.2.0")
          .then()
          .statusCode(200)
          .header("Content-Type", containsString("application/json"));
    }
  }

  private double unknownVersions() {
    String lines = Api.anonymous().get(metrics).asString();
    return lines
        .lines()
        .filter(line -> line.startsWith("towncrier_updates_unknown_versions_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }
}
