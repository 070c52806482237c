package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.towncrier.artifacts.ArtifactsConfig;
import io.towncrier.audit.AuditConfig;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.getui.GetuiConfig;
import io.towncrier.delivery.sqs.QueuesConfig;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.downloads.DownloadsConfig;
import io.towncrier.events.EventsConfig;
import io.towncrier.functions.gateway.EdgeConfig;
import io.towncrier.notices.NoticesConfig;
import io.towncrier.notices.canary.CanaryConfig;
import io.towncrier.notices.rollout.RolloutNoticesConfig;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.auth.SignInConfig;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.platform.aws.DatabaseConfig;
import io.towncrier.platform.tracing.TracingConfig;
import io.towncrier.preferences.AlertsConfig;
import io.towncrier.preferences.Category;
import io.towncrier.privacy.retention.RetentionPolicy;
import io.towncrier.releases.editing.ReleasesConfig;
import io.towncrier.server.ServerConfig;
import io.towncrier.updates.UpdatesConfig;
import io.towncrier.updates.published.SnapshotConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names and defaults of every setting: operators depend on them. */
class ConfigDefaultsIT {
  @Test
  void defaultsAreWhatTheReadmeSays() {
    SmallRyeConfig config = config(Map.of());
    TowncrierConfig towncrier = config.getConfigMapping(TowncrierConfig.class);
    assertThat(towncrier.dataDir()).isEqualTo(Path.of(".towncrier"));
    assertThat(towncrier.masterKey()).isEmpty();
    assertThat(towncrier.operatorToken()).isEmpty();
    assertThat(towncrier.zoneData()).isEmpty();
    assertThat(towncrier.demo()).isFalse();
    assertThat(towncrier.timeOuts().lookedAtBefore()).isTrue();
    assertThat(towncrier.witnessFile()).isEmpty();
    assertThat(towncrier.witnessBucket()).isEmpty();
    assertThat(towncrier.witnessObject()).isEqualTo("installation/witness");
    assertThat(towncrier.limits().bodyBytes()).isEqualTo(64 * 1024);
    assertThat(towncrier.limits().importBytes()).isEqualTo(32 * 1024 * 1024);
    assertThat(towncrier.limits().bodyTime()).isEqualTo(Duration.ofSeconds(30));
    assertThat(towncrier.http().trustedProxies()).isZero();
    assertThat(towncrier.cors().origins()).isEmpty();
    RetentionPolicy retention = config.getConfigMapping(RetentionPolicy.class);
    assertThat(retention.backups()).isEqualTo(Duration.ofDays(35));
    assertThat(retention.unlinkedDevices()).isEqualTo(Duration.ofDays(730));
    assertThat(retention.deliveries()).isEqualTo(Duration.ofDays(395));
    assertThat(retention.notices()).isEqualTo(Duration.ofDays(1095));
    assertThat(retention.audit()).isEqualTo(Duration.ofDays(1095));
    assertThat(retention.privacyRequests()).isEqualTo(Duration.ofDays(1095));
    assertThat(retention.receipts()).isEqualTo(Duration.ofDays(730));

    AuditConfig audit = config.getConfigMapping(AuditConfig.class);
    assertThat(audit.headsFile()).isEmpty();
    assertThat(audit.bucket()).isEmpty();

    assertThat(towncrier.publicUrl()).isEmpty();
    EventsConfig events = config.getConfigMapping(EventsConfig.class);
    assertThat(events.endpoints()).isEmpty();
    assertThat(events.privateHosts()).isEmpty();
    assertThat(events.bus()).isEmpty();
    assertThat(events.busTopics()).isEmpty();
    assertThat(events.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(events.attempts()).isEqualTo(12);
    assertThat(events.supportEndingBefore()).isEqualTo(Duration.ofDays(90));
    ArtifactsConfig artifacts = config.getConfigMapping(ArtifactsConfig.class);
    assertThat(artifacts.folder()).isEmpty();
    assertThat(artifacts.bucket()).isEmpty();
    assertThat(artifacts.abandonedAfter()).isEqualTo(Duration.ofHours(24));
    assertThat(artifacts.unusedAfter()).isEqualTo(Duration.ofDays(30));
    assertThat(artifacts.securityKeptFor()).isEqualTo(Duration.ofDays(3650));
    assertThat(artifacts.linkLife()).isEqualTo(Duration.ofHours(1));
    TracingConfig tracing = config.getConfigMapping(TracingConfig.class);
    assertThat(tracing.endpoint()).isEmpty();
    assertThat(tracing.ratio()).isEqualTo(1);
    assertThat(tracing.flushTimeout()).isEqualTo(Duration.ofSeconds(1));
    SignInConfig signIn = config.getConfigMapping(SignInConfig.class);
    assertThat(signIn.acrValues())
        .contains(Set.of("mfa", "phr", "phrh", "https://refeds.org/profile/mfa"));
    assertThat(signIn.amrValues()).contains(Set.of("mfa", "otp", "hwk", "sc"));
    ConsoleConfig console = config.getConfigMapping(ConsoleConfig.class);
    assertThat(console.frameAncestors()).isEqualTo(Set.of("none"));
    assertThat(console.operators()).isTrue();
    assertThat(console.cell()).isEqualTo("towncrier");
    assertThat(console.oidc().clientId()).isEmpty();
    assertThat(console.oidc().clientSecret()).isEmpty();
    assertThat(console.oidc().authServerUrl()).isEmpty();
    assertThat(console.oidc().audience()).isEmpty();
    assertThat(console.oidc().scope()).isEqualTo("openid");
    UpdatesConfig updates = config.getConfigMapping(UpdatesConfig.class);
    assertThat(updates.snapshotMaxAge()).isEqualTo(Duration.ofSeconds(1));
    assertThat(updates.nextCheck()).isEqualTo(Duration.ofHours(6));
    assertThat(updates.cacheMaxAge()).isEqualTo(Duration.ofMinutes(1));
    assertThat(updates.snapshotWait()).isEqualTo(Duration.ofMillis(500));
    assertThat(updates.checksPerSecond()).isEqualTo(2000);
    assertThat(updates.checksPerSource()).isEqualTo(200);
    assertThat(updates.unlimitedSources()).isEmpty();
    assertThat(updates.lookInBackground()).isTrue();
    assertThat(updates.timeStep()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.getConfigMapping(ReleasesConfig.class).approvals()).isFalse();
    ServerConfig server = config.getConfigMapping(ServerConfig.class);
    assertThat(server.drainEvery()).isEqualTo(Duration.ofSeconds(1));
    assertThat(server.noticesEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(server.artifactsEvery()).isEqualTo(Duration.ofSeconds(2));
    assertThat(server.eventsEvery()).isEqualTo(Duration.ofSeconds(2));
    assertThat(server.recallsEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(server.foldEvery()).isEqualTo(Duration.ofSeconds(2));
    assertThat(server.tidyEvery()).isEqualTo(Duration.ofHours(1));
    assertThat(server.seenEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(server.listenProbeEvery()).isEqualTo(Duration.ofSeconds(30));
    assertThat(server.announceEvery()).isEqualTo(Duration.ofSeconds(30));
    assertThat(server.keepSnapshotEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(server.markEvery()).isEqualTo(Duration.ofSeconds(10));
    RolloutNoticesConfig rollouts = config.getConfigMapping(RolloutNoticesConfig.class);
    assertThat(rollouts.enabled()).isTrue();
    assertThat(rollouts.life()).isEqualTo(Duration.ofDays(7));
    assertThat(rollouts.hoursFrom()).isEqualTo(LocalTime.of(9, 0));
    assertThat(rollouts.hoursTo()).isEqualTo(LocalTime.of(20, 0));
    assertThat(rollouts.downloadBudget()).isEqualTo(125_000_000);
    assertThat(rollouts.page()).isEqualTo(1_000);
    assertThat(config.getConfigMapping(DownloadsConfig.class).budget()).isEmpty();
    DevicesConfig devices = config.getConfigMapping(DevicesConfig.class);
    assertThat(devices.challengeLife()).isEqualTo(Duration.ofMinutes(10));
    assertThat(devices.gatherSeen()).isTrue();
    assertThat(devices.challengeTries()).isEqualTo(5);
    assertThat(devices.staleAfter()).isEqualTo(Duration.ofDays(30));
    assertThat(devices.pruneAfter()).isEqualTo(Duration.ofDays(270));
    assertThat(devices.challengesAnHour()).isEqualTo(6);
    assertThat(devices.registration().burst()).isEqualTo(600);
    assertThat(devices.registration().every()).isEqualTo(Duration.ofSeconds(6));
    assertThat(devices.registration().networkFactor()).isEqualTo(10);
    assertThat(devices.registration().anHour()).isEqualTo(100_000);
    assertThat(devices.registration().sources()).isEqualTo(20_000);
    assertThat(devices.registration().formerTrustedProxies()).isEmpty();
    DeliveryConfig delivery = config.getConfigMapping(DeliveryConfig.class);
    assertThat(delivery.lease()).isEqualTo(Duration.ofSeconds(45));
    assertThat(delivery.fenceWait()).isEqualTo(Duration.ofSeconds(20));
    assertThat(delivery.batch()).isEqualTo(250);
    assertThat(delivery.inFlight()).isEqualTo(1000);
    assertThat(delivery.shard()).isEqualTo(1000);
    assertThat(delivery.quotaPerMinute()).isEqualTo(600_000);
    assertThat(delivery.urgentShare()).isEqualTo(0.2);
    assertThat(delivery.rampUp()).isEqualTo(Duration.ofSeconds(60));
    assertThat(Arrays.stream(Category.values()).map(delivery.ttl()::of).map(Duration::toHours))
        .containsExactly(6L, 6L, 12L, 24L, 4L);
    NoticesConfig notices = config.getConfigMapping(NoticesConfig.class);
    assertThat(notices.approvals()).isFalse();
    assertThat(notices.jitter()).isEqualTo(Duration.ofMinutes(10));
    AlertsConfig alerts = config.getConfigMapping(AlertsConfig.class);
    assertThat(alerts.essential()).contains(Set.of(Category.SECURITY, Category.POLICY));
    assertThat(alerts.changesAnHour()).isEqualTo(60);
    assertThat(alerts.historyKept()).isEqualTo(Duration.ofDays(395));
    assertThat(alerts.defaults().pushOff()).isEmpty();
    assertThat(alerts.defaults().inAppOff()).isEmpty();
    FcmConfig fcm = config.getConfigMapping(FcmConfig.class);
    assertThat(fcm.credentials()).isEmpty();
    assertThat(fcm.endpoint()).isEqualTo(URI.create("https://fcm.googleapis.com"));
    assertThat(fcm.installations()).isEqualTo(URI.create("https://console.firebase.google.com"));
    assertThat(fcm.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(fcm.connections()).isEqualTo(6);
    assertThat(fcm.streams()).isEqualTo(100);
    assertThat(fcm.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(fcm.trustCertificate()).isEmpty();
    GetuiConfig getui = config.getConfigMapping(GetuiConfig.class);
    assertThat(getui.credentials()).isEmpty();
    assertThat(getui.endpoint()).isEqualTo(URI.create("https://restapi.getui.com"));
    assertThat(getui.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(getui.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(getui.connections()).isEqualTo(32);
    assertThat(getui.batch()).isEqualTo(200);
    assertThat(getui.quotaPerMinute()).isEqualTo(300_000);
    assertThat(getui.importantOptions()).isEmpty();
    assertThat(getui.marketingOptions()).isEmpty();
    assertThat(getui.receiptNetworks()).isEmpty();
    assertThat(getui.receiptsPerSource()).isEqualTo(100);
    assertThat(getui.trustCertificate()).isEmpty();
    CanaryConfig canary = config.getConfigMapping(CanaryConfig.class);
    assertThat(canary.devices()).isEmpty();
    assertThat(canary.every()).isEmpty();
    assertThat(canary.within()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void theSettingsOfFunctionsHaveTheirNamesAndDefaults() {
    SmallRyeConfig none = config(Map.of());
    SnapshotConfig snapshot = none.getConfigMapping(SnapshotConfig.class);
    assertThat(snapshot.bucket()).isEmpty();
    assertThat(snapshot.key()).isEqualTo("catalogue/snapshot");
    assertThat(snapshot.publicKey()).isEmpty();
    assertThat(snapshot.signingKey()).isEmpty();
    assertThat(snapshot.renewAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(none.getConfigMapping(QueuesConfig.class).plan()).isEmpty();
    assertThat(none.getConfigMapping(DatabaseConfig.class).iam()).isFalse();
    assertThat(none.getConfigMapping(EdgeConfig.class).secret()).isEmpty();
    AwsConfig aws = none.getConfigMapping(AwsConfig.class);
    assertThat(aws.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(aws.endpoint().s3()).isEmpty();

    SmallRyeConfig given =
        config(
            Map.of(
                "towncrier.snapshot.bucket", "b",
                "towncrier.snapshot.public-key", "one,two",
                "towncrier.queues.plan", "https://plan",
                "towncrier.queues.deliver", "https://deliver",
                "towncrier.database.iam", "true",
                "towncrier.edge.secret", "shown",
                "towncrier.delivery.shard", "5",
                "towncrier.aws.endpoint.events", "http://127.0.0.1:2",
                "towncrier.aws.endpoint.sqs", "http://127.0.0.1:1"));
    assertThat(given.getConfigMapping(SnapshotConfig.class).publicKey())
        .contains(List.of("one", "two"));
    assertThat(given.getConfigMapping(QueuesConfig.class).plan()).contains("https://plan");
    assertThat(given.getConfigMapping(QueuesConfig.class).deliver()).contains("https://deliver");
    assertThat(given.getConfigMapping(DatabaseConfig.class).iam()).isTrue();
    assertThat(given.getConfigMapping(EdgeConfig.class).secret()).contains("shown");
    assertThat(given.getConfigMapping(DeliveryConfig.class).shard()).isEqualTo(5);
    assertThat(given.getConfigMapping(AwsConfig.class).endpoint().sqs())
        .contains(URI.create("http://127.0.0.1:1"));
    assertThat(given.getConfigMapping(AwsConfig.class).endpoint().events())
        .contains(URI.create("http://127.0.0.1:2"));
  }

  @Test
  void everySettingHasTheNameThatTheReadmeGives() {
    SmallRyeConfig config =
        config(
            Map.ofEntries(
                Map.entry("towncrier.data-dir", "/data"),
                Map.entry("towncrier.master-key", "k"),
                Map.entry("towncrier.witness-file", "/w"),
                Map.entry("towncrier.witness-bucket", "b"),
                Map.entry("towncrier.witness-object", "k"),
                Map.entry("towncrier.operator-token", "o"),
                Map.entry("towncrier.limits.body-bytes", "1"),
                Map.entry("towncrier.limits.import-bytes", "2"),
                Map.entry("towncrier.cors.origins", "https://a.example,https://b.example"),
                Map.entry("towncrier.tracing.endpoint", "http://127.0.0.1:4318"),
                Map.entry("towncrier.tracing.ratio", "0.1"),
                Map.entry("towncrier.tracing.flush-timeout", "2s"),
                Map.entry("towncrier.sign-in.acr-values", "gold"),
                Map.entry("towncrier.sign-in.amr-values", "face,pin"),
                Map.entry("towncrier.console.frame-ancestors", "self,https://a.example"),
                Map.entry("towncrier.updates.snapshot-max-age", "2s"),
                Map.entry("towncrier.updates.checks-per-second", "9"),
                Map.entry("towncrier.releases.approvals", "true"),
                Map.entry("towncrier.notices.approvals", "true"),
                Map.entry("towncrier.notices.jitter", "3m"),
                Map.entry("towncrier.server.drain-every", "7s"),
                Map.entry("towncrier.delivery.lease", "60s"),
                Map.entry("towncrier.delivery.fence-wait", "9s"),
                Map.entry("towncrier.getui.credentials", "/getui.json"),
                Map.entry("towncrier.getui.endpoint", "http://127.0.0.1:2"),
                Map.entry("towncrier.getui.request-timeout", "4s"),
                Map.entry("towncrier.getui.connect-timeout", "2s"),
                Map.entry("towncrier.getui.connections", "3"),
                Map.entry("towncrier.getui.batch", "20"),
                Map.entry("towncrier.getui.quota-per-minute", "600"),
                Map.entry("towncrier.getui.important-options", "{}"),
                Map.entry("towncrier.getui.marketing-options", "{\"XM\":{}}"),
                Map.entry("towncrier.getui.receipt-networks", "203.0.113.0/24,::1"),
                Map.entry("towncrier.getui.receipts-per-source", "7"),
                Map.entry("towncrier.getui.trust-certificate", "/getui.pem"),
                Map.entry("towncrier.canary.devices", "a,b"),
                Map.entry("towncrier.canary.every", "15m"),
                Map.entry("towncrier.canary.within", "90s"),
                Map.entry("towncrier.fcm.credentials", "/sa.json"),
                Map.entry("towncrier.fcm.endpoint", "http://127.0.0.1:1"),
                Map.entry("towncrier.fcm.connections", "2"),
                Map.entry("towncrier.fcm.streams", "9"),
                Map.entry("towncrier.fcm.connect-timeout", "1s"),
                Map.entry("towncrier.fcm.trust-certificate", "/ca.pem"),
                Map.entry("towncrier.fcm.request-timeout", "3s")));
    DevicesConfig devices =
        config(
                Map.of(
                    "towncrier.devices.challenge-life", "1m",
                    "towncrier.devices.challenge-tries", "2",
                    "towncrier.devices.stale-after", "3d",
                    "towncrier.devices.prune-after", "4d",
                    "towncrier.devices.challenges-an-hour", "9",
                    "towncrier.devices.registration.burst", "5",
                    "towncrier.devices.registration.every", "7s",
                    "towncrier.devices.registration.sources", "7",
                    "towncrier.devices.registration.trusted-proxies", "8"))
            .getConfigMapping(DevicesConfig.class);
    assertThat(devices.challengeLife()).isEqualTo(Duration.ofMinutes(1));
    assertThat(devices.challengeTries()).isEqualTo(2);
    assertThat(devices.staleAfter()).isEqualTo(Duration.ofDays(3));
    assertThat(devices.pruneAfter()).isEqualTo(Duration.ofDays(4));
    assertThat(devices.registration().burst()).isEqualTo(5);
    assertThat(devices.registration().every()).isEqualTo(Duration.ofSeconds(7));
    assertThat(devices.challengesAnHour()).isEqualTo(9);
    assertThat(devices.registration().sources()).isEqualTo(7);
    assertThat(devices.registration().formerTrustedProxies()).hasValue(8);
    TowncrierConfig towncrier = config.getConfigMapping(TowncrierConfig.class);
    assertThat(towncrier.dataDir()).isEqualTo(Path.of("/data"));
    assertThat(towncrier.masterKey()).contains("k");
    assertThat(towncrier.operatorToken()).contains("o");
    assertThat(towncrier.witnessFile()).contains(Path.of("/w"));
    assertThat(towncrier.witnessBucket()).contains("b");
    assertThat(towncrier.witnessObject()).isEqualTo("k");
    assertThat(towncrier.limits().bodyBytes()).isEqualTo(1);
    assertThat(towncrier.limits().importBytes()).isEqualTo(2);
    assertThat(towncrier.cors().origins())
        .contains(List.of("https://a.example", "https://b.example"));
    TracingConfig tracing = config.getConfigMapping(TracingConfig.class);
    assertThat(tracing.endpoint()).contains(URI.create("http://127.0.0.1:4318"));
    assertThat(tracing.ratio()).isEqualTo(0.1);
    assertThat(tracing.flushTimeout()).isEqualTo(Duration.ofSeconds(2));
    SignInConfig signIn = config.getConfigMapping(SignInConfig.class);
    assertThat(signIn.acrValues()).contains(Set.of("gold"));
    assertThat(signIn.amrValues()).contains(Set.of("face", "pin"));
    assertThat(config.getConfigMapping(ConsoleConfig.class).frameAncestors())
        .isEqualTo(Set.of("self", "https://a.example"));
    assertThat(config.getConfigMapping(UpdatesConfig.class).checksPerSecond()).isEqualTo(9);
    assertThat(config.getConfigMapping(ReleasesConfig.class).approvals()).isTrue();
    assertThat(config.getConfigMapping(NoticesConfig.class).approvals()).isTrue();
    assertThat(config.getConfigMapping(NoticesConfig.class).jitter())
        .isEqualTo(Duration.ofMinutes(3));
    assertThat(config.getConfigMapping(ServerConfig.class).drainEvery())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(config.getConfigMapping(UpdatesConfig.class).snapshotMaxAge())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(config.getConfigMapping(DeliveryConfig.class).lease())
        .isEqualTo(Duration.ofMinutes(1));
    FcmConfig fcm = config.getConfigMapping(FcmConfig.class);
    assertThat(fcm.credentials()).contains("/sa.json");
    assertThat(fcm.endpoint()).isEqualTo(URI.create("http://127.0.0.1:1"));
    assertThat(fcm.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(fcm.connections()).isEqualTo(2);
    assertThat(fcm.streams()).isEqualTo(9);
    assertThat(fcm.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(fcm.trustCertificate()).contains(Path.of("/ca.pem"));
    GetuiConfig getui = config.getConfigMapping(GetuiConfig.class);
    assertThat(getui.credentials()).contains("/getui.json");
    assertThat(getui.endpoint()).isEqualTo(URI.create("http://127.0.0.1:2"));
    assertThat(getui.requestTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(getui.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(getui.connections()).isEqualTo(3);
    assertThat(getui.batch()).isEqualTo(20);
    assertThat(getui.quotaPerMinute()).isEqualTo(600);
    assertThat(getui.importantOptions()).contains("{}");
    assertThat(getui.marketingOptions()).contains("{\"XM\":{}}");
    assertThat(getui.receiptNetworks()).contains(List.of("203.0.113.0/24", "::1"));
    assertThat(getui.receiptsPerSource()).isEqualTo(7);
    assertThat(getui.trustCertificate()).contains(Path.of("/getui.pem"));
    CanaryConfig canary = config.getConfigMapping(CanaryConfig.class);
    assertThat(canary.devices()).contains(List.of("a", "b"));
    assertThat(canary.every()).contains(Duration.ofMinutes(15));
    assertThat(canary.within()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void categoriesHaveTheNamesThatTheyHaveInJson() {
    AlertsConfig alerts =
        config(
                Map.of(
                    "towncrier.alerts.essential", "security",
                    "towncrier.alerts.changes-an-hour", "7",
                    "towncrier.alerts.history-kept", "30d",
                    "towncrier.alerts.defaults.push-off", "announcement,app-update",
                    "towncrier.alerts.defaults.in-app-off", "firmware-update"))
            .getConfigMapping(AlertsConfig.class);
    assertThat(alerts.essential()).contains(Set.of(Category.SECURITY));
    assertThat(alerts.changesAnHour()).isEqualTo(7);
    assertThat(alerts.historyKept()).isEqualTo(Duration.ofDays(30));
    assertThat(alerts.defaults().pushOff())
        .contains(Set.of(Category.ANNOUNCEMENT, Category.APP_UPDATE));
    assertThat(alerts.defaults().inAppOff()).contains(Set.of(Category.FIRMWARE_UPDATE));
    assertThat(
            config(Map.of("towncrier.alerts.essential", ""))
                .getConfigMapping(AlertsConfig.class)
                .essential())
        .isEmpty();
  }

  private static SmallRyeConfig config(Map<String, String> given) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withConverter(
            Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
        .withConverter(Path.class, 100, new io.quarkus.runtime.configuration.PathConverter())
        .withDefaultValues(given)
        .withMapping(TowncrierConfig.class)
        .withMapping(RetentionPolicy.class)
        .withMapping(AuditConfig.class)
        .withMapping(ArtifactsConfig.class)
        .withMapping(EventsConfig.class)
        .withMapping(TracingConfig.class)
        .withMapping(SignInConfig.class)
        .withMapping(ConsoleConfig.class)
        .withMapping(UpdatesConfig.class)
        .withMapping(ReleasesConfig.class)
        .withMapping(NoticesConfig.class)
        .withMapping(CanaryConfig.class)
        .withMapping(ServerConfig.class)
        .withMapping(DevicesConfig.class)
        .withMapping(DownloadsConfig.class)
        .withMapping(RolloutNoticesConfig.class)
        .withMapping(DeliveryConfig.class)
        .withMapping(FcmConfig.class)
        .withMapping(GetuiConfig.class)
        .withMapping(AlertsConfig.class)
        .withMapping(SnapshotConfig.class)
        .withMapping(QueuesConfig.class)
        .withMapping(DatabaseConfig.class)
        .withMapping(EdgeConfig.class)
        .withMapping(AwsConfig.class)
        .build();
  }
}
