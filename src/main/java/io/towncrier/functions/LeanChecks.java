package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.getui.ReceiptCounters;
import io.towncrier.delivery.sending.DeliveryCounters;
import io.towncrier.downloads.WaitCounters;
import io.towncrier.functions.metrics.CounterMetrics;
import io.towncrier.functions.metrics.SnapshotMetrics;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.time.RenewZoneData;
import io.towncrier.platform.tracing.TracesProducer;
import io.towncrier.platform.tracing.TracingConfig;
import io.towncrier.releases.json.JsonCatalogueDocument;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.PrimeChecks;
import io.towncrier.updates.UpdatesConfig;
import io.towncrier.updates.published.SnapshotConfig;
import io.towncrier.updates.published.SnapshotSources;
import io.towncrier.updates.s3.S3Objects;
import io.towncrier.updates.snapshots.SnapshotSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * From the published snapshot, without a database and without the container, whose start costs more
 * than a thousand checks (docs/adr/0019): the use cases of the others, composed by hand.
 */
final class LeanChecks implements Checks {
  // The S3 client gives up before.
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  private final ObjectMapper json = LeanSettings.json();
  private final AwsClients aws;
  private final AnswerCheck check;
  private final PrimeChecks prime;
  private final FunctionReport report;

  LeanChecks() {
    SmallRyeConfig config = LeanSettings.config();
    LeanSettings.logAsJson();
    renewZoneData(config);
    InstantSource clock = InstantSource.system();
    UpdatesConfig updates = config.getConfigMapping(UpdatesConfig.class);
    SnapshotConfig snapshot = config.getConfigMapping(SnapshotConfig.class);
    this.aws = new AwsClients(LeanSettings.aws(config));
    JsonCatalogueDocument documents = new JsonCatalogueDocument();
    SnapshotSources sources = new SnapshotSources(snapshot, clock);
    SnapshotSource published = sources.withoutDatabase(new S3Objects(aws, snapshot), documents);
    CheckCounters counters = new CheckCounters();
    this.check = AnswerCheck.from(published, counters, updates, clock);
    this.prime = new PrimeChecks(documents, updates, clock);
    this.report =
        new FunctionReport(
            TracesProducer.of(config.getConfigMapping(TracingConfig.class)),
            List.of(
                new CounterMetrics(
                    counters, new DeliveryCounters(), new WaitCounters(), new ReceiptCounters()),
                new SnapshotMetrics(sources)),
            clock);
    Priming.register(this::prime);
  }

  @Override
  public byte[] answer(byte[] event, Context context) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    report.run(
        "check",
        context,
        () -> json.writeValue(result, Checks.answer(event, check, LeanChecks::await)));
    return result.toByteArray();
  }

  private static void renewZoneData(SmallRyeConfig config) {
    try {
      RenewZoneData.from(
          config.getOptionalValue(RenewZoneData.SETTING, String.class).map(Path::of));
    } catch (StartRefused refused) {
      throw new IllegalStateException(refused.getMessage(), refused);
    }
  }

  private void prime() throws IOException {
    json.writeValueAsBytes(await(prime::run).answer());
    // Its classes; it opens no connection, and asks for credentials with its first request.
    aws.s3();
  }

  private static CheckResult await(Supplier<Uni<CheckResult>> work) {
    return work.get().await().atMost(AT_MOST);
  }
}
