package io.towncrier.notices.planning;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.notices.FinishNotices;
import io.towncrier.platform.Ids;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product of its own, its phones, and notices to them. */
@ApplicationScoped
class PlanningField {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final PlanNotices plan;
  private final FinishNotices finish;
  private final DrainOutbox drain;
  private final Database database;
  private final List<Phone> phones = new ArrayList<>();
  private String product = "";

  PlanningField(PlanNotices plan, FinishNotices finish, DrainOutbox drain, Database database) {
    this.plan = plan;
    this.finish = finish;
    this.drain = drain;
    this.database = database;
  }

  /** So many phones, in the order in which they are planned. */
  List<Phone> begin(int count) {
    plan();
    product = newProduct("app");
    phones.clear();
    for (int i = 0; i < count; i++) {
      phones.add(phone());
    }
    phones.sort(Comparator.comparing(phone -> phone.device.id()));
    return List.copyOf(phones);
  }

  String product() {
    return product;
  }

  static String newProduct(String kind) {
    String id = kind + "-" + UUID.randomUUID();
    Api.operator()
        .body(Map.of("id", id, "name", "P", "kind", kind, "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    return id;
  }

  Phone phone() {
    Phone phone =
        new Phone(Api.register(Map.of("product", product, "version", "1.0")), Ids.next("tok"));
    phone.device.pushTo(phone.address);
    return phone;
  }

  Map<String, Object> announcement() {
    return new HashMap<>(Api.announcement("Large", Map.of("products", List.of(product))));
  }

  static String draft(Map<String, ?> notice) {
    return Api.operator()
        .body(notice)
        .post("/v1/admin/notices")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  String started() {
    return started(announcement());
  }

  static String started(Map<String, ?> notice) {
    String id = draft(notice);
    post(id, "/start").then().statusCode(200);
    return id;
  }

  static Response post(String notice, String what) {
    return Api.operator().post("/v1/admin/notices/" + notice + what);
  }

  static ValidatableResponse show(String notice) {
    return Api.operator().get("/v1/admin/notices/" + notice).then().statusCode(200);
  }

  static ValidatableResponse explain(String notice, Phone phone) {
    return Api.operator()
        .get("/v1/admin/notices/" + notice + "/devices/" + phone.device.id())
        .then()
        .statusCode(200);
  }

  static ValidatableResponse inbox(Phone phone) {
    return phone.device.as().get(phone.device.path("/notices")).then().statusCode(200);
  }

  /** All that is left. */
  long plan() {
    return await(plan.run(() -> true));
  }

  /** At most so many pages. */
  long plan(int pages) {
    int[] left = {pages};
    return await(plan.run(() -> left[0]-- > 0));
  }

  void drain() {
    await(drain.run(Optional.empty(), () -> true));
  }

  void finish() {
    await(finish.run());
  }

  static int pushes(Phone phone) {
    return LoopbackFcm.running().to(phone.address).size();
  }

  void run(String sql, @Nullable Object... parameters) {
    await(database.update(sql, parameters));
  }

  /** What a query names {@code text}. */
  List<String> texts(String sql, @Nullable Object... parameters) {
    return await(database.rows(sql, row -> row.text("text"), parameters));
  }

  /** Devices that have a delivery. */
  List<String> planned(String notice) {
    return texts(
        "SELECT d.device_id AS text FROM delivery AS d WHERE d.notice_id = $1"
            + " ORDER BY d.device_id",
        notice);
  }

  List<String> reasons(String notice) {
    return texts(
        """
        SELECT d.state || coalesce(' ' || d.reason, '') AS text FROM delivery AS d
        WHERE d.notice_id = $1 ORDER BY d.device_id
        """,
        notice);
  }

  static <T> T await(Uni<T> work) {
    return work.await().atMost(LONG);
  }

  record Phone(Api.Registered device, String address) {
    String id() {
      return device.id();
    }
  }
}
