package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What functions are told is what the application reads: a name that nobody reads does nothing. */
final class SettingsTest {
  /** Read by the JVM. */
  private static final String JVM = "JAVA_TOOL_OPTIONS";

  /** Without these a function of the package does half of its work, and says nothing. */
  private static final Set<String> PARTS =
      Set.of("TOWNCRIER_QUEUES_", "TOWNCRIER_DATABASE_", "TOWNCRIER_SNAPSHOT_");

  private final Set<String> read = ApplicationSettings.read();

  @Test
  void everythingThatFunctionsAreToldIsReadByTheApplication() {
    for (String cell : Set.of("eu", "us", "cn")) {
      assertThat(unread(toldIn(cell))).as(cell).isEmpty();
    }
  }

  @Test
  void aWrongNameIsCaught() {
    assertThat(
            unread(
                Set.of(
                    "TOWNCRIER_QUEUES_PLANS",
                    "TOWNCRIER_CELL",
                    "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                    "TOWNCRIER_QUEUES_PLAN")))
        .containsExactlyInAnyOrder(
            "TOWNCRIER_QUEUES_PLANS", "TOWNCRIER_CELL", "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT");
  }

  @Test
  void whatTheApplicationNeedsOfACellIsTold() {
    Set<String> needed = new TreeSet<>(read);
    needed.removeIf(name -> PARTS.stream().noneMatch(name::startsWith));
    needed.remove("TOWNCRIER_SNAPSHOT_RENEW_AFTER"); // Its default is what the alarm expects.
    assertThat(toldIn("eu")).containsAll(needed);
  }

  @Test
  void theApplicationsSettingsAreFoundWhereverTheyAre() {
    assertThat(read)
        .contains(
            "TOWNCRIER_MASTER_KEY", // of the whole service
            "TOWNCRIER_DEVICES_REGISTRATION_AN_HOUR", // of a group inside
            "TOWNCRIER_AWS_ENDPOINT_S3",
            "TOWNCRIER_LIMITS_BODY_BYTES", // under another name than the method's
            "TOWNCRIER_DELIVERY_TTL_FIRMWARE_UPDATE",
            "QUARKUS_OIDC_TOKEN_AUDIENCE",
            "QUARKUS_DATASOURCE_REACTIVE_URL")
        // Methods that compute, not settings.
        .doesNotContain("TOWNCRIER_DELIVERY_TTL_OF", "TOWNCRIER_DELIVERY_LIMITS")
        .hasSizeGreaterThan(60);
  }

  private Set<String> unread(Set<String> told) {
    Set<String> unread = new TreeSet<>(told);
    unread.removeAll(read);
    unread.remove(JVM);
    return unread;
  }

  private static Set<String> toldIn(String cell) {
    Set<String> told = new TreeSet<>();
    Synthesized.cell(cell)
        .all("AWS::Lambda::Function")
        .forEach(
            (id, function) -> {
              // Those that rehearse are told which version to call, and are none of the
              // application.
              if (id.startsWith("Functions")) {
                function
                    .at("/Properties/Environment/Variables")
                    .fieldNames()
                    .forEachRemaining(told::add);
              }
            });
    return told;
  }
}
