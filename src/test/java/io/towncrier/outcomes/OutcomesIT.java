package io.towncrier.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What devices report, over HTTP and in PostgreSQL. */
@QuarkusTest
class OutcomesIT {
  private static final String RELEASE = "3.1.0";
  private Api.Registered phone;

  @BeforeEach
  void importSample() {
    Api.importSample();
    phone = Api.phone("en");
  }

  @Test
  void aReportIsKeptAndItsIdAgainChangesNothing() {
    report("r1", "downloading", Map.of("progress", 40))
        .statusCode(200)
        .body("state", equalTo("downloading"), "repeated", equalTo(false), "attempt", equalTo(1));
    report("r1", "downloading", Map.of("progress", 40))
        .statusCode(200)
        .body("repeated", equalTo(true));
    report("r2", "installed", Map.of("bootId", "a"))
        .statusCode(200)
        .body("state", equalTo("restarting"));
    report("r1", "downloading", Map.of())
        .statusCode(200)
        .body("state", equalTo("restarting"), "repeated", equalTo(true));
  }

  @Test
  void whatContradictsIsAnsweredSoAndWhatComesLateToo() {
    report("r1", "installed", Map.of("bootId", "a")).statusCode(200);
    for (int again = 0; again < 2; again++) {
      report("r2", "failed", Map.of("bootId", "a", "code", "install-error"))
          .statusCode(409)
          .body("code", equalTo("contradicting-outcome"));
    }
    report("r3", "installing", Map.of()).statusCode(409).body("code", equalTo("late-outcome"));
    report("r4", "failed", Map.of("bootId", "b"))
        .statusCode(200)
        .body("state", equalTo("rolled-back"));
  }

  @Test
  void badReportsAreRefusedWithEachDefect() {
    report("", "flying", Map.of("version", "a b"))
        .statusCode(400)
        .body("errors.field", equalTo(List.of("id", "version", "state")));
    report("r1", "installed", Map.of("version", "0.0.7"))
        .statusCode(404)
        .body("code", equalTo("unknown-release"));
    report(
            "r1",
            "failed",
            Map.of(
                "progress", -4, "at", "yesterday", "code", "gremlins", "detail", "x\n".repeat(9)))
        .statusCode(200)
        .body("state", equalTo("failed"));
  }

  @Test
  void anotherDevicesSecretIsRefused() {
    Api.Registered other = Api.phone("en");
    other
        .as()
        .body(body("r1", "installed", Map.of()))
        .post(phone.path("/outcomes"))
        .then()
        .statusCode(401);
    report("r1", "installed", Map.of()).statusCode(200).body("repeated", equalTo(false));
  }

  @Test
  void theSameReportAtOnceIsKeptOnce() {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> report("r1", "downloading", Map.of()).extract().statusCode()));
    }
    assertThat(answers).extracting(CompletableFuture::join).containsOnly(200);
    report("r1", "downloading", Map.of()).body("repeated", equalTo(true));
  }

  private ValidatableResponse report(String id, String state, Map<String, ?> more) {
    return phone.as().body(body(id, state, more)).post(phone.path("/outcomes")).then();
  }

  private static Map<String, Object> body(String id, String state, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(Map.of("id", id, "version", RELEASE, "state", state));
    body.putAll(more);
    return body;
  }
}
