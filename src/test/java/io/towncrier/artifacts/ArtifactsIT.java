package io.towncrier.artifacts;

import static io.towncrier.artifacts.UploadedImage.ARTIFACTS;
import static io.towncrier.artifacts.UploadedImage.complete;
import static io.towncrier.artifacts.UploadedImage.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators upload images, in parts. */
@QuarkusTest
@Tag("zoneless")
class ArtifactsIT {
  @Inject VerifyArtifacts verify;
  @Inject TidyArtifacts tidy;

  @Test
  void anUploadThatBrokeGoesOnWhereItStopped() throws Throwable {
    UploadedImage image = UploadedImage.random("r1.img", Parts.BYTES + 5);
    String id = image.start();
    image.put(id, 2, image.part(2)).statusCode(204);
    complete(id).statusCode(409).body("detail", equalTo("These parts are missing: 1"));

    // The client has lost everything but the file.
    Api.operator()
        .body(image.announcement())
        .post(ARTIFACTS)
        .then()
        .statusCode(201)
        .body("artifact.id", equalTo(id))
        .body("partBytes", equalTo(Parts.BYTES))
        .body("parts.stored", contains(false, true))
        .body("parts.size", contains(Parts.BYTES, 5))
        .body("parts.offset", contains(0, Parts.BYTES))
        .body("parts[0].url", equalTo(ARTIFACTS + "/" + id + "/parts/1"));
    assertThat(image.sent(id, 1)).isEqualTo(204);
    complete(id).statusCode(202).body("state", equalTo("verifying"));
    complete(id).statusCode(202);
    image.put(id, 2, image.part(2)).statusCode(409);
    verifyAll();

    shown(id)
        .statusCode(200)
        .body("artifact.state", equalTo("ready"))
        .body("artifact.sha256", equalTo(image.sha256()))
        .body("artifact.sha1.length()", equalTo(40))
        .body("artifact.md5.length()", equalTo(32))
        .body("artifact.url", equalTo("https://updates.test" + image.path()))
        .body("artifact.publishedAt", nullValue())
        .body("parts", equalTo(List.of()));
    assertThat(uploads().resolve(id)).doesNotExist();
    complete(id).statusCode(202).body("state", equalTo("ready"));
  }

  @Test
  void bytesThatDoNotMatchAreRefusedAndGone() throws Throwable {
    UploadedImage image = UploadedImage.random("r2.img", 100);
    Map<String, Object> lie = image.announcement();
    lie.put("sha256", "a".repeat(52) + image.sha256().substring(52));
    String id =
        Api.operator()
            .body(lie)
            .post(ARTIFACTS)
            .then()
            .statusCode(201)
            .extract()
            .path("artifact.id");
    // A part is compared as it comes.
    image.put(id, 1, new byte[100]).statusCode(400).body("errors.field", contains("body"));
    image
        .put(id, 1, new byte[99])
        .statusCode(400)
        .body("errors.message", contains("must have 100 bytes"));
    image.put(id, 1, new byte[101]).statusCode(400);
    image.put(id, 1, new byte[0]).statusCode(400);
    image.put(id, 2, image.bytes()).statusCode(400).body("errors.field", contains("number"));
    image.put(id, 1, image.bytes()).statusCode(204);
    complete(id).statusCode(202);
    verifyAll();

    shown(id)
        .body("artifact.state", equalTo("refused"))
        .body("artifact.refusedBecause", equalTo("wrong-sha256"));
    assertThat(uploads().resolve(id)).doesNotExist();
    complete(id).statusCode(409).body("code", equalTo("wrong-state"));
    // The name is free for another try.
    Api.operator()
        .body(lie)
        .post(ARTIFACTS)
        .then()
        .statusCode(201)
        .body("artifact.id", not(equalTo(id)))
        .body("artifact.state", equalTo("uploading"));
  }

  @Test
  void whatIsAnnouncedBadlyIsToldClearly() {
    UploadedImage image = UploadedImage.random("r3.img", 100);
    refused(image, "size", null, "size");
    refused(image, "size", 0, "size");
    refused(image, "size", -1, "size");
    refused(image, "size", 2_147_483_648L, "size");
    refused(image, "name", "../r3.img", "name");
    refused(image, "name", ".hidden", "name");
    refused(image, "name", "a b", "name");
    refused(image, "sha256", "A".repeat(64), "sha256");
    refused(image, "parts", List.of(), "parts");
    refused(image, "parts", null, "parts");
    refused(image, "parts", List.of("x"), "parts[0]");
    refused(image, "else", 1, "else");
    String id = image.start();
    Map<String, Object> larger = image.announcement();
    larger.put("size", 101);
    Api.operator()
        .body(larger)
        .post(ARTIFACTS)
        .then()
        .statusCode(409)
        .body("code", equalTo("already-exists"));
    for (String unknown : new String[] {"none", "art_" + "0".repeat(26)}) {
      shown(unknown).statusCode(404).body("code", equalTo("unknown-artifact"));
      complete(unknown).statusCode(404);
      image.put(unknown, 1, image.bytes()).statusCode(404);
      Api.operator().delete(ARTIFACTS + "/" + unknown).then().statusCode(404);
      Api.operator().post(ARTIFACTS + "/" + unknown + "/link").then().statusCode(404);
    }
    Api.operator().delete(ARTIFACTS + "/" + id).then().statusCode(204);
    shown(id).statusCode(404);
  }

