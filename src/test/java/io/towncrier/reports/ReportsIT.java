package io.towncrier.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Accounts;
import io.towncrier.notices.planning.SmallPages;
import io.towncrier.platform.Secret;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports and previews by a job; no timer runs, and twenty devices are a page. */
@QuarkusTest
@TestProfile(SmallPages.class)
class ReportsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String EXPORTS = "/v1/admin/devices/exports";

  private final String version = "9." + UUID.randomUUID().toString().substring(0, 8);
  private final ContinueReports reports;
  private final Accounts accounts;
  private final AccountStore links;
  private final ObjectMapper json;

  ReportsIT(ContinueReports reports, Accounts accounts, AccountStore links, ObjectMapper json) {
    this.reports = reports;
    this.accounts = accounts;
    this.links = links;
    this.json = json;
  }

  @BeforeEach
  void importSample() {
    Api.importSample();
    Sql.run("UPDATE report SET expires_at = now() WHERE state = 'RUNNING'");
    makeAll();
  }

  @Test
  void anExportHasEachDeviceOnceAndNothingThatNamesSomebody() throws JsonProcessingException {
    String identifier = "SN-" + UUID.randomUUID();
    Set<String> ids = phones(45, Map.of("identifier", identifier));
    String export = export(Map.of("deviceIds", true));

    String text = fetch(export);

    List<String> found = new ArrayList<>();
    for (String line : text.split("\n")) {
      found.add(json.readTree(line).get("id").asText());
    }
    assertThat(found).hasSize(45).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(text).doesNotContain(identifier, "account");
    Api.operator()
        .get("/v1/admin/audit?limit=500")
        .then()
        .body("items.find { it.subject == '" + export + "' }.action", equalTo("report.started"))
        .body(
            "items.find { it.subject == '" + export + "' }.detail",
            equalTo("device-export: a look at the fleet"));
  }

  @Test
  void pseudonymsDifferFromExportToExport() throws JsonProcessingException {
    Set<String> ids = phones(3, Map.of());
    Set<String> first = names(fetch(export(Map.of())));
    Set<String> second = names(fetch(export(Map.of())));
    assertThat(first).hasSize(3).doesNotContainAnyElementsOf(ids);
    assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
  }

  @Test
  void aSpreadsheetTakesNoTextOfADeviceForAFormula() {
    phones(1, Map.of("country", "DE"));
    Sql.run("UPDATE device SET hardware = '=1+1,\"x\"' WHERE version = '" + version + "'");

    String text = fetch(export(Map.of("format", "csv")));

    assertThat(text.split("\r\n")).hasSize(2);
    assertThat(text).startsWith("device,kind,product,").contains(",\"'=1+1,\"\"x\"\"\",");
  }

  @Test
  void aKillBetweenTwoPagesCostsNothingAndDoublesNothing() throws JsonProcessingException {
    Set<String> ids = phones(50, Map.of());
    String export = export(Map.of("deviceIds", true));
    for (int page = 0; page < 2; page++) {
      AtomicInteger asked = new AtomicInteger();
      reports.run(() -> asked.getAndIncrement() == 0).await().atMost(SOON);
    }
    show(export).body("state", equalTo("running")).body("walked", equalTo(40));

    assertThat(names(fetch(export))).isEqualTo(ids);
  }

  @Test
  void anExportThatIsDeletedOrOldIsGone() {
    phones(1, Map.of());
    String deleted = export(Map.of());
    fetch(deleted);
    Api.operator().delete(EXPORTS + "/" + deleted).then().statusCode(204);
    String old = export(Map.of());
    fetch(old);
    Sql.run("UPDATE report SET expires_at = now() WHERE id = '" + old + "'");

    for (String gone : List.of(deleted, old, "rep_x", "rep_00000000000000000000000000")) {
      Api.operator().get(EXPORTS + "/" + gone).then().statusCode(404);
      Api.operator().get(EXPORTS + "/" + gone + "/parts/1").then().statusCode(404);
    }
    makeAll();
    assertThat(Sql.text("SELECT count(*) FROM report WHERE id IN (?, ?)", deleted, old))
        .isEqualTo("0");
    assertThat(Sql.text("SELECT count(*) FROM report_part WHERE report_id = ?", deleted))
        .isEqualTo("0");
  }

  @Test
  void whatMeansNothingIsRefusedAndTooManyWait() {
    begin(Map.of("format", "xml", "version", "1"))
        .statusCode(400)
        .body("errors.field", contains("version", "format", "reason"));
    for (int i = 0; i < StartReport.MOST_RUNNING; i++) {
      export(Map.of());
    }
    begin(Map.of("reason", "one more")).statusCode(429).body("code", equalTo("too-many-requests"));
  }

  @Test
  void aPreviewByAJobSaysWhatTheOneAtOnceSays() {
    phones(25, Map.of("country", "DE", "language", "de"));
    phones(1, Map.of("country", ""));
    String notice = draft();
    Map<String, Object> atOnce =
        Api.operator()
            .post("/v1/admin/notices/" + notice + "/preview")
            .then()
            .statusCode(200)
            .extract()
            .path("$");

    String preview = startPreview(notice);
    previewOf(notice, preview).body("state", equalTo("running")).body("preview", nullValue());
    makeAll();

    Map<String, Object> byJob =
        previewOf(notice, preview).body("state", equalTo("done")).extract().path("preview");
    assertThat(byJob).containsEntry("addressed", 26).isEqualTo(atOnce);
    previewOf(draft(), preview, 404);
  }

  @Test
  void aPhoneOfTwoRoutersIsCountedOnceWhateverPageItStandsIn() {
    String account = accounts.of(new Secret("previewed-" + UUID.randomUUID())).await().atMost(SOON);
    for (int i = 0; i < 12; i++) {
      link(phone(Map.of("version", "1.0." + i)), account);
    }
    for (int i = 0; i < 12; i++) {
      link(
          Api.register(Map.of("kind", "router", "product", "towncrier_ax3000", "version", version))
              .id(),
          account);
    }
    String notice =
        Api.draft(
            Api.operator(),
            "Previewed",
            Map.of(
                "products", List.of("towncrier_ax3000"),
                "versions", Map.of("from", version, "to", version)));
    String preview = startPreview(notice);
    makeAll();
    previewOf(notice, preview).body("preview.addressed", equalTo(24));
  }

  @Test
  void aNoticeThatChangesEndsItsPreview() {
    phones(1, Map.of());
    String before = draft();
    String walking = startPreview(before);
    change(before);
    makeAll();
    previewOf(before, walking).body("state", equalTo("failed"));

    String after = draft();
    String done = startPreview(after);
    makeAll();
    change(after);
    previewOf(after, done).body("state", equalTo("failed")).body("preview", nullValue());
  }

  @Test
  void aLargeAudienceIsLeftToAReport() {
    phones(1, Map.of());
    String notice = draft();
    Sql.run(
        """
        INSERT INTO fleet_change (product_id, version, country, time_zone, language, channel, kind, devices)
        VALUES ('router-app-android', '%s', 'DE', '', 'de', 'stable', 'PHONE', 100000)"""
            .formatted(version));
    try {
      Api.operator()
          .post("/v1/admin/notices/" + notice + "/preview")
          .then()
          .statusCode(409)
          .body("code", equalTo("too-many-devices"));
    } finally {
      Sql.run(
          """
          INSERT INTO fleet_change (product_id, version, country, time_zone, language, channel, kind, devices)
          VALUES ('router-app-android', '%s', 'DE', '', 'de', 'stable', 'PHONE', -100000)"""
              .formatted(version));
    }
  }

  private Set<String> phones(int count, Map<String, String> more) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, String> all = new HashMap<>(more);
      all.put("version", version);
      ids.add(Api.register(all).id());
    }
    return Set.copyOf(ids);
  }

  private static String phone(Map<String, String> given) {
    return Api.register(given).id();
  }

  private void link(String device, String account) {
    links.link(device, account, LocalDate.of(2026, 5, 1)).await().atMost(SOON);
  }

  private ValidatableResponse begin(Map<String, ?> body) {
    return Api.operator().body(body).post(EXPORTS).then();
  }

  private String export(Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("product", "router-app-android");
    body.put("version", version);
    body.put("reason", "a look at the fleet");
    return begin(body).statusCode(202).body("state", equalTo("running")).extract().path("id");
  }

  private static ValidatableResponse show(String export) {
    return Api.operator().get(EXPORTS + "/" + export).then().statusCode(200);
  }

  /** The whole file, made first. */
  private String fetch(String export) {
    makeAll();
    ValidatableResponse done = show(export).body("state", equalTo("done"));
    int parts = done.extract().path("parts");
    StringBuilder text = new StringBuilder();
    for (int part = 1; part <= parts; part++) {
      text.append(
          Api.operator()
              .get(EXPORTS + "/" + export + "/parts/" + part)
              .then()
              .statusCode(200)
              .extract()
              .asString());
    }
    return text.toString();
  }

  private Set<String> names(String text) throws JsonProcessingException {
    List<String> names = new ArrayList<>();
    for (String line : text.split("\n")) {
      names.add(json.readTree(line).get("id").asText());
    }
    return names.stream().collect(Collectors.toSet());
  }

  private void makeAll() {
    reports.run(() -> true).await().atMost(SOON);
  }

  private String draft() {
    return Api.draft(
        Api.operator(),
        "Previewed",
        Map.of(
            "products", List.of("router-app-android"),
            "versions", Map.of("from", version, "to", version),
            "kind", "phone"));
  }

  private void change(String notice) {
    Map<String, Object> body =
        new HashMap<>(
            Api.announcement(
                "Changed", Map.of("products", List.of("router-app-android"), "kind", "phone")));
    body.put("revision", Api.operator().get("/v1/admin/notices/" + notice).path("revision"));
    Api.operator().body(body).put("/v1/admin/notices/" + notice).then().statusCode(200);
  }

  private static String startPreview(String notice) {
    return Api.operator()
        .post("/v1/admin/notices/" + notice + "/previews")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static ValidatableResponse previewOf(String notice, String preview) {
    return previewOf(notice, preview, 200);
  }

  private static ValidatableResponse previewOf(String notice, String preview, int status) {
    return Api.operator()
        .get("/v1/admin/notices/" + notice + "/previews/" + preview)
        .then()
        .statusCode(status);
  }
}
