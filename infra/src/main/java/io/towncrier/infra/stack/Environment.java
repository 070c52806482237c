package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.ConsoleSettings;
import io.towncrier.infra.cell.PushSettings;
import io.towncrier.infra.cell.UpdateSettings;
import io.towncrier.infra.stack.data.Buckets;
import io.towncrier.infra.stack.data.Database;
import io.towncrier.infra.stack.data.DatabaseProxy;
import io.towncrier.infra.stack.data.Network;
import io.towncrier.infra.stack.data.Secrets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each function is told. Secrets are named here, never written. */
final class Environment {
  private static final String SECRET = "secretsmanager:";

  private final Cell cell;
  private final DatabaseProxy proxy;
  private final Queues queues;
  private final Buckets buckets;
  private final Secrets secrets;
  private final String wrapping;

  /** Wrapping: the ARN of the key that wraps keys. */
  Environment(
      Cell cell,
      DatabaseProxy proxy,
      Queues queues,
      Buckets buckets,
      Secrets secrets,
      String wrapping) {
    this.cell = cell;
    this.proxy = proxy;
    this.queues = queues;
    this.buckets = buckets;
    this.secrets = secrets;
    this.wrapping = wrapping;
  }

  Map<String, String> of(Work work) {
    Map<String, String> told = new TreeMap<>();
    told.put("JAVA_TOOL_OPTIONS", work.javaOptions());
    if (cell.telemetry() != null && work.reachesCollector()) {
      told.put("TOWNCRIER_TRACING_ENDPOINT", cell.telemetry());
    }
    if (work.usesDatabase()) {
      database(told, work);
    }
    if (work.readsSnapshot()) {
      snapshot(told, work);
    }
    if (work.asksTheWitness()) {
      told.put("TOWNCRIER_WITNESS_BUCKET", buckets.catalogue().getBucketName());
      told.put("TOWNCRIER_WITNESS_OBJECT", Buckets.WITNESS);
    }
    if (work.opensPersonalData()) {
      told.put("TOWNCRIER_MASTER_KEY", SECRET + secrets.masterKey());
      told.put("TOWNCRIER_KMS_KEY", wrapping);
      // Also those that erase nothing: they wait until a restored database has erased again.
      told.put("TOWNCRIER_LEDGER_BUCKET", buckets.catalogue().getBucketName());
    }
    if (work.callsOutside()) {
      told.put("TOWNCRIER_FCM_CREDENTIALS", SECRET + secrets.fcm());
      secrets.getui().ifPresent(getui -> told.put("TOWNCRIER_GETUI_CREDENTIALS", SECRET + getui));
    }
    if (work.keepsArtifacts()) {
      told.put("TOWNCRIER_ARTIFACTS_BUCKET", buckets.artifacts().getBucketName());
      told.put("TOWNCRIER_PUBLIC_URL", cell.residency().publicUrl());
    }
    queues(told, work);
    if (work == Work.API) {
      answers(told);
    }
    pushes(told, work);
    residency(told, work);
    updates(told, work, cell.updates());
    return told;
  }

  private void answers(Map<String, String> told) {
    signIn(told);
    console(told, cell.signIn().console());
    registration(told);
  }

  private static void updates(Map<String, String> told, Work work, UpdateSettings updates) {
    if (work == Work.API && updates.ddiTenant() != null) {
      told.put("TOWNCRIER_DDI_TENANT", updates.ddiTenant());
    }
    if (work.pacesDownloads()) {
      put(told, "TOWNCRIER_DOWNLOADS_BUDGET", updates.downloadsBudget());
      put(told, "TOWNCRIER_ROLLOUT_NOTICES_DOWNLOAD_BUDGET", updates.noticesBudget());
    }
  }

  // Without it the application has its own.
  private static void put(Map<String, String> told, String name, @Nullable Long value) {
    if (value != null) {
      told.put(name, value.toString());
    }
  }

  private void residency(Map<String, String> told, Work work) {
    if (work == Work.API) {
      told.put("TOWNCRIER_RESIDENCY_CELL", cell.name());
      told.put("TOWNCRIER_RESIDENCY_CELLS", cell.residency().everyCell());
    }
    if (work == Work.API || work == Work.TICK) {
      told.put("TOWNCRIER_AUDIT_BUCKET", buckets.audit().getBucketName());
    }
    if (work == Work.API || work.callsOutside()) {
      List<String> providers = cell.residency().pushProviders();
      told.put(
          "TOWNCRIER_RESIDENCY_PUSH_PROVIDERS",
          providers.isEmpty() ? "none" : String.join(",", providers));
    }
  }

