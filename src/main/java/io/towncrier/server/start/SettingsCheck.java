package io.towncrier.server.start;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.towncrier.artifacts.ArtifactsConfig;
import io.towncrier.audit.AuditConfig;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.ddi.DdiConfig;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.getui.GetuiConfig;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.residency.ResidencyConfig;
import io.towncrier.downloads.DownloadBudget;
import io.towncrier.downloads.DownloadsConfig;
import io.towncrier.events.Endpoints;
import io.towncrier.events.EventsConfig;
import io.towncrier.notices.NoticesConfig;
import io.towncrier.notices.canary.CanaryConfig;
import io.towncrier.notices.canary.CanaryPlan;
import io.towncrier.notices.rollout.RolloutNoticesConfig;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.address.PublicUrl;
import io.towncrier.platform.auth.SignInConfig;
import io.towncrier.platform.rest.edge.AddressRanges;
import io.towncrier.platform.tracing.TracingConfig;
import io.towncrier.preferences.AlertsConfig;
import io.towncrier.releases.editing.ReleasesConfig;
import io.towncrier.reports.ReportsConfig;
import io.towncrier.server.ServerConfig;
import io.towncrier.updates.UpdatesConfig;
import io.towncrier.updates.published.SnapshotConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Reads every setting of ours before anything is started, so that a bad value is named at once. */
public final class SettingsCheck {
  /** Those of the plain server. */
  static final List<Class<?>> MAPPINGS =
      List.of(
          TowncrierConfig.class,
          ArtifactsConfig.class,
          SignInConfig.class,
          TracingConfig.class,
          ReleasesConfig.class,
          UpdatesConfig.class,
          SnapshotConfig.class,
          DevicesConfig.class,
          DownloadsConfig.class,
          ResidencyConfig.class,
          AuditConfig.class,
          AlertsConfig.class,
          DeliveryConfig.class,
          FcmConfig.class,
          GetuiConfig.class,
          NoticesConfig.class,
          RolloutNoticesConfig.class,
          CanaryConfig.class,
          ConsoleConfig.class,
          ReportsConfig.class,
          DdiConfig.class,
          EventsConfig.class,
          ServerConfig.class);

  // Above the converters that the library brings.
  private static final int PRIORITY = 200;

  private SettingsCheck() {}

  /**
   * Reads them.
   *
   * @throws StartRefused naming each setting that cannot be read, where it is set, and what is
   *     right
   */
  public static void run(Config config) throws StartRefused {
    try {
      meaning(read(config));
    } catch (ConfigValidationException wrong) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < wrong.getProblemCount(); i++) {
        lines.add(BadSetting.explain(wrong.getProblem(i).getMessage(), config));
      }
      throw new StartRefused(String.join(" ", lines));
    } catch (IllegalArgumentException wrong) {
      throw new StartRefused(String.valueOf(wrong.getMessage()));
    }
  }

  /** Values that can be read, and yet cannot be right. */
  private static void meaning(SmallRyeConfig settings) {
    new PublicUrl(settings.getConfigMapping(TowncrierConfig.class).publicUrl());
    new DownloadBudget(settings.getConfigMapping(DownloadsConfig.class));
    CanaryPlan.of(settings.getConfigMapping(CanaryConfig.class));
    receipts(settings.getConfigMapping(GetuiConfig.class));
    EventsConfig events = settings.getConfigMapping(EventsConfig.class);
    new Endpoints(events);
    if (events.bus().isPresent()) {
      throw new IllegalArgumentException(
          "TOWNCRIER_EVENTS_BUS is for functions only: a server posts events to the receivers of"
              + " TOWNCRIER_EVENTS_ENDPOINTS.");
    }
  }

  private static void receipts(GetuiConfig getui) {
    try {
      AddressRanges.of(getui.receiptNetworks().orElse(List.of()));
    } catch (IllegalArgumentException noNetwork) {
      throw new IllegalArgumentException(
          "TOWNCRIER_GETUI_RECEIPT_NETWORKS: " + noNetwork.getMessage(), noNetwork);
    }
    if (getui.receiptsPerSource() < 1) {
      throw new IllegalArgumentException("TOWNCRIER_GETUI_RECEIPTS_PER_SOURCE is less than 1");
    }
  }

  /** All of ours, by their interfaces. */
  public static SmallRyeConfig read(Config config) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .addDefaultInterceptors()
            .withConverter(Duration.class, PRIORITY, new DurationConverter())
            .withConverter(Path.class, PRIORITY, new PathConverter())
            .withProfiles(config.unwrap(SmallRyeConfig.class).getProfiles())
            .withValidateUnknown(false);
    StreamSupport.stream(config.getConfigSources().spliterator(), false)
        .forEach(builder::withSources);
    MAPPINGS.forEach(builder::withMapping);
    return builder.build();
  }
}
