package io.towncrier.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Who had which version, over time. */
@QuarkusTest
class AdoptionIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final String product = "app-" + UUID.randomUUID();
  private final KeepAdoption keep;
  private final AdoptionStore store;

  AdoptionIT(KeepAdoption keep, AdoptionStore store) {
    this.keep = keep;
    this.store = store;
  }

  @Test
  void aDayIsCountedOnceAndAnHourWhileAReleaseIsNew() {
    product();
    device("1.0", "DE");
    device("1.0", "FR");
    device("2.0", "DE");
    take();
    adoption("by=version")
        .body("values", contains("1.0", "2.0"))
        .body("points.devices", contains(Map.of("1.0", 2, "2.0", 1)));
    adoption("by=country").body("points[0].devices", equalTo(Map.of("DE", 2, "FR", 1)));
    // Once a day: what comes later is of tomorrow.
    device("2.0", "DE");
    keep.run(() -> true).await().atMost(SOON);
    adoption("by=version").body("points.devices", contains(Map.of("1.0", 2, "2.0", 1)));

    assertThat(versionsAt(anHour())).isEqualTo("0");
    publish();
    assertThat(versionsAt(anHour())).isEqualTo("2");
  }

  @Test
  void ofEachStepTheLastCountIsShownAndSmallValuesTogether() {
    product();
    Instant day = Instant.parse("2026-05-04T00:00:00Z");
    for (int i = 0; i < 25; i++) {
      row(day, "v" + i, 100 - i);
    }
    row(day.plus(Duration.ofDays(1)), "v0", 7);
    adoption("from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z")
        .body("points.size()", equalTo(2), "values.size()", equalTo(20))
        .body("points[0].devices.v0", equalTo(100), "points[0].devices.others", equalTo(390));
    // One that is asked for has its own number, however small, and the others are fewer.
    adoption("from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z&version=v24")
        .body("values.size()", equalTo(21), "values[20]", equalTo("v24"))
        .body("points[0].devices.v24", equalTo(76), "points[0].devices.others", equalTo(314));
    adoption("from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z&version=v0")
        .body("values.size()", equalTo(20));
    adoption("from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z&version=none")
        .body("values.size()", equalTo(20));
    adoption("from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z&step=P31D")
        .body("points.devices", contains(Map.of("v0", 7)));
  }

  @Test
  void whatIsOldIsForgottenHoursBeforeDays() {
    product();
    Instant now = Instant.parse("2026-05-04T00:00:00Z").plus(Duration.ofDays(1200));
    row(Instant.parse("2026-05-04T00:00:00Z"), "gone", 1);
    row(now.minus(Duration.ofDays(40)), "day", 1);
    row(now.minus(Duration.ofDays(40)).plus(Duration.ofHours(1)), "hour", 1);
    row(now.minus(Duration.ofDays(2)).plus(Duration.ofHours(1)), "new", 1);
    Sql.run("DELETE FROM adoption_taken");
    for (int days : new int[] {31, 29}) {
      Sql.run(
          "INSERT INTO adoption_taken (grain, at) VALUES ('hour', ?::timestamptz)",
          now.minus(Duration.ofDays(days)).toString());
    }
    ((io.towncrier.privacy.retention.Remover) io.quarkus.arc.ClientProxy.unwrap(store))
        .remove(now, 100_000)
        .await()
        .atMost(SOON);
    assertThat(
            Sql.text(
                "SELECT string_agg(value, ' ' ORDER BY value) FROM adoption WHERE product_id = ?",
                product))
        .isEqualTo("day new");
    assertThat(Sql.text("SELECT count(*) FROM adoption_taken")).isEqualTo("1");
    Sql.run("DELETE FROM adoption_taken");
  }

  @Test
  void whatIsAskedForAmissIsToldAtOnce() {
    Api.operator().get("/v1/admin/products/none/adoption").then().statusCode(404);
    Api.operator()
        .get("/v1/admin/products/none/adoption?by=size&step=PT1S&from=now")
        .then()
        .statusCode(400)
        .body("errors.field", containsInAnyOrder("by", "step", "from"));
    Api.operator()
        .get("/v1/admin/products/none/adoption?by=country&version=1.0")
        .then()
        .statusCode(400)
        .body("errors.field", contains("version"));
    product();
    adoption("by=version").body("points", empty());
  }

  private void take() {
    Sql.run("DELETE FROM adoption_taken");
    Sql.run("DELETE FROM adoption WHERE product_id = ?", product);
    keep.run(() -> true).await().atMost(SOON);
  }

  /** Counts an hour that nobody has counted; no day begins with it. */
  private Instant anHour() {
    Instant hour =
        Instant.parse("2030-01-01T05:00:00Z")
            .plus(Duration.ofDays(ThreadLocalRandom.current().nextInt(20_000)));
    store
        .take(AdoptionStore.Grain.HOUR, hour, Instant.parse("2026-01-01T00:00:00Z"))
        .await()
        .atMost(SOON);
    return hour;
  }

  private String versionsAt(Instant moment) {
    return Sql.text(
        "SELECT count(*) FROM adoption WHERE product_id = ? AND axis = 'version' AND at = '"
            + moment
            + "'",
        product);
  }

  private void row(Instant at, String value, int devices) {
    Sql.run(
        "INSERT INTO adoption (product_id, axis, at, value, devices) VALUES (?, 'version', '"
            + at
            + "', ?, "
            + devices
            + ")",
        product,
        value);
  }

  private void product() {
    Api.operator()
        .body(Map.of("id", product, "name", "A", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
  }

  private void publish() {
    String release = "/v1/admin/releases/" + product + ":2.0";
    Api.operator()
        .body(
            Map.of(
                "product",
                product,
                "version",
                "2.0",
                "severity",
                "recommended",
                "notes",
                Map.of("en", Map.of("title", "T", "body", "B"))))
        .post("/v1/admin/releases")
        .then()
        .statusCode(201);
    Api.operator().body(Map.of("revision", 0)).post(release + "/publish").then().statusCode(200);
  }

  private void device(String version, String country) {
    Api.register(Map.of("product", product, "version", version, "country", country));
  }

  private ValidatableResponse adoption(String query) {
    return Api.operator()
        .get("/v1/admin/products/" + product + "/adoption?" + query)
        .then()
        .statusCode(200);
  }
}