  @Test
  void anUploadThatWasAbandonedLeavesNothing() throws Throwable {
    UploadedImage image = UploadedImage.random("r4.img", 100);
    UploadedImage young = UploadedImage.random("r5.img", 100);
    String id = image.start();
    String other = young.start();
    image.put(id, 1, image.bytes()).statusCode(204);
    young.put(other, 1, young.bytes()).statusCode(204);
    Sql.run("UPDATE artifact SET created_at = now() - interval '25 hours' WHERE id = ?", id);

    VertxContextSupport.subscribeAndAwait(() -> tidy.run(() -> true));

    shown(id).statusCode(404);
    assertThat(uploads().resolve(id)).doesNotExist();
    shown(other).statusCode(200).body("parts.stored", contains(true));
  }

  @Test
  void whatACrashLeftIsFinished() throws Throwable {
    // Verified and moved, and then the process ended before it was noted.
    UploadedImage image = UploadedImage.random("r6.img", 1000);
    String id = image.upload();
    verifyAll();
    Sql.run("UPDATE artifact SET state = 'verifying', verify_again_at = NULL WHERE id = ?", id);
    verifyAll();
    shown(id).body("artifact.state", equalTo("ready"));
    // Marked for removal, and then the process ended.
    Sql.run("UPDATE artifact SET state = 'deleting' WHERE id = ?", id);
    VertxContextSupport.subscribeAndAwait(() -> tidy.run(() -> true));
    shown(id).statusCode(404);
    assertThat(held().resolve(image.sha256())).doesNotExist();
  }

  @Test
  void anUploadIsVerifiedByOneProcessAtATime() throws Throwable {
    UploadedImage image = UploadedImage.random("r7.img", 1000);
    String id = image.upload();
    verifyAll();
    // Another process reads it, and then is gone.
    Sql.run(
        "UPDATE artifact SET state = 'verifying', verify_again_at = now() + interval '1 hour'"
            + " WHERE id = ?",
        id);
    verifyAll();
    shown(id).body("artifact.state", equalTo("verifying"));
    Sql.run("UPDATE artifact SET verify_again_at = now() WHERE id = ?", id);
    verifyAll();
    shown(id).body("artifact.state", equalTo("ready"));
  }

  @Test
  void artifactsAreListedInPages() {
    String id = UploadedImage.random("r8.img", 10).start();
    UploadedImage.random("r9.img", 10).start();
    Api.operator()
        .queryParam("state", "uploading")
        .queryParam("limit", 500)
        .get(ARTIFACTS)
        .then()
        .statusCode(200)
        .body("items.id", hasItem(id));
    Api.operator()
        .queryParam("limit", 1)
        .get(ARTIFACTS)
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(1))
        .body("next", startsWith("art_"));
    Api.operator().queryParam("state", "x").get(ARTIFACTS).then().statusCode(400);
    Api.operator()
        .queryParam("subject", id)
        .get("/v1/admin/audit")
        .then()
        .body("items.action", contains("artifact.announced"))
        .body("items.detail", contains(containsString("r8.img")));
  }

  private static void refused(UploadedImage image, String member, Object value, String field) {
    Map<String, Object> bad = new HashMap<>(image.announcement());
    bad.put(member, value);
    Api.operator()
        .body(bad)
        .post(ARTIFACTS)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-request"))
        .body("errors.field", hasItem(field));
  }

  private void verifyAll() throws Throwable {
    VertxContextSupport.subscribeAndAwait(() -> verify.run(() -> true));
    // The timer of the server may have been first.
    Await.patiently(
        "nothing waits to be verified",
        () ->
            Sql.text(
                    "SELECT count(*) FROM artifact WHERE state = 'verifying'"
                        + " AND (verify_again_at IS NULL OR verify_again_at < now() + interval '59 min')")
                .equals("0"));
  }

  private static Path uploads() {
    return folder().resolve("uploads");
  }

  private static Path held() {
    return folder().resolve("held");
  }

  private static Path folder() {
    Path data = Path.of(ConfigProvider.getConfig().getValue("towncrier.data-dir", String.class));
    assertThat(Files.isDirectory(data)).isTrue();
    return data.resolve("artifacts");
  }
}
