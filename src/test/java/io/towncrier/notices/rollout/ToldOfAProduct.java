package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.platform.Ids;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A product of its own with phones, its publications, and who was told of them. */
abstract class ToldOfAProduct {
  static final int PHONES = 24;

  @Inject AnnounceRollouts announce;
  @Inject DrainOutbox drain;
  @Inject Database database;

  final LoopbackFcm fcm = LoopbackFcm.running();
  final List<Phone> phones = new ArrayList<>();
  String product;

  @BeforeEach
  void aProductWithPhones() {
    product = "app-" + UUID.randomUUID();
    Api.operator()
        .body(Map.of("id", product, "name", "App", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    for (int i = 0; i < PHONES; i++) {
      phones.add(phone("1.0", "c-" + i));
    }
    announce();
  }

  String notice() {
    return text("SELECT r.notice_id FROM rollout_notice AS r WHERE r.product_id = ?");
  }

  void publish(String version, Map<String, ?> rollout) {
    publish(version, rollout, 1);
  }

  void publish(String version, Map<String, ?> rollout, long size) {
    Map<String, Object> release =
        new HashMap<>(
            Map.of(
                "product",
                product,
                "version",
                version,
                "severity",
                "recommended",
                "publishedAt",
                "2026-01-01T00:00:00Z",
                "notes",
                Map.of("en", Map.of("title", "New", "body", "All of it")),
                "artifacts",
                List.of(
                    Map.of(
                        "name",
                        "a",
                        "url",
                        "https://example.com/a",
                        "size",
                        size,
                        "sha256",
                        "0".repeat(64)))));
    if (!rollout.isEmpty()) {
      release.put("rollout", rollout);
    }
    Api.operator().body(release).post("/v1/admin/releases").then().statusCode(201);
    Api.operator()
        .body(Map.of("revision", 0))
        .post("/v1/admin/releases/" + product + ":" + version + "/publish")
        .then()
        .statusCode(200);
  }

  void phases(String version, int revision, List<?> phases) {
    Api.operator()
        .body(Map.of("revision", revision, "phases", phases))
        .put("/v1/admin/releases/" + product + ":" + version + "/rollout")
        .then()
        .statusCode(200);
  }

  Phone phone(String version, String cohort) {
    Api.Registered device =
        Api.register(Map.of("product", product, "version", version, "cohort", cohort));
    Phone phone = new Phone(device, cohort, Ids.next("tok"));
    device.pushTo(phone.address);
    return phone;
  }

  /** To whom the anonymous check offers something. */
  List<Phone> offered() {
    return phones.stream()
        .filter(
            phone ->
                Api.anonymous()
                    .get(
                        "/v1/products/%s/update?version=1.0&country=DE&timezone=Europe/Berlin&language=en&cohort=%s"
                            .formatted(product, phone.cohort))
                    .path("decision")
                    .equals("offer"))
        .toList();
  }

  List<Phone> told() {
    return phones.stream().filter(phone -> !fcm.to(phone.address).isEmpty()).toList();
  }

  long announce() {
    return await(announce.run(() -> true));
  }

  void drain() {
    await(drain.run(Optional.empty(), () -> true));
  }

  String text(String sql) {
    return Sql.text(sql, product);
  }

  void run(String sql, String parameter) {
    await(database.update(sql, parameter));
  }

  static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }

  record Phone(Api.Registered device, String cohort, String address) {}
}
