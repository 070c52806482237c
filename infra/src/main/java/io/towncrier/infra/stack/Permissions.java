package io.towncrier.infra.stack;

import io.towncrier.infra.stack.data.Buckets;
import io.towncrier.infra.stack.data.Data;
import io.towncrier.infra.stack.data.DatabaseProxy;
import io.towncrier.infra.stack.data.Keys;
import io.towncrier.infra.stack.data.Secrets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What each function may do, besides writing its own log. It follows what it is told. */
final class Permissions {
  private final CellStack stack;
  private final Keys keys;
  private final DatabaseProxy proxy;
  private final Queues queues;
  private final Buckets buckets;
  private final Secrets secrets;

  Permissions(
      CellStack stack,
      Keys keys,
      DatabaseProxy proxy,
      Queues queues,
      Buckets buckets,
      Secrets secrets) {
    this.stack = stack;
    this.keys = keys;
    this.proxy = proxy;
    this.queues = queues;
    this.buckets = buckets;
    this.secrets = secrets;
  }

  List<PolicyStatement> of(Work work) {
    List<PolicyStatement> may = new ArrayList<>();
    if (work.usesDatabase()) {
      may.add(Allow.to("rds-db:connect").on(proxy.user(work.databaseUser())));
    }
    if (work.opensPersonalData()) {
      wrapKeys(may);
    }
    if (work.callsOutside()) {
      secrets.getui().ifPresent(getui -> readSecrets(may, getui));
    }
    addOwn(work, may);
    return may;
  }

  private void addOwn(Work work, List<PolicyStatement> may) {
    switch (work) {
      case API -> {
        readSecrets(may, secrets.masterKey(), secrets.fcm(), secrets.signingKey());
        secrets.edge().ifPresent(edge -> readSecrets(may, edge));
        secrets.consoleClient().ifPresent(client -> readSecrets(may, client));
        write(may, buckets.snapshotArn(), buckets.ledgerKeyArn());
        noteErasures(may);
        keepArtifacts(may);
        audit(may, "s3:GetObject");
        send(may, QueueKind.PLAN);
      }
      case CHECK -> read(may, buckets.snapshotArn());
      case PLAN -> {
        receive(may, QueueKind.PLAN);
        send(may, QueueKind.DELIVER);
      }
      case DELIVER -> {
        readSecrets(may, secrets.masterKey(), secrets.fcm());
        read(may, buckets.snapshotArn(), buckets.witnessArn());
        receive(may, QueueKind.DELIVER);
      }
      case TICK -> {
        readSecrets(may, secrets.masterKey(), secrets.fcm(), secrets.signingKey());
        write(may, buckets.snapshotArn(), buckets.witnessArn(), buckets.ledgerKeyArn());
        noteErasures(may);
        keepArtifacts(may);
        audit(may, "s3:GetObject", "s3:PutObject");
        receive(may, QueueKind.TICK);
        send(may, QueueKind.PLAN);
        queues.events().ifPresent(bus -> may.add(Allow.to("events:PutEvents").on(bus.arn())));
      }
      case MIGRATE -> {}
    }
  }

  // Encrypt for the first start and for a rotation; called directly, as no service holds them.
  private void wrapKeys(List<PolicyStatement> may) {
    may.add(Allow.to("kms:Decrypt", "kms:Encrypt").on(keys.arn(Data.WRAPPING)));
  }

  private void readSecrets(List<PolicyStatement> may, String... arns) {
    may.add(Allow.to("secretsmanager:GetSecretValue").on(arns));
    may.add(
        Allow.to("kms:Decrypt").onKey(keys.arn(Data.SECRETS), stack.endpoint("secretsmanager")));
  }

  private void read(List<PolicyStatement> may, String... objects) {
    may.add(Allow.to("s3:GetObject").on(objects));
    seeWhetherThereIsOne(may);
    may.add(Allow.to("kms:Decrypt").onKey(keys.arn(Data.OBJECTS), stack.endpoint("s3")));
  }

  private void write(List<PolicyStatement> may, String... objects) {
    may.add(Allow.to("s3:GetObject", "s3:PutObject").on(objects));
    seeWhetherThereIsOne(may);
    may.add(
        Allow.to("kms:Decrypt", "kms:GenerateDataKey")
            .onKey(keys.arn(Data.OBJECTS), stack.endpoint("s3")));
  }

  // What was noted is never read: the names of the objects say all. They are hashes, which cannot
  // be named one by one.
  private void noteErasures(List<PolicyStatement> may) {
    may.add(Allow.to("s3:PutObject").on(buckets.erasedArn()));
  }

  // Keys of artifacts begin with their SHA-256: they cannot be named one by one. The right to the
  // key of objects comes with the one to the catalogue.
  private void keepArtifacts(List<PolicyStatement> may) {
    may.add(
        Allow.to(
                "s3:GetObject",
                "s3:PutObject",
                "s3:PutObjectTagging",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts")
            .on(buckets.artifactsArn()));
  }

  // Of the heads of the audit chains; the key is that of the other objects.
  private void audit(List<PolicyStatement> may, String... actions) {
    may.add(Allow.to(actions).on(buckets.auditArns()));
    may.add(Allow.to("s3:ListBucket").on(buckets.audit().getBucketArn()));
  }

  // Without it S3 answers 403 for an object that does not exist yet, and the first write never
  // happens. A GET has no prefix that a condition could look at; nothing but the snapshot, the
  // witness and the ledger is in that bucket.
  private void seeWhetherThereIsOne(List<PolicyStatement> may) {
    may.add(Allow.to("s3:ListBucket").on(buckets.catalogue().getBucketArn()));
  }

  private void send(List<PolicyStatement> may, QueueKind line) {
    may.add(Allow.to("sqs:SendMessage").on(queues.of(line).getQueueArn()));
    may.add(
        Allow.to("kms:Decrypt", "kms:GenerateDataKey")
            .onKey(keys.arn(Data.QUEUES), stack.endpoint("sqs")));
  }

  private void receive(List<PolicyStatement> may, QueueKind line) {
    may.add(
        Allow.to(
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:ChangeMessageVisibility")
            .on(queues.of(line).getQueueArn()));
    may.add(Allow.to("kms:Decrypt").onKey(keys.arn(Data.QUEUES), stack.endpoint("sqs")));
  }
}
