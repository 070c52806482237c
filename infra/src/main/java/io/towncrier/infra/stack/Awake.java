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
import software.constructs.Construct;

/**
 * Calls once a day what a quiet cell may not call for weeks. SnapStart forgets a version that is
 * not called for fourteen days, and refuses the first call after that (AWS Lambda Developer Guide,
 * SnapStart, {@code SnapStartNotReadyException}): it would be an urgent notice's.
 */
final class Awake {
  /** A message that is done with at once; {@code WorkMessages} of the application knows it. */
  static final String NOTHING_TO_DO = "{\"awake\":true}";

  private static final int AN_HOUR = 3600;

  private final CellStack stack;
  private final Cell cell;
  private final Keys keys;
  private final Queues queues;
  private final Construct scope;

  Awake(CellStack stack, Cell cell, Keys keys, Queues queues, Functions functions) {
    this.stack = stack;
    this.cell = cell;
    this.keys = keys;
    this.queues = queues;
    this.scope = new Construct(stack, "Awake");
    String check = functions.live(Work.CHECK).getFunctionArn();
    String role = role(check).getRoleArn();
    for (QueueKind line : List.of(QueueKind.PLAN, QueueKind.DELIVER)) {
      daily(Ids.of(line), queues.of(line).getQueueArn(), role);
    }
    daily(Ids.of(Work.CHECK), check, role);
  }

  private void daily(String id, String target, String role) {
    CfnSchedule.Builder.create(scope, id)
        .description("Towncrier " + cell.name() + ": is called at least once a day")
        .scheduleExpression("rate(1 day)")
        .state(Schedules.state(cell))
        .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
        .kmsKeyArn(keys.arn(Data.QUEUES))
        .target(
            CfnSchedule.TargetProperty.builder()
                .arn(target)
                .roleArn(role)
                .input(NOTHING_TO_DO)
                .deadLetterConfig(
                    CfnSchedule.DeadLetterConfigProperty.builder()
                        .arn(queues.scheduleDead().getQueueArn())
                        .build())
                .retryPolicy(
                    CfnSchedule.RetryPolicyProperty.builder()
                        .maximumEventAgeInSeconds(AN_HOUR)
                        .maximumRetryAttempts(3)
                        .build())
                .build())
        .build();
  }

  private Role role(String check) {
    PolicyDocument calling =
        PolicyDocument.Builder.create()
            .statements(
                List.of(
                    Allow.to("sqs:SendMessage")
                        .on(
                            queues.of(QueueKind.PLAN).getQueueArn(),
                            queues.of(QueueKind.DELIVER).getQueueArn(),
                            queues.scheduleDead().getQueueArn()),
                    Allow.to("kms:Decrypt", "kms:GenerateDataKey").on(keys.arn(Data.QUEUES)),
                    Allow.to("lambda:InvokeFunction").on(check)))
            .build();
    return Role.Builder.create(scope, "Role")
        .assumedBy(
            ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
                .build())
        .inlinePolicies(Map.of("call", calling))
        .build();
  }
}
