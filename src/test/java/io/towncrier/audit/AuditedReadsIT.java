package io.towncrier.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Accounts;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who looks at one person's data says why, and leaves a trace. */
@QuarkusTest
class AuditedReadsIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String REASON = "CASE-7: no update came";

  @Inject AuditReads reads;
  @Inject Accounts accounts;
  @Inject AccountStore links;

  @BeforeEach
  void importSample() {
    LoopbackFcm.running();
    Api.importSample();
  }

  @Test
  void everyReadOfOnePersonsDataNeedsAReason() throws IOException {
    String device = Api.phone("en").id();
    List<String> paths = pathsOfOneDevice();
    assertThat(paths).hasSizeGreaterThanOrEqualTo(2);
    for (String path : paths) {
      String url = path.replace("{deviceId}", device).replaceAll("\\{\\w+}", "none");
      needsReason(withoutReason().get(url), url);
      assertThat(withReason().get(url).<List<?>>path("errors.field")).isNullOrEmpty();
    }
    needsReason(
        withoutReason().get("/v1/admin/devices?account=" + Ids.next("acc")), "list of an account");
    needsReason(
        withoutReason().body(Map.of("identifier", "SN-1")).post("/v1/admin/devices/find"), "find");
    needsReason(
        withoutReason().body(Map.of("deviceId", device)).post("/v1/admin/explain"), "explain");
    needsReason(reveal(withoutReason(), device, "push-address"), "reveal");
    needsReason(
        withoutReason().header("Towncrier-Reason", " ").get("/v1/admin/devices/" + device),
        "a reason in which there is nothing to see");
  }

  @Test
  void countsAndListsWithoutIdentifiersNeedNone() {
    long before = noted();
    withoutReason().get("/v1/admin/fleet").then().statusCode(200);
    withoutReason().get("/v1/admin/devices?limit=1").then().statusCode(200);
    withoutReason()
        .body(Map.of("product", "router-app-android", "version", "3.0.1"))
        .post("/v1/admin/explain")
        .then()
        .statusCode(200);
    assertThat(noted()).isEqualTo(before);
  }

  @Test
  void eachReadIsInTheChainWithItsReason() {
    Api.Registered phone = Api.register(Map.of("identifier", "SN-" + UUID.randomUUID()));
    String path = "/v1/admin/devices/" + phone.id();
    withReason().get(path).then().statusCode(200);
    withReason().body(Map.of("deviceId", phone.id())).post("/v1/admin/explain").then();
    withReason().get("/v1/admin/notices/" + Ids.next("ntc") + "/devices/" + phone.id()).then();
    String identifier = "SN-" + UUID.randomUUID();
    withReason().body(Map.of("identifier", identifier)).post("/v1/admin/devices/find").then();

    chain();
    audited(phone.id())
        .body(
            "items.action",
            contains("device.delivery-explained", "device.update-explained", "device.read"))
        .body("items.detail", contains(REASON, REASON, REASON))
        .body("items[0].actor", equalTo("local-operator"));
    String all = Api.operator().get("/v1/admin/audit/reads?limit=500").asString();
    assertThat(all).contains("device.searched", "search_").doesNotContain(identifier);
    Api.operator()
        .get("/v1/admin/audit/reads/verification")
        .then()
        .statusCode(200)
        .body("intact", equalTo(true));
  }

  @Test
  void valuesAreMaskedAndOneIsOpenedWithTheUsersAuthorization() {
    Api.Registered phone = Api.phone("en");
    String address = Ids.next("tok");
    phone.pushTo(address);
    String subject = "subject-" + UUID.randomUUID();
    String account = accounts.of(new Secret(subject)).await().atMost(SOON);
    links.link(phone.id(), account, LocalDate.of(2026, 5, 1)).await().atMost(SOON);

    ValidatableResponse page =
        withReason().get("/v1/admin/devices/" + phone.id()).then().statusCode(200);
    page.body("personal.value", contains("push-address", "subject"))
        .body("personal[0].masked", equalTo("••••" + address.substring(address.length() - 4)))
        .body("personal[1].account", equalTo(account));
    assertThat(page.extract().asString()).doesNotContain(address, subject);

    withReason()
        .body(Map.of("value", "push-address"))
        .post("/v1/admin/devices/" + phone.id() + "/reveal")
        .then()
        .statusCode(400)
        .body("errors.field", contains("authorization"));
    reveal(withReason(), phone.id(), "push-address").then().body("revealed", equalTo(address));
    reveal(withReason(), phone.id(), "subject").then().body("revealed", equalTo(subject));
    chain();
    audited(phone.id())
        .body("items.action", hasItems("push-address.revealed", "subject.revealed"))
        .body("items[0].detail", equalTo(REASON + " [authorized by CASE-7]"));

    Api.Registered without = Api.phone("en");
    reveal(withReason(), without.id(), "push-address").then().statusCode(404);
    withReason().get("/v1/admin/devices/" + without.id()).then().body("personal", empty());
    chain();
    // Also the attempt.
    audited(without.id()).body("items.action", hasItems("push-address.revealed"));
  }

  @Test
  void noStopWaitsForAReadAndNoReadForAChange() throws SQLException {
    String path = "/v1/admin/devices/" + Api.phone("en").id();
    try (Connection connection = Sql.connect();
        Statement sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute("SELECT 1 FROM read_head FOR UPDATE");
      withReason().get(path).then().statusCode(200);
      try {
        Api.operator()
            .body(Map.of("what", "pushes", "reason", "beside reads"))
            .post("/v1/admin/halt")
            .then()
            .statusCode(200);
      } finally {
        Api.operator()
            .body(Map.of("what", "pushes", "reason", "the test is over"))
            .post("/v1/admin/resume");
      }
      connection.rollback();
      sql.execute("SELECT 1 FROM audit_head FOR UPDATE");
      withReason().get(path).then().statusCode(200);
      chain();
      connection.rollback();
    }
  }

  @Test
  void whatCannotBeAuditedIsNotAnswered() throws SQLException {
    String path = "/v1/admin/devices/" + Api.phone("en").id();
    try (Connection connection = Sql.connect();
        Statement sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute("LOCK TABLE read_waiting IN EXCLUSIVE MODE");
      withReason().get(path).then().statusCode(503);
      connection.rollback();
    }
  }

  private static RequestSpecification withoutReason() {
    return Api.as(TestPostgres.OPERATOR_TOKEN);
  }

  private static RequestSpecification withReason() {
    return withoutReason().header("Towncrier-Reason", REASON);
  }

  private static Response reveal(RequestSpecification operator, String device, String value) {
    return operator
        .body(Map.of("value", value, "authorization", "CASE-7"))
        .post("/v1/admin/devices/" + device + "/reveal");
  }

  private static void needsReason(Response answer, String what) {
    assertThat(answer.statusCode()).as(what).isEqualTo(400);
    answer
        .then()
        .body("errors.field", contains("Towncrier-Reason"))
        .body("errors.message", contains(startsWith("is required: say why")));
  }

  private void chain() {
    reads.chain(() -> true).await().atMost(SOON);
  }

  private static ValidatableResponse audited(String device) {
    return Api.operator().get("/v1/admin/audit/reads?subject=" + device).then().statusCode(200);
  }

  private static long noted() {
    return Long.parseLong(
        Sql.text("SELECT (SELECT count(*) FROM read_waiting) + (SELECT number FROM read_head)"));
  }

  /** From the contract, so that a new one is seen. */
  private static List<String> pathsOfOneDevice() throws IOException {
    JsonNode paths =
        new ObjectMapper(new YAMLFactory())
            .readTree(Path.of("api", "openapi.yaml").toFile())
            .path("paths");
    List<String> found = new ArrayList<>();
    paths
        .properties()
        .forEach(
            path -> {
              if (path.getKey().startsWith("/v1/admin/")
                  && path.getKey().contains("{deviceId}")
                  && path.getValue().has("get")) {
                found.add(path.getKey());
              }
            });
    return found;
  }
}
