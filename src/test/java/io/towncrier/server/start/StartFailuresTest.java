package io.towncrier.server.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.towncrier.platform.StartRefused;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailuresTest {
  // What functions alone have.
  private static final Set<String> NOT_OF_THE_SERVER =
      Set.of("AwsConfig", "DatabaseConfig", "QueuesConfig", "EdgeConfig");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "towncrier.updates.next-check      | half-a-day | TOWNCRIER_UPDATES_NEXT_CHECK      | a duration such as",
        "towncrier.delivery.lease          | 45 sec     | TOWNCRIER_DELIVERY_LEASE          | a duration such as",
        "towncrier.delivery.ttl.security   | long       | TOWNCRIER_DELIVERY_TTL_SECURITY   | a duration such as",
        "towncrier.fcm.connections         | six        | TOWNCRIER_FCM_CONNECTIONS         | a whole number",
        "towncrier.limits.body-bytes       | 64k        | TOWNCRIER_LIMITS_BODY_BYTES       | a whole number",
        "towncrier.downloads.budget        | 125MB      | TOWNCRIER_DOWNLOADS_BUDGET        | a whole number",
        "towncrier.delivery.urgent-share   | a fifth    | TOWNCRIER_DELIVERY_URGENT_SHARE   | a number such as",
        "towncrier.rollout-notices.hours-from | 9 o'clock | TOWNCRIER_ROLLOUT_NOTICES_HOURS_FROM | a time of day such as",
        "towncrier.canary.within           | 2 minutes  | TOWNCRIER_CANARY_WITHIN           | a duration such as",
        "towncrier.alerts.essential        | securty    | TOWNCRIER_ALERTS_ESSENTIAL        | one of",
        "towncrier.fcm.endpoint            | ht tp://x  | TOWNCRIER_FCM_ENDPOINT            | a URL",
      })
  void aSettingThatCannotBeReadIsNamedWithItsPlaceAndWhatIsRight(
      String property, String value, String variable, String right) {
    SmallRyeConfig config = config(Map.of(property, value));
    assertThatThrownBy(() -> SettingsCheck.run(config))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(variable + " must be ")
        .hasMessageContaining(right)
        .hasMessageContaining("comes from /etc/towncrier.properties")
        .hasMessageNotContaining(value);
  }

  @Test
  void aBudgetOfDownloadsThatNobodyCouldMeanIsRefused() {
    SmallRyeConfig config = config(Map.of("towncrier.downloads.budget", "0"));
    assertThatThrownBy(() -> SettingsCheck.run(config))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("TOWNCRIER_DOWNLOADS_BUDGET");
  }

  @Test
  void canariesThatNobodyCouldMeanAreRefused() {
    SmallRyeConfig config =
        config(Map.of("towncrier.canary.devices", "dev_1", "towncrier.canary.every", "1m"));
    assertThatThrownBy(() -> SettingsCheck.run(config))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("TOWNCRIER_CANARY_EVERY");
  }

  @ParameterizedTest
  @CsvSource({
    "towncrier.getui.receipt-networks, 203.0.113.0/33, TOWNCRIER_GETUI_RECEIPT_NETWORKS",
    "towncrier.getui.receipt-networks, getui.example, TOWNCRIER_GETUI_RECEIPT_NETWORKS",
    "towncrier.getui.receipts-per-source, 0, TOWNCRIER_GETUI_RECEIPTS_PER_SOURCE"
  })
  void receiptsThatNobodyCouldTakeAreRefused(String property, String value, String variable) {
    SmallRyeConfig config = config(Map.of(property, value));
    assertThatThrownBy(() -> SettingsCheck.run(config))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(variable);
  }

  @Test
  void severalAreNamedAtOnce() {
    SmallRyeConfig config =
        config(
            Map.of(
                "towncrier.updates.next-check", "soon", "towncrier.devices.stale-after", "late"));
    assertThatThrownBy(() -> SettingsCheck.run(config))
        .hasMessageContaining("TOWNCRIER_UPDATES_NEXT_CHECK")
        .hasMessageContaining("TOWNCRIER_DEVICES_STALE_AFTER");
  }

  @Test
  void goodSettingsPass() {
    assertThatCode(
            () ->
                SettingsCheck.run(
                    config(Map.of("towncrier.updates.next-check", "6h", "towncrier.x", "y"))))
        .doesNotThrowAnyException();
  }

  @Test
  void everySettingOfTheServerIsLookedAt() throws IOException {
    Set<String> ours = new HashSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith("Config.java")).toList()) {
        if (Files.readString(source).contains("@ConfigMapping(")) {
          ours.add(source.getFileName().toString().replace(".java", ""));
        }
      }
    }
    ours.removeAll(NOT_OF_THE_SERVER);
    assertThat(ours).hasSizeGreaterThan(10);
    assertThat(
            SettingsCheck.MAPPINGS.stream().map(Class::getSimpleName).collect(Collectors.toSet()))
        .isEqualTo(ours);
  }

  @Test
  void aPortInUseIsNamedWithTheWayOut() {
    assertThat(line(new QuarkusBindException("0.0.0.0", 8081, bind("Address already in use"))))
        .contains("port 8081", "in use by another process", "QUARKUS_HTTP_PORT");
    assertThat(line(new QuarkusBindException("0.0.0.0", 80, bind("Permission denied"))))
        .contains("port 80 may not be used", "QUARKUS_HTTP_PORT");
    assertThat(
            line(
                new QuarkusBindException("192.0.2.1", 80, bind("Cannot assign requested address"))))
        .contains("192.0.2.1 is no address of this machine", "QUARKUS_HTTP_HOST");
  }

  @Test
  void aRefusalIsFoundUnderWhateverIsWrappedAroundIt() {
    Throwable wrapped =
        new RuntimeException(
            "Failed to start application", new IllegalStateException(new StartRefused("the key")));
    assertThat(line(wrapped)).isEqualTo("Towncrier does not start: the key");
  }

  @Test
  void whatNobodyForesawIsToldByItsCauseInOneLine() {
    assertThat(
            line(
                new RuntimeException(
                    "Failed to start", new IllegalArgumentException("frame ancestors: bad\nat x"))))
        .isEqualTo("Towncrier does not start: frame ancestors: bad");
    assertThat(line(new RuntimeException("outer", new NullPointerException())))
        .isEqualTo("Towncrier does not start: java.lang.NullPointerException");
  }

  @Test
  void aSettingOfTheFrameworkIsNamedToo() {
    assertThat(
            StartFailures.line(
                new RuntimeException(
                    new IllegalArgumentException(
                        "SRCFG00029: The config property quarkus.http.port with the config value \"abc\" expected an integer value")),
                config(Map.of("quarkus.http.port", "abc"))))
        .contains("QUARKUS_HTTP_PORT must be a whole number", "comes from");
  }

  private static String line(Throwable failure) {
    return StartFailures.line(failure, config(Map.of()));
  }

  private static BindException bind(String message) {
    return new BindException(message);
  }

  private static SmallRyeConfig config(Map<String, String> given) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(given, "/etc/towncrier.properties", 300))
        .build();
  }
}
