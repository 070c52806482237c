package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.auth.SessionCredentials.SignedIn;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithApprovals;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may look and change nothing, signed in to the console. */
@QuarkusTest
@TestProfile(WithApprovals.class)
@Tag("zoneless")
class ConsoleViewerIT {
  // Where nothing of a viewer's is left: in the frame, on lists, and on things.
  private static final String CHANGES =
      "main button.danger, main button.main, main a.button.main, .stop summary";

  @Inject ConsoleSessions sessions;

  @Test
  void aViewersSessionLooksAndChangesNothing() {
    Secret session = opened("vera", Roles.VIEWER);
    with(session)
        .get("/v1/admin/session")
        .then()
        .statusCode(200)
        .body("operator", equalTo("vera"))
        .body("roles", contains("viewer"))
        .body("mayChange", equalTo(false));
    with(session).get("/v1/admin/audit").then().statusCode(200);
    with(session)
        .body("{\"what\":\"all\",\"reason\":\"x\"}")
        .post("/v1/admin/halt")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    with(opened("olga", Roles.OPERATOR))
        .get("/v1/admin/session")
        .then()
        .body("roles", contains("operator"))
        .body("mayChange", equalTo(true));
  }

  /** The former version takes what has no mark for an operator's: it must find none here. */
  @Test
  void theFormerVersionTakesNoViewersSessionForAnOperators() {
    String name = "viewer-" + System.nanoTime();
    opened(name, Roles.VIEWER);
    assertThat(Sql.text("SELECT mark FROM console_session WHERE operator = ?", name)).isNotEmpty();
  }

  @Test
  void theConsoleShowsAViewerNothingThatWouldBeRefused() {
    aDraft();
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser vera = new ConsoleBrowser(chromium).as(sessions, "vera", Roles.VIEWER);
        ConsoleBrowser olga = new ConsoleBrowser(chromium).as(sessions, "olga")) {
      for (String path :
          List.of(
              "",
              "#/releases",
              "#/releases/viewer-r1:1.0",
              "#/outcomes",
              "#/artifacts",
              "#/products/viewer-r1",
              "#/notices",
              "#/notices/" + aNotice() + "/deliveries",
              "#/devices",
              "#/privacy-requests",
              "#/events")) {
        Page page = vera.open(path);
        assertThat(page.locator("main h1")).isVisible();
        assertThat(page.getByText("Loading ...")).hasCount(0);
        assertThat(page.locator(CHANGES)).hasCount(0);
      }
      for (String path : List.of("#/explain", "#/releases/new", "#/notices/new")) {
        assertThat(vera.open(path).getByText("You may look and change nothing").last()).isVisible();
      }
      assertThat(vera.open("").locator("#nav a[href='#/simulate']")).hasCount(0);
      vera.looksRight("viewer-wide");
      // The same look finds what an operator has.
      Page page = olga.open("#/releases/viewer-r1:1.0");
      assertThat(page.locator(CHANGES).first()).isVisible();
      vera.complainedOfNothing();
    }
  }

  private static void aDraft() {
    Api.as(Tokens.operator("olga"))
        .body(Map.of("id", "viewer-r1", "name", "R1", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products");
    Api.as(Tokens.operator("olga"))
        .body(
            Map.of(
                "product",
                "viewer-r1",
                "version",
                "1.0",
                "severity",
                "recommended",
                "notes",
                Map.of("en", Map.of("title", "T", "body", "B"))))
        .post("/v1/admin/releases")
        .then()
        .statusCode(201);
  }

  private static String aNotice() {
    // A notice addresses somebody.
    Api.register(Map.of("product", "viewer-r1", "version", "1.0"));
    return Api.draft(
        Api.as(Tokens.operator("olga")), "Looked at", Map.of("products", List.of("viewer-r1")));
  }

  private Secret opened(String name, String role) {
    return sessions.open(new SignedIn(name, role, true)).await().indefinitely();
  }

  private static RequestSpecification with(Secret session) {
    return Api.anonymous()
        .cookie("towncrier-console", session.reveal())
        .header("Towncrier-Console", "1")
        .header("Sec-Fetch-Site", "same-origin");
  }
}
