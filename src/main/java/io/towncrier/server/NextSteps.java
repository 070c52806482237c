package io.towncrier.server;

import java.util.List;

/** Lines to copy, in the order in which they tell a story. */
final class NextSteps {
  private static final String JSON = "-H 'Content-Type: application/json'";
  private static final String DEVICE = "-H \"Authorization: Bearer $S\"";
  private static final String OPERATOR = "-H \"Authorization: Bearer $O\"";

  private final String url;

  /**
   * Not written yet.
   *
   * @param url where the server answers, without a slash at the end
   */
  NextSteps(String url) {
    this.url = url;
  }

  /** A heading of at most 16 characters, and a line for a shell. */
  record Step(String name, String line) {}

  /** Of a built server, whose catalogue may be empty. */
  List<Step> built() {
    return List.of(
        new Step(
            "operator",
            "O=...   # as shown at the first start; the command operator-token turn-over makes another"),
        new Step(
            "catalogue",
            "curl -s '%s/v1/admin/catalogue' %s %s -d @catalogue.json   # its form: docs/catalogue.schema.json"
                .formatted(url, OPERATOR, JSON)),
        new Step(
            "check", "curl -s '%s/v1/products/YOUR_PRODUCT/update?version=1.0.0'".formatted(url)),
        new Step("health", "curl -s '%s/q/health/ready'".formatted(url)),
        new Step("API", "curl -s '%s/q/openapi'".formatted(url)));
  }

  /** Of dev mode with its sample: from a check to a push, and to the opt-out that ends pushes. */
  List<Step> dev() {
    return List.of(
        new Step(
            "firmware check",
            "curl '%s/v1/products/towncrier_ax3000/update?version=1.2.0&country=DE&timezone=Europe/Berlin&language=de'"
                .formatted(url)),
        new Step(
            "app check",
            "curl '%s/v1/products/router-app-android/update?version=3.0.1&country=US&timezone=America/Chicago&language=en'"
                .formatted(url)),
        new Step(
            "registration",
            "R=$(curl -s '%s/v1/devices' %s -d '{\"kind\":\"phone\",\"product\":\"router-app-android\",\"version\":\"3.0.1\",\"country\":\"DE\",\"timezone\":\"Europe/Berlin\",\"language\":\"en\"}'); echo \"$R\""
                .formatted(url, JSON)),
        new Step(
            "id and secret",
            "D=%s; S=%s; echo \"$D\"".formatted(member("deviceId"), member("secret"))),
        new Step(
            "push address",
            "curl -s -X PUT \"%s/v1/devices/$D/push-address\" %s %s -d '{\"provider\":\"fcm\",\"kind\":\"token\",\"value\":\"token-of-'$D'\"}'"
                .formatted(url, DEVICE, JSON)),
        new Step(
            "its proof",
            "C=$(curl -s \"%1$s/v1/dev/pushes/$D\" | sed 's/.*\"challenge\":\"\\([^\"]*\\)\".*/\\1/'); curl -s -o /dev/null -w '%%{http_code}\\n' \"%1$s/v1/devices/$D/push-address/confirm\" %2$s %3$s -d '{\"challenge\":\"'$C'\"}'"
                .formatted(url, DEVICE, JSON)),
        new Step("notice", notice("Hello", "This is a push.")),
        new Step("a push seen", "sleep 3; curl -s \"%s/v1/dev/pushes/$D\"".formatted(url)),
        new Step(
            "opt-out",
            "curl -s -X PUT \"%s/v1/devices/$D/notification-alerts\" %s %s -d '{\"push\":false}'"
                .formatted(url, DEVICE, JSON)),
        new Step("another notice", notice("Hello again", "Nobody is pushed this.")),
        new Step(
            "no push",
            "sleep 3; curl -s \"%s/v1/admin/notices/$N/devices/$D\" %s -H 'Towncrier-Reason: a first try'"
                .formatted(url, OPERATOR)),
        new Step(
            "user token",
            "curl '%s/v1/dev/user-tokens' %s -d '{\"subject\":\"alice\"}'".formatted(url, JSON)));
  }

  private String notice(String title, String body) {
    return ("N=$(curl -s '%1$s/v1/admin/notices' %2$s %3$s -d '{\"kind\":\"announcement\",\"defaultLanguage\":\"en\",\"texts\":{\"en\":{\"title\":\"%4$s\",\"body\":\"%5$s\"}},\"audience\":{\"devices\":[\"'$D'\"]}}'"
            + " | sed 's/.*\"id\":\"\\(ntc_[^\"]*\\)\".*/\\1/'); curl -s -X POST \"%1$s/v1/admin/notices/$N/start\" %2$s")
        .formatted(url, OPERATOR, JSON, title, body);
  }

  private static String member(String name) {
    return "$(echo \"$R\" | sed 's/.*\"%s\":\"\\([^\"]*\\)\".*/\\1/')".formatted(name);
  }
}
