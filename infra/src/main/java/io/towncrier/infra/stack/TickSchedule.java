package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.data.Data;
import io.towncrier.infra.stack.data.Keys;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** A tick a minute through a queue; what cannot be delivered goes to dead letters. */
final class TickSchedule {
  private static final int OLDEST_SECONDS = 300;

  private final CellStack stack;
  private final Keys keys;
  private final Queues queues;

  TickSchedule(CellStack stack, Cell cell, Keys keys, Queues queues) {
    this.stack = stack;
    this.keys = keys;
    this.queues = queues;
    Construct scope = new Construct(stack, "Minute");
    Queue ticks = queues.of(QueueKind.TICK);
    CfnSchedule.Builder.create(scope, "Tick")
        .description("Towncrier " + cell.name() + ": whatever is due")
        .scheduleExpression("rate(1 minute)")
        .state(Schedules.state(cell))
        .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
        .kmsKeyArn(keys.arn(Data.QUEUES))
        .target(
            CfnSchedule.TargetProperty.builder()
                .arn(ticks.getQueueArn())
                .roleArn(role(scope).getRoleArn())
                .input("{}")
                .deadLetterConfig(
                    CfnSchedule.DeadLetterConfigProperty.builder()
                        .arn(queues.scheduleDead().getQueueArn())
                        .build())
                .retryPolicy(
                    CfnSchedule.RetryPolicyProperty.builder()
                        .maximumEventAgeInSeconds(OLDEST_SECONDS)
                        .maximumRetryAttempts(3)
                        .build())
                .build())
        .build();
  }

  private Role role(Construct scope) {
    PolicyDocument sending =
        PolicyDocument.Builder.create()
            .statements(
                List.of(
                    Allow.to("sqs:SendMessage")
                        .on(
                            queues.of(QueueKind.TICK).getQueueArn(),
                            queues.scheduleDead().getQueueArn()),
                    Allow.to("kms:Decrypt", "kms:GenerateDataKey").on(keys.arn(Data.QUEUES))))
            .build();
    return Role.Builder.create(scope, "Role")
        .assumedBy(
            ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
                .build())
        .inlinePolicies(Map.of("send", sending))
        .build();
  }
}
