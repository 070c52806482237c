package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.alarms.Alarms;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.codedeploy.AutoRollbackConfig;
import software.amazon.awscdk.services.codedeploy.LambdaApplication;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentGroup;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * A new version is called once by itself ({@link Rehearsal}), then gets a tenth of the calls for a
 * quarter of an hour; an alarm brings the old one back.
 */
final class Canary {
  private final Construct scope;

  Canary(CellStack stack, Cell cell, Functions functions, Alarms alarms, Logs logs) {
    this.scope = new Construct(stack, "Canary");
    Rehearsal rehearsal = new Rehearsal(stack, cell, functions, logs);
    LambdaApplication application =
        LambdaApplication.Builder.create(scope, "Application")
            .applicationName(application(cell))
            .build();
    for (Work work : Work.LIVE) {
      Alias live = functions.live(work);
      // By a name of ours: the function that rehearses tells the group, which needs its ARN.
      String group = cell.named(work.named());
      Function first = rehearsal.of(work, group);
      LambdaDeploymentGroup.Builder.create(scope, Ids.of(work))
          .application(application)
          .deploymentGroupName(group)
          .alias(live)
          .preHook(first)
          .deploymentConfig(LambdaDeploymentConfig.CANARY_10_PERCENT_15_MINUTES)
          .alarms(alarms.stops(work))
          .autoRollback(
              AutoRollbackConfig.builder()
                  .failedDeployment(true)
                  .stoppedDeployment(true)
                  .deploymentInAlarm(true)
                  .build())
          // Without the managed policy that the CDK would add: it moves any alias there is.
          .role(role(work, functions, alarms.stops(work), first).withoutPolicyUpdates())
          .build();
    }
  }

  static String application(Cell cell) {
    return cell.named("functions");
  }

  // The alias by its name: it waits for the deployment group, and so for this role.
  private Role role(Work work, Functions functions, List<Alarm> alarms, Function first) {
    PolicyDocument moving =
        PolicyDocument.Builder.create()
            .statements(
                List.of(
                    Allow.to(
                            "lambda:GetAlias",
                            "lambda:UpdateAlias",
                            "lambda:GetProvisionedConcurrencyConfig")
                        .on(
                            functions.of(work).getFunctionArn(),
                            functions.of(work).getFunctionArn() + ":live"),
                    Allow.to("lambda:InvokeFunction").on(first.getFunctionArn()),
                    Allow.to("cloudwatch:DescribeAlarms")
                        .on(alarms.stream().map(Alarm::getAlarmArn).toList())))
            .build();
    return Role.Builder.create(scope, Ids.of(work) + "Role")
        .assumedBy(new ServicePrincipal("codedeploy.amazonaws.com"))
        .inlinePolicies(Map.of("move", moving))
        .build();
  }
}
