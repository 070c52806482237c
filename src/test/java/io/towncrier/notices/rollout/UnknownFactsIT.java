package io.towncrier.notices.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.platform.Ids;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollouts tell devices too of which country, zone or language is not known. */
@QuarkusTest
@TestProfile(ByHand.class)
class UnknownFactsIT {
  @Inject AnnounceRollouts announce;
  @Inject DrainOutbox drain;
  @Inject Database database;

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final Map<String, Phone> phones = new HashMap<>();
  private String product;

  @BeforeEach
  void aProductWithPhonesOfWhichLittleIsKnown() {
    product = "app-" + UUID.randomUUID();
    Api.operator()
        .body(Map.of("id", product, "name", "App", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    phones.put("known", phone());
    phones.put("country", phone("country"));
    phones.put("time_zone", phone("time_zone"));
    phones.put("language", phone("language"));
    phones.put("all", phone("country", "time_zone", "language"));
    announce();
  }

  @Test
  void aReleaseForAllIsToldToAllInTheDefaultLanguage() {
    publish(Map.of());
    assertThat(announce()).isEqualTo(phones.size());
    drain();
    assertThat(told()).containsExactlyInAnyOrderElementsOf(phones.keySet());
    phones.forEach(
        (name, phone) ->
            phone
                .device
                .as()
                .get(phone.device.path("/notices"))
                .then()
                .statusCode(200)
                .body("items[0].title", equalTo("Title")));
    assertThat(announce()).as("once").isZero();
  }

  @Test
  void aReleaseForACountryIsToldToNobodyWhoseCountryIsUnknown() {
    publish(Map.of("countries", Map.of("allow", List.of("DE"))));
    assertThat(announce()).isEqualTo(3);
    drain();
    assertThat(told()).containsExactlyInAnyOrder("known", "time_zone", "language");
    Phone unknown = phones.get("all");
    Api.operator()
        .get("/v1/admin/notices/" + notice() + "/devices/" + unknown.device.id())
        .then()
        .statusCode(200)
        .body("addressed", equalTo(false));
  }

  private void publish(Map<String, ?> beside) {
    Map<String, Object> release =
        new HashMap<>(
            Map.of(
                "product",
                product,
                "version",
                "2.0",
                "severity",
                "recommended",
                "publishedAt",
                "2026-05-04T08:00:00Z",
                "notes",
                Map.of("en", Map.of("title", "Title", "body", "Body")),
                "artifacts",
                List.of(
                    Map.of(
                        "name",
                        "a",
                        "url",
                        "https://downloads.example.com/a",
                        "size",
                        1,
                        "sha256",
                        "0".repeat(64)))));
    release.putAll(beside);
    Api.operator().body(release).post("/v1/admin/releases").then().statusCode(201);
    Api.operator()
        .body(Map.of("revision", 0))
        .post("/v1/admin/releases/" + product + ":2.0/publish")
        .then()
        .statusCode(200);
  }

  /** As the check stores what it could not read. */
  private Phone phone(String... unknown) {
    Api.Registered device = Api.register(Map.of("product", product, "version", "1.0"));
    Phone phone = new Phone(device, Ids.next("tok"));
    device.pushTo(phone.address);
    for (String fact : unknown) {
      await(database.update("UPDATE device SET " + fact + " = NULL WHERE id = $1", device.id()));
    }
    return phone;
  }

  private List<String> told() {
    List<String> told = new ArrayList<>();
    phones.forEach(
        (name, phone) -> {
          if (!fcm.to(phone.address).isEmpty()) {
            told.add(name);
          }
        });
    return told;
  }

  private String notice() {
    return await(
            database.rows(
                "SELECT notice_id FROM rollout_notice WHERE product_id = $1",
                row -> row.text("notice_id"),
                product))
        .get(0);
  }

  private long announce() {
    return await(announce.run(() -> true));
  }

  private void drain() {
    await(drain.run(Optional.empty(), () -> true));
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }

  private record Phone(Api.Registered device, String address) {}
}
