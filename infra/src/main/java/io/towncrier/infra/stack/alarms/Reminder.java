package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.Allow;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Queues;
import io.towncrier.infra.stack.data.Data;
import io.towncrier.infra.stack.data.Keys;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.constructs.Construct;

/** Twice a year somebody is told to turn over the secrets that AWS cannot turn over. */
public final class Reminder {
  private static final String TEXT =
      "Turn over the FCM credentials and the key that signs the snapshot: docs/runbook.md, Rotate.";

  public Reminder(CellStack stack, Cell cell, Keys keys, Topic topic, Queues queues) {
    Construct scope = new Construct(stack, "Reminder");
    String unheard = queues.scheduleDead().getQueueArn();
    PolicyDocument telling =
        PolicyDocument.Builder.create()
            .statements(
                List.of(
                    Allow.to("sns:Publish").on(topic.arn()),
                    Allow.to("sqs:SendMessage").on(unheard),
                    Allow.to("kms:Decrypt", "kms:GenerateDataKey").on(keys.arn(Data.QUEUES))))
            .build();
    Role role =
        Role.Builder.create(scope, "Role")
            .assumedBy(
                ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                    .conditions(
                        Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
                    .build())
            .inlinePolicies(Map.of("tell", telling))
            .build();
    CfnSchedule.Builder.create(scope, "Secrets")
        .description("Towncrier " + cell.name() + ": secrets that only people turn over")
        .scheduleExpression("cron(0 8 1 1,7 ? *)")
        .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
        .kmsKeyArn(keys.arn(Data.QUEUES))
        .target(
            CfnSchedule.TargetProperty.builder()
                .arn(topic.arn())
                .roleArn(role.getRoleArn())
                .input(TEXT)
                .deadLetterConfig(
                    CfnSchedule.DeadLetterConfigProperty.builder().arn(unheard).build())
                .retryPolicy(
                    CfnSchedule.RetryPolicyProperty.builder().maximumRetryAttempts(3).build())
                .build())
        .build();
  }
}
