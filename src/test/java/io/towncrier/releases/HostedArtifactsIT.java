package io.towncrier.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;
import io.towncrier.artifacts.TidyArtifacts;
import io.towncrier.artifacts.UploadedImage;
import io.towncrier.artifacts.VerifyArtifacts;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.SeenStatements;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Releases refer to images that were uploaded. */
@QuarkusTest
@Tag("zoneless")
class HostedArtifactsIT extends WithAProduct {
  @Inject VerifyArtifacts verify;
  @Inject TidyArtifacts tidy;

  private final UploadedImage image = UploadedImage.random("r1.img", 1000);

  @Test
  void anImageIsServedWhenItsReleaseIsPublishedAndNotBefore() throws Throwable {
    String id = ready();
    draft("2.0", naming(id));
    // Everything by which clients download stands in its place.
    Api.operator()
        .get(RELEASES + "/" + product + ":2.0")
        .then()
        .body("artifacts[0].id", nullValue())
        .body("artifacts[0].name", equalTo("r1.img"))
        .body("artifacts[0].size", equalTo(1000))
        .body("artifacts[0].sha256", equalTo(image.sha256()))
        .body("artifacts[0].url", equalTo("https://updates.test" + image.path()));
    download(Map.of()).statusCode(404).body("code", equalTo("not-found"));

    publish("2.0", 0).statusCode(200);

    check("1.0").body("release.artifacts[0].url", equalTo("https://updates.test" + image.path()));
    assertThat(download(Map.of()).statusCode(200).extract().asByteArray()).isEqualTo(image.bytes());
    UploadedImage.shown(id).body("artifact.retainedUntil", nullValue());
    deleted(id).statusCode(409).body("detail", containsString(product + ":2.0"));
  }

  @Test
  void rangesAreServedAsTheStandardSays() throws Throwable {
    out("2.0", naming(ready()));
    String tag = '"' + image.sha256() + '"';
    download(Map.of())
        .statusCode(200)
        .header("ETag", tag)
        .header("Accept-Ranges", "bytes")
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .header("Content-Length", "1000");
    part("bytes=10-19", 10, 20).header("Content-Range", "bytes 10-19/1000");
    part("bytes=990-", 990, 1000);
    part("bytes=-10", 990, 1000);
    download(Map.of("Range", "bytes=1000-"))
        .statusCode(416)
        .header("Content-Range", "bytes */1000");
    download(Map.of("Range", "bytes=10-19", "If-Range", tag)).statusCode(206);
    for (String other : List.of("\"" + "0".repeat(64) + "\"", "W/" + tag, "Mon, 04 May 2026")) {
      download(Map.of("Range", "bytes=10-19", "If-Range", other))
          .statusCode(200)
          .header("Content-Length", "1000");
    }
    download(Map.of("If-None-Match", "\"x\", " + tag)).statusCode(304);
    Api.anonymous()
        .header("Range", "bytes=0-9")
        .head(image.path())
        .then()
        .statusCode(206)
        .header("Content-Length", "10")
        .header("ETag", tag);
    for (String none :
        List.of("/artifacts/", "/artifacts/x/y", "/artifacts/" + "0".repeat(64) + "/r1.img")) {
      Api.anonymous().get(none).then().statusCode(404);
    }
    Api.anonymous().post(image.path()).then().statusCode(404);
  }

  @Test
  void aRangeCostsNoStatement() throws Throwable {
    out("2.0", naming(ready()));
    SeenStatements seen =
        SeenStatements.during(
            () -> {
              for (int i = 0; i < 50; i++) {
                download(Map.of("Range", "bytes=0-9")).statusCode(206);
              }
            });
    assertThat(seen.callsOf("artifact")).as("of jobs beside it").isLessThan(25);
    assertThat(seen.callsOf("device")).as("of jobs beside it").isLessThan(50);
  }

