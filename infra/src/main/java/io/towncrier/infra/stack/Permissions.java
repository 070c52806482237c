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
      String user = work == Work.MIGRATE ? DatabaseProxy.OWNER : DatabaseProxy.USER;
      may.add(Allow.to("rds-db:connect").on(proxy.user(user)));
    }
    switch (work) {
      case API -> {
        readSecrets(may, secrets.masterKey(), secrets.fcm(), secrets.signingKey());
        secrets.edge().ifPresent(edge -> readSecrets(may, edge));
        write(may, buckets.snapshotArn());
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
        write(may, buckets.snapshotArn(), buckets.witnessArn());
        receive(may, QueueKind.TICK);
        send(may, QueueKind.PLAN);
      }
      case MIGRATE -> {}
    }
    return may;
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

  // Without it S3 answers 403 for an object that does not exist yet, and the first write never
  // happens. A GET
  // has no prefix that a condition could look at; nothing but the two objects is in that bucket.
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
