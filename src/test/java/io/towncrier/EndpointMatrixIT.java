package io.towncrier;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.PlainHttp;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint of the OpenAPI document, called by everybody: the allowed cells and no other. An
 * endpoint that is new fails here until somebody has written down who may call it.
 */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class EndpointMatrixIT {
  private static final Map<String, Policy> DECIDED =
      Map.ofEntries(
          Map.entry("GET /personal-center/notification-alerts", Policy.ANYBODY),
          Map.entry("GET /personal-center/notices", Policy.ANYBODY),
          Map.entry("GET /v1/about", Policy.ANYBODY),
          // Held to the console's own page, and of the token in the body.
          Map.entry("POST /console/session", Policy.ANYBODY),
          Map.entry("DELETE /console/session", Policy.ANYBODY),
          Map.entry("GET /v1/admin/session", Policy.OPERATOR_READS),
          Map.entry("GET /v1/products/{product}/update", Policy.ANYBODY),
          Map.entry("POST /v1/products/{product}/update", Policy.ANYBODY),
          Map.entry("GET /v1/products/{product}/update.txt", Policy.ANYBODY),
          Map.entry("POST /v1/devices", Policy.ANYBODY),
          Map.entry("GET /v1/devices/{deviceId}", Policy.DEVICE),
          Map.entry("PATCH /v1/devices/{deviceId}", Policy.DEVICE),
          Map.entry("DELETE /v1/devices/{deviceId}", Policy.DEVICE),
          Map.entry("POST /v1/devices/{deviceId}/secret", Policy.DEVICE),
          Map.entry("POST /v1/devices/{deviceId}/message-key", Policy.DEVICE),
          Map.entry("POST /v1/devices/{deviceId}/outcomes", Policy.DEVICE),
          Map.entry("POST /v1/devices/{deviceId}/push-address/confirm", Policy.DEVICE),
          Map.entry("POST /v1/devices/{deviceId}/check", Policy.DEVICE),
          Map.entry("PUT /v1/devices/{deviceId}/push-address", Policy.DEVICE),
          Map.entry("DELETE /v1/devices/{deviceId}/push-address", Policy.DEVICE),
          Map.entry("PUT /v1/devices/{deviceId}/push-addresses/{provider}", Policy.DEVICE),
          Map.entry("DELETE /v1/devices/{deviceId}/push-addresses/{provider}", Policy.DEVICE),
          Map.entry("GET /v1/devices/{deviceId}/notification-alerts", Policy.DEVICE),
          Map.entry("PUT /v1/devices/{deviceId}/notification-alerts", Policy.DEVICE),
          Map.entry("GET /v1/devices/{deviceId}/notices", Policy.DEVICE),
          Map.entry("POST /v1/devices/{deviceId}/notices/{noticeId}/read", Policy.DEVICE),
          Map.entry("PUT /v1/devices/{deviceId}/account", Policy.USER_WITH_DEVICE),
          Map.entry("DELETE /v1/devices/{deviceId}/account", Policy.USER_WITH_DEVICE),
          Map.entry("GET /v1/me/notification-alerts", Policy.USER),
          Map.entry("PUT /v1/me/notification-alerts", Policy.USER),
          Map.entry("GET /v1/me/devices", Policy.USER),
          Map.entry("DELETE /v1/me/devices/{deviceId}", Policy.USER),
          Map.entry("GET /v1/me", Policy.USER),
          Map.entry("PATCH /v1/me", Policy.USER),
          Map.entry("DELETE /v1/me", Policy.USER),
          Map.entry("GET /v1/me/export", Policy.USER),
          Map.entry("GET /v1/receipts/{receipt}", Policy.ANYBODY),
          // Held to the networks of the settings, and of the signature in each line.
          Map.entry("POST /v1/push-receipts/getui", Policy.ANYBODY),
          Map.entry("POST /v1/admin/devices/{deviceId}/revoke", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/devices", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/devices/{deviceId}", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/devices/{deviceId}/timeline", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/devices/find", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/devices/exports", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/devices/exports/{exportId}", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/devices/exports/{exportId}/parts/{part}", Policy.OPERATOR_READS),
          Map.entry("DELETE /v1/admin/devices/exports/{exportId}", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/notices/{noticeId}/previews", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/notices/{noticeId}/previews/{previewId}", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/fleet", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/notices/{noticeId}/audience", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/health", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/dead-letters", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/push/canary", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/dead-letters/release", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/explain", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/simulate", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/devices/{deviceId}/reveal", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/audit/last-verification", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/audit/reads", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/audit/reads/verification", Policy.OPERATOR_READS),
          Map.entry("GET /v1/devices/{deviceId}/consents", Policy.DEVICE),
          Map.entry("PUT /v1/devices/{deviceId}/consents", Policy.DEVICE),
          Map.entry("PUT /v1/devices/{deviceId}/consents/{noticeId}", Policy.DEVICE),
          Map.entry("PUT /v1/me/consents/{noticeId}", Policy.USER),
          Map.entry("GET /v1/me/consents", Policy.USER),
          Map.entry("PUT /v1/me/consents", Policy.USER),
          Map.entry("GET /v1/admin/privacy-requests", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/privacy-requests", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/privacy-requests/{requestId}", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/privacy-requests/{requestId}/answer", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/privacy-requests/{requestId}/refuse", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/products/{product}/rauc", Policy.ANYBODY),
          Map.entry("GET /v1/devices/{deviceId}/rauc", Policy.DEVICE),
          Map.entry("POST /v1/admin/devices/import", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/gateway-tokens", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/gateway-tokens", Policy.OPERATOR_CHANGES),
          Map.entry("DELETE /v1/admin/gateway-tokens/{tokenId}", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/halt", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/halt", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/resume", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/lint", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/live", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/overview", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/calendar", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/status", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/audit/export", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/products/{product}/adoption", Policy.OPERATOR_READS),
          Map.entry("GET /v1/me/notices", Policy.USER),
          Map.entry("POST /v1/me/notices/{noticeId}/read", Policy.USER),
          Map.entry("GET /v1/admin/release-summaries", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/notice-summaries", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/releases/{release}/reach", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/notices/{noticeId}/progress", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/notices/{noticeId}/progress/series", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/notices/{noticeId}/deliveries", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/notices/preview", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/notices/test-sends", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/devices/{deviceId}/notification-alerts/history", Policy.DEVICE),
          Map.entry("GET /v1/me/notification-alerts/history", Policy.USER),
          Map.entry("GET /v1/admin/catalogue", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/catalogue", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/catalogue/preview", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/products", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/products", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/products/{product}", Policy.OPERATOR_READS),
          Map.entry("PUT /v1/admin/products/{product}", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/releases", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/releases", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/releases/{release}", Policy.OPERATOR_READS),
          Map.entry("PUT /v1/admin/releases/{release}", Policy.OPERATOR_CHANGES),
          Map.entry("DELETE /v1/admin/releases/{release}", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/releases/{release}/publish", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/releases/{release}/withdraw", Policy.OPERATOR_CHANGES),
          Map.entry("PUT /v1/admin/releases/{release}/rollout", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/releases/{release}/rollout/pause", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/releases/{release}/rollout/halt", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/releases/{release}/rollout/resume", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/releases/{release}/rollout/promote", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/releases/{release}/progress", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/releases/{release}/timeline", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/releases/{release}/outcome-policy", Policy.OPERATOR_READS),
          Map.entry("PUT /v1/admin/releases/{release}/outcome-policy", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/products/{product}/outcome-policy", Policy.OPERATOR_READS),
          Map.entry("PUT /v1/admin/products/{product}/outcome-policy", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/devices/{deviceId}/outcomes", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/devices/{deviceId}/outcomes/retry", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/artifacts", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/artifacts", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/artifacts/{artifactId}", Policy.OPERATOR_READS),
          Map.entry("DELETE /v1/admin/artifacts/{artifactId}", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/artifacts/{artifactId}/complete", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/artifacts/{artifactId}/link", Policy.OPERATOR_CHANGES),
          Map.entry("PUT /v1/admin/artifacts/{artifactId}/parts/{number}", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/events/endpoints", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/events/dead-letters", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/events/dead-letters/{letter}/retry", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/audit", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/audit/verification", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/notices", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/notices", Policy.OPERATOR_CHANGES),
          Map.entry("PUT /v1/admin/notices/{noticeId}", Policy.OPERATOR_CHANGES),
          Map.entry("DELETE /v1/admin/notices/{noticeId}", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/notices/{noticeId}/approve", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/notices/{noticeId}/pause", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/notices/{noticeId}/resume", Policy.OPERATOR_CHANGES),
          Map.entry("GET /v1/admin/notices/{noticeId}/devices/{deviceId}", Policy.OPERATOR_READS),
          Map.entry("GET /v1/admin/notices/{noticeId}", Policy.OPERATOR_READS),
          Map.entry("POST /v1/admin/notices/{noticeId}/preview", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/notices/{noticeId}/start", Policy.OPERATOR_CHANGES),
          Map.entry("POST /v1/admin/notices/{noticeId}/cancel", Policy.OPERATOR_CHANGES));

  /** Whoever an endpoint does not know is 401; who is known and lacks the role is 403. */
  private enum Policy {
    ANYBODY(EnumSet.allOf(Caller.class), Set.of()),
    /** Below a device's path nothing but its own secret is a credential. */
    DEVICE(EnumSet.of(Caller.RIGHT_DEVICE), Set.of()),
    /** Everybody with a token is a user, of his or her own account alone. */
    USER(Caller.signedIn(), Set.of()),
    USER_WITH_DEVICE(Caller.signedIn(), Set.of()),
    OPERATOR_READS(
        EnumSet.of(Caller.OPERATOR, Caller.OPERATOR_WITHOUT_MFA, Caller.VIEWER),
        EnumSet.of(Caller.USER, Caller.OTHER_USER)),
    OPERATOR_CHANGES(
        EnumSet.of(Caller.OPERATOR), EnumSet.of(Caller.USER, Caller.OTHER_USER, Caller.VIEWER));

    private final Set<Caller> allowed;
    private final Set<Caller> forbidden;

    Policy(Set<Caller> allowed, Set<Caller> forbidden) {
      this.allowed = allowed;
      this.forbidden = forbidden;
    }

    /** What stands in the cell: "allowed", or status and code of the refusal. */
    String decides(Caller caller) {
      if (allowed.contains(caller)) {
        return "allowed";
      }
      if (forbidden.contains(caller)) {
        return "403 forbidden";
      }
      return this == OPERATOR_CHANGES && caller == Caller.OPERATOR_WITHOUT_MFA
          ? "401 step-up-required"
          : "401 unauthenticated";
    }
  }

  private enum Caller {
    NOBODY,
    WRONG_DEVICE,
    RIGHT_DEVICE,
    USER,
    OTHER_USER,
    OPERATOR,
    OPERATOR_WITHOUT_MFA,
    VIEWER;

    static Set<Caller> signedIn() {
      return EnumSet.of(USER, OTHER_USER, OPERATOR, OPERATOR_WITHOUT_MFA, VIEWER);
    }
  }

  // Clients' endpoints drop members that they do not know: one body that most would act upon.
  private static final String BODY =
      """
      {"push":false,"kind":"token","provider":"fcm","value":"tok-matrix","version":"9.9.9",
       "country":"FR","timezone":"Europe/Paris","language":"fr"}
      """;

  private static final Pattern PROBLEM_CODE = Pattern.compile("\"code\":\"([a-z-]+)\"");

  private static final String ALERTS_BODY = "{\"push\":false}";

  private final String user = "alice-" + UUID.randomUUID();
  private final String otherUser = "bob-" + UUID.randomUUID();

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    // Drafts of this test are for Cornish phones, so that no other test finds them.
    Api.phone("kw");
  }

  @Test
  void somebodyHasDecidedOnEveryEndpoint() throws IOException {
    assertThat(endpoints())
        .as("api/openapi.yaml beside the table of this test")
        .isEqualTo(new TreeSet<>(DECIDED.keySet()));
  }

  @Test
  void theAllowedCellsAndNoOther() throws IOException {
    Api.Registered wrong = Api.phone("en");
    Api.Registered right = Api.phone("en");
    String notice = draft();
    String before = everythingThatCouldChange(right, notice);
    List<String> failures = new ArrayList<>();
    int cells = 0;
    // First all who are refused, of whom nothing may be seen; then the others, on things of their
    // own, because some of what they may do is the end of a device or a notice.
    for (boolean allowed : new boolean[] {false, true}) {
      for (String endpoint : endpoints()) {
        for (Caller caller : Caller.values()) {
          String expected = DECIDED.get(endpoint).decides(caller);
          if (expected.equals("allowed") == allowed) {
            boolean fresh = allowed && endpoint.contains("{deviceId}");
            boolean freshNotice = allowed && endpoint.contains("/admin/notices/{noticeId}");
            String actual =
                call(
                    endpoint,
                    caller,
                    fresh ? Api.phone("en") : right,
                    wrong,
                    freshNotice ? draft() : notice);
            cells++;
            if (!actual.equals(expected)) {
              failures.add(endpoint + " by " + caller + ": " + actual + ", not " + expected);
            }
          }
        }
      }
      if (!allowed) {
        assertThat(everythingThatCouldChange(right, notice)).isEqualTo(before);
      }
    }
    assertThat(failures).isEmpty();
    assertThat(cells).isEqualTo(DECIDED.size() * Caller.values().length);
  }

  @Test
  void aUsersTokenDoesNotStandForADevicesSecretNorTheOtherWayRound() {
    Api.Registered phone = Api.phone("en");
    Api.Registered other = Api.phone("en");
    for (String secret : new String[] {"", other.secret(), "sec_wrong"}) {
      Api.as(Tokens.user(user))
          .header("X-Device-Secret", secret)
          .put(phone.path("/account"))
          .then()
          .statusCode(401);
    }
    phone.as().get(phone.path("")).then().body("linked", equalTo(false));
  }

  @Test
  void linkingSaysWhichOfTheTwoCredentialsIsMissingOrWrong() {
    Api.Registered phone = Api.phone("en");
    String token = Tokens.user(user);
    String elsewhere = "/v1/devices/" + phone.id().replaceAll(".$", "0") + "/account";
    for (String path : new String[] {phone.path("/account"), elsewhere}) {
      // Nobody who is not signed in hears anything of the secret, right or wrong.
      for (String secret : new String[] {phone.secret(), "sec_wrong"}) {
        link(Api.anonymous().header("X-Device-Secret", secret), path)
            .body("errors.field", contains("Authorization"))
            .body("errors.message", contains(startsWith("is missing")));
        for (String no : new String[] {phone.secret(), "nonsense", token + "x"}) {
          link(Api.as(no).header("X-Device-Secret", secret), path)
              .body("errors.field", contains("Authorization"))
              .body("errors.message", contains(startsWith("is no valid access token")));
        }
      }
      link(Api.anonymous(), path)
          .body("errors.field", contains("Authorization", "X-Device-Secret"));
      link(Api.as(token), path)
          .body("errors.field", contains("X-Device-Secret"))
          .body("errors.message", contains(startsWith("is missing")));
      // The same for a device that is there and one that is not.
      link(Api.as(token).header("X-Device-Secret", "sec_wrong"), path)
          .body("errors.field", contains("X-Device-Secret"))
          .body("errors.message", contains("is not the secret of this device"));
    }
  }

  private static ValidatableResponse link(RequestSpecification caller, String path) {
    return caller
        .put(path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", "Bearer")
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  void whatAUserChangesAnotherDoesNotSee() {
    Api.as(Tokens.user(user)).body("{\"push\":false}").put("/v1/me/notification-alerts");
    for (String other :
        new String[] {Tokens.user(otherUser), Tokens.operator("o-" + UUID.randomUUID())}) {
      Api.as(other)
          .get("/v1/me/notification-alerts")
          .then()
          .statusCode(200)
          .body("push", equalTo(true))
          .body("revision", equalTo(0));
    }
  }

  private String call(
      String endpoint, Caller caller, Api.Registered right, Api.Registered wrong, String notice) {
    String[] parts = endpoint.split(" ", 2);
    String path =
        parts[1]
            .replace("{product}", "router-app-android")
            .replace("{deviceId}", right.id())
            .replace("{noticeId}", notice)
            // Of what is not named here nothing exists; who may ask is told so.
            .replaceAll("\\{\\w+}", "none");
    HttpRequest.Builder request = PlainHttp.to(path).header("Content-Type", "application/json");
    credential(caller, right, wrong)
        .ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    if (DECIDED.get(endpoint) == Policy.USER_WITH_DEVICE) {
      request.header(
          "X-Device-Secret", caller == Caller.WRONG_DEVICE ? wrong.secret() : right.secret());
    }
    boolean hasBody = Set.of("POST", "PUT", "PATCH").contains(parts[0]);
    String body = path.endsWith("/notification-alerts") ? ALERTS_BODY : BODY;
    return outcome(
        PlainHttp.send(
            request.method(parts[0], hasBody ? BodyPublishers.ofString(body) : noBody())));
  }

  private Optional<String> credential(Caller caller, Api.Registered right, Api.Registered wrong) {
    return switch (caller) {
      case NOBODY -> Optional.empty();
      case WRONG_DEVICE -> Optional.of(wrong.secret());
      case RIGHT_DEVICE -> Optional.of(right.secret());
      case USER -> Optional.of(Tokens.user(user));
      case OTHER_USER -> Optional.of(Tokens.user(otherUser));
      case OPERATOR -> Optional.of(Tokens.operator("olga"));
      case OPERATOR_WITHOUT_MFA -> Optional.of(Tokens.operatorWithoutMultiFactor("otto"));
      case VIEWER -> Optional.of(Tokens.viewer("vera"));
    };
  }

  /** Bad input and a thing that does not exist are told only to who may call. */
  private static String outcome(HttpResponse<String> answer) {
    int status = answer.statusCode();
    Matcher problem = PROBLEM_CODE.matcher(answer.body());
    boolean isProblem =
        answer
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("application/problem+json"))
            .isPresent();
    String code = isProblem && problem.find() ? problem.group(1) : "";
    boolean ranIntoNothing = code.equals("not-found") || status == 405 || status >= 500;
    return status == 401 || status == 403 || ranIntoNothing ? status + " " + code : "allowed";
  }

  private String everythingThatCouldChange(Api.Registered device, String notice) {
    String operator = Tokens.operator("olga");
    return Stream.of(
            device.as().get(device.path("")),
            device.as().get(device.path("/notification-alerts")),
            device.as().get(device.path("/notices")),
            Api.as(Tokens.user(user)).get("/v1/me/notification-alerts"),
            Api.as(Tokens.user(otherUser)).get("/v1/me/notification-alerts"),
            Api.as(operator).get("/v1/admin/notices/" + notice),
            Api.anonymous().get("/v1/products/router-app-android/update?version=1"))
        .map(
            answer -> {
              answer.then().statusCode(200);
              return answer.asString();
            })
        .toList()
        .toString();
  }

  private static String draft() {
    return Api.draft(Api.as(Tokens.operator("olga")), "T", Map.of("languages", Set.of("kw")));
  }

  private static Set<String> endpoints() throws IOException {
    JsonNode document =
        new ObjectMapper(new YAMLFactory()).readTree(Path.of("api", "openapi.yaml").toFile());
    Set<String> methods =
        Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
    Map<String, JsonNode> paths = new TreeMap<>();
    document.path("paths").properties().forEach(p -> paths.put(p.getKey(), p.getValue()));
    Set<String> endpoints = new TreeSet<>();
    paths.forEach(
        (path, operations) ->
            operations
                .fieldNames()
                .forEachRemaining(
                    member -> {
                      if (methods.contains(member)) {
                        endpoints.add(member.toUpperCase(Locale.ROOT) + " " + path);
                      }
                    }));
    return endpoints;
  }
}