  @Test
  void anImageOfADraftIsServedByALinkThatExpires() throws Throwable {
    String id = ready();
    draft("2.0", naming(id));
    String link =
        Api.operator()
            .header("Host", "evil.example")
            .header("X-Forwarded-Host", "evil.example")
            .post(UploadedImage.ARTIFACTS + "/" + id + "/link")
            .then()
            .statusCode(200)
            .extract()
            .path("url");
    assertThat(link).startsWith("https://updates.test" + image.path() + "?expires=");
    String path = link.substring("https://updates.test".length());
    SeenStatements seen =
        SeenStatements.during(
            () ->
                Api.anonymous()
                    .urlEncodingEnabled(false)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "private, no-store"));
    assertThat(seen.callsOf("artifact")).as("of jobs beside it").isLessThan(25);
    Api.anonymous()
        .urlEncodingEnabled(false)
        .get(path.replace("signature=", "signature=A"))
        .then()
        .statusCode(404);
  }

  @Test
  void aReleaseNamesOnlyWhatIsReady() throws Throwable {
    String id = image.start();
    Api.operator()
        .body(release("2.0", naming(id)))
        .post(RELEASES)
        .then()
        .statusCode(400)
        .body("errors.field", contains("artifacts[0].id"));
    Map<String, ?> byUrl =
        Map.of(
            "artifacts",
            List.of(
                Map.of(
                    "name",
                    "r1.img",
                    "url",
                    "https://updates.test" + image.path(),
                    "size",
                    1000,
                    "sha256",
                    image.sha256())));
    Api.operator()
        .body(release("2.0", byUrl))
        .post(RELEASES)
        .then()
        .statusCode(422)
        .body("code", equalTo("unpublishable"));
    importing(Map.of("releases", List.of(imported("2.1", byUrl, "published"))))
        .statusCode(400)
        .body("errors.field", contains("products[" + product + "].releases[2.1].artifacts[0].url"));

    image.put(id, 1, image.bytes()).statusCode(204);
    UploadedImage.complete(id).statusCode(202);
    verified(id);

    Api.operator()
        .body(release("2.0", Map.of("artifacts", List.of(Map.of("id", id, "size", 7)))))
        .post(RELEASES)
        .then()
        .statusCode(400)
        .body("errors.field", contains("artifacts[0].size"));
    draft("2.0", byUrl);
    importing(Map.of("releases", List.of(imported("2.1", naming(id), "published"))))
        .statusCode(200);
    download(Map.of()).statusCode(200);
  }

  @Test
  void whatASecurityReleaseReferredToStays() throws Throwable {
    String id = ready();
    Map<String, ?> advisory =
        Map.of(
            "id", "A-1",
            "severity", "high",
            "affected", Map.of("before", "2.0"),
            "description", "A hole.",
            "remedy", "Install 2.0.");
    out(
        "2.0",
        Map.of(
            "artifacts", List.of(Map.of("id", id)), "severity", "security", "advisory", advisory));
    String until = UploadedImage.shown(id).extract().path("artifact.retainedUntil");
    assertThat(Instant.parse(until))
        .isBetween(
            Instant.now().plus(Duration.ofDays(3649)), Instant.now().plus(Duration.ofDays(3651)));
    // Nothing refers to it any more, and it was not used for long.
    Sql.run("DELETE FROM release WHERE product_id = ?", product);
    Sql.run(
        "UPDATE artifact SET unused_since = now() - interval '1 year', looked_at = unused_since"
            + " - interval '2 years' WHERE id = ?",
        id);
    Sql.run("UPDATE artifact SET looked_at = now() - interval '2 years' WHERE id = ?", id);
    VertxContextSupport.subscribeAndAwait(() -> tidy.run(() -> true));
    deleted(id).statusCode(409).body("detail", containsString(until.substring(0, 10)));
    download(Map.of()).statusCode(200);
  }

  @Test
  void whatNothingRefersToIsSweptAfterAWhile() throws Throwable {
    String id = ready();
    draft("2.0", naming(id));
    unusedFor(id, "1 year");
    UploadedImage.shown(id).statusCode(200);

    Api.operator()
        .header("If-Match", "\"0\"")
        .delete(RELEASES + "/" + product + ":2.0")
        .then()
        .statusCode(204);
    Sql.run("UPDATE artifact SET unused_since = NULL WHERE id = ?", id);
    unusedFor(id, "1 day");
    UploadedImage.shown(id).statusCode(200);
    unusedFor(id, "31 days");
    UploadedImage.shown(id).statusCode(404);
  }

  private void unusedFor(String id, String time) throws Throwable {
    Sql.run(
        "UPDATE artifact SET unused_since = now() - CAST(? AS interval),"
            + " looked_at = now() - interval '2 hours' WHERE id = ?",
        time,
        id);
    VertxContextSupport.subscribeAndAwait(() -> tidy.run(() -> true));
  }

  private Map<String, Object> imported(String version, Map<String, ?> more, String state) {
    Map<String, Object> release = release(version, more);
    release.remove("product");
    release.put("products", List.of(product));
    release.put("state", state);
    return release;
  }

  private static Map<String, ?> naming(String id) {
    return Map.of("artifacts", List.of(Map.of("id", id)));
  }

  private String ready() throws Throwable {
    String id = image.upload();
    verified(id);
    return id;
  }

  private void verified(String id) throws Throwable {
    VertxContextSupport.subscribeAndAwait(() -> verify.run(() -> true));
    Await.patiently(
        "it is ready",
        () -> Sql.text("SELECT state FROM artifact WHERE id = ?", id).equals("ready"));
  }

  private ValidatableResponse part(String range, int from, int to) {
    ValidatableResponse answer = download(Map.of("Range", range)).statusCode(206);
    assertThat(answer.extract().asByteArray())
        .isEqualTo(Arrays.copyOfRange(image.bytes(), from, to));
    return answer;
  }

  private ValidatableResponse download(Map<String, String> headers) {
    return Api.anonymous().headers(headers).get(image.path()).then();
  }

  private static ValidatableResponse deleted(String id) {
    return Api.operator().delete(UploadedImage.ARTIFACTS + "/" + id).then();
  }
}