  // The tick sends canaries, and the api shows what became of them.
  private void pushes(Map<String, String> told, Work work) {
    PushSettings pushes = cell.pushes();
    if (work == Work.API && !pushes.receiptNetworks().isEmpty()) {
      told.put("TOWNCRIER_GETUI_RECEIPT_NETWORKS", String.join(",", pushes.receiptNetworks()));
    }
    PushSettings.Canary canary = pushes.canary();
    if (canary != null && (work == Work.API || work == Work.TICK)) {
      told.put("TOWNCRIER_CANARY_DEVICES", String.join(",", canary.devices()));
      told.put("TOWNCRIER_CANARY_EVERY", canary.everyMinutes() + "m");
      told.put("TOWNCRIER_CANARY_WITHIN", canary.withinSeconds() + "s");
    }
  }

  private void database(Map<String, String> told, Work work) {
    told.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://" + proxy.endpoint() + ":" + Network.POSTGRES + "/" + Database.NAME);
    told.put("QUARKUS_DATASOURCE_USERNAME", work.databaseUser());
    told.put("TOWNCRIER_DATABASE_IAM", "true");
  }

  private void snapshot(Map<String, String> told, Work work) {
    told.put("TOWNCRIER_SNAPSHOT_BUCKET", buckets.catalogue().getBucketName());
    told.put("TOWNCRIER_SNAPSHOT_KEY", Buckets.SNAPSHOT);
    told.put("TOWNCRIER_SNAPSHOT_PUBLIC_KEY", String.join(",", cell.snapshot().publicKeys()));
    if (work.signsSnapshots()) {
      told.put("TOWNCRIER_SNAPSHOT_SIGNING_KEY", SECRET + secrets.signingKey());
    }
  }

  // The api puts nothing on it, but an event is written with its change, for each endpoint.
  private static void events(Map<String, String> told, EventsOut bus) {
    told.put("TOWNCRIER_EVENTS_BUS", bus.name());
    if (!bus.topics().isEmpty()) {
      told.put("TOWNCRIER_EVENTS_BUS_TOPICS", String.join(",", bus.topics()));
    }
  }

  private void queues(Map<String, String> told, Work work) {
    if (work.changesWhatIsTold()) {
      queues.events().ifPresent(bus -> events(told, bus));
    }
    if (work == Work.API || work == Work.TICK) {
      told.put("TOWNCRIER_QUEUES_PLAN", queues.of(QueueKind.PLAN).getQueueUrl());
    }
    if (work == Work.PLAN) {
      told.put("TOWNCRIER_QUEUES_DELIVER", queues.of(QueueKind.DELIVER).getQueueUrl());
    }
  }

  // API Gateway appends the CDN to X-Forwarded-For, and the CDN its client. Without it all phones
  // behind one of its addresses would count as one. A caller without the secret is not the CDN.
  private void registration(Map<String, String> told) {
    secrets
        .edge()
        .ifPresent(
            edge -> {
              told.put("TOWNCRIER_HTTP_TRUSTED_PROXIES", "2");
              told.put("TOWNCRIER_EDGE_SECRET", SECRET + edge);
            });
  }

  private void signIn(Map<String, String> told) {
    told.put("QUARKUS_OIDC_AUTH_SERVER_URL", cell.signIn().authServerUrl());
    told.put("QUARKUS_OIDC_TOKEN_AUDIENCE", cell.signIn().audience());
    told.put("QUARKUS_OIDC_TOKEN_ISSUER", cell.signIn().issuer());
  }

  // Where nobody can sign in to it, it is not served: the local token counts for nothing in a cell.
  private void console(Map<String, String> told, @Nullable ConsoleSettings console) {
    if (console == null) {
      told.put("TOWNCRIER_CONSOLE_OPERATORS", "false");
      return;
    }
    told.put("TOWNCRIER_CONSOLE_CELL", cell.name());
    told.put("TOWNCRIER_CONSOLE_OIDC_CLIENT_ID", console.clientId());
    told.put("TOWNCRIER_CONSOLE_OIDC_SCOPE", console.scope());
    if (console.audience() != null) {
      told.put("TOWNCRIER_CONSOLE_OIDC_AUDIENCE", console.audience());
    }
    if (console.authServerUrl() != null) {
      told.put("TOWNCRIER_CONSOLE_OIDC_AUTH_SERVER_URL", console.authServerUrl());
    }
    secrets
        .consoleClient()
        .ifPresent(client -> told.put("TOWNCRIER_CONSOLE_OIDC_CLIENT_SECRET", SECRET + client));
  }
}
