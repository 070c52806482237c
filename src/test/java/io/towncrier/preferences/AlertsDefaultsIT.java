package io.towncrier.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Configured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another configuration of the categories than the usual one. */
@QuarkusTest
@TestProfile(Configured.class)
@Tag("zoneless")
class AlertsDefaultsIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Inject Database database;
  @Inject AuditEssentials audit;

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void theDefaultsCountBeforeTheFirstUseToo() {
    Api.Registered phone = Api.phone("yo");
    phone.pushTo("tok-" + phone.id());
    String notice = Api.draft(Api.operator(), "T", Map.of("languages", List.of("yo")));
    Api.operator()
        .post("/v1/admin/notices/" + notice + "/preview")
        .then()
        .body("pushed", equalTo(0))
        .body("suppressed.category-off", equalTo(1));
    Api.operator().post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
    phone.as().get(phone.path("/notices")).then().body("items", empty());
  }

  @Test
  void theDefaultsOfTheFirstUseAreRecordedWithTheOwner() {
    Api.Registered phone = Api.phone("en");
    phone
        .as()
        .get(phone.path("/notification-alerts"))
        .then()
        .body("pushCategories.announcement", equalTo(false))
        .body("pushCategories.security", equalTo(true))
        .body("inAppCategories.announcement", equalTo(false))
        .body("essential", contains("app-update"));
    phone
        .as()
        .body("{\"pushCategories\":{\"announcement\":true}}")
        .put(phone.path("/notification-alerts"))
        .then()
        .body("pushCategories.announcement", equalTo(true));
    assertThat(
            database
                .rows(
                    """
                    SELECT default_off, default_in_app_off, first_used_at <= now() AS is_used
                    FROM notification_alerts WHERE owner = $1
                    """,
                    row ->
                        List.of(
                            row.texts("default_off"),
                            row.texts("default_in_app_off"),
                            row.flag("is_used")),
                    phone.id())
                .await()
                .atMost(SOON))
        .containsExactly(List.of(List.of("ANNOUNCEMENT"), List.of("ANNOUNCEMENT"), true));
  }

  @Test
  void anOwnerWhoBeganUnderOtherDefaultsKeepsThem() {
    Api.Registered phone = Api.phone("zu");
    // As a process with the usual configuration makes it.
    database
        .update("INSERT INTO notification_alerts (owner) VALUES ($1)", phone.id())
        .await()
        .atMost(SOON);
    phone
        .as()
        .get(phone.path("/notification-alerts"))
        .then()
        .body("pushCategories.announcement", equalTo(true))
        .body("inAppCategories.announcement", equalTo(true));
    String notice = Api.announce("Shown", Map.of("languages", List.of("zu")));
    phone.as().get(phone.path("/notices")).then().body("items.id", contains(notice));
  }

  @Test
  void whatBecameEssentialIsShownThoughItWasHiddenBefore() {
    Api.Registered phone = Api.phone("xh");
    database
        .update(
            "INSERT INTO notification_alerts (owner, in_app_off) VALUES ($1, '{APP_UPDATE}')",
            phone.id())
        .await()
        .atMost(SOON);
    String id =
        Api.operator()
            .body(
                Map.of(
                    "kind",
                    "app-update",
                    "defaultLanguage",
                    "en",
                    "texts",
                    Map.of("en", Map.of("title", "T", "body", "B")),
                    "audience",
                    Map.of("languages", List.of("xh"))))
            .post("/v1/admin/notices")
            .path("id");
    Api.operator().post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    phone.as().get(phone.path("/notices")).then().body("items.id", contains(id));
    phone
        .as()
        .body("{\"push\":false}")
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200)
        .body("inAppCategories.app-update", equalTo(true));
  }

  @Test
  void aChangeOfWhatIsEssentialIsKeptOnce() {
    List<List<String>> kept =
        database
            .rows(
                "SELECT was, became FROM essential_categories ORDER BY id DESC LIMIT 1",
                row -> row.texts("became"))
            .await()
            .atMost(SOON);
    assertThat(kept).containsExactly(List.of("app-update"));
    assertThat(audit.run().await().atMost(SOON)).isFalse();
    database
        .update("INSERT INTO essential_categories (was, became) VALUES (NULL, '{policy}')")
        .await()
        .atMost(SOON);
    assertThat(audit.run().await().atMost(SOON)).isTrue();
    assertThat(
            database
                .rows(
                    "SELECT was, became FROM essential_categories ORDER BY id DESC LIMIT 1",
                    row -> List.of(row.texts("was"), row.texts("became")))
                .await()
                .atMost(SOON))
        .containsExactly(List.of(List.of("policy"), List.of("app-update")));
  }
}
