package io.towncrier.infra.stack;

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
import software.constructs.Construct;

/** A new version gets a tenth of the calls for five minutes; an alarm brings the old one back. */
final class Canary {
  private final Construct scope;

  Canary(CellStack stack, Functions functions, Alarms alarms) {
    this.scope = new Construct(stack, "Canary");
    LambdaApplication application = LambdaApplication.Builder.create(scope, "Application").build();
    for (Work work : Work.LIVE) {
      Alias live = functions.live(work);
      LambdaDeploymentGroup.Builder.create(scope, Ids.of(work))
          .application(application)
          .alias(live)
          .deploymentConfig(LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES)
          .alarms(alarms.stops(work))
          .autoRollback(
              AutoRollbackConfig.builder()
                  .failedDeployment(true)
                  .stoppedDeployment(true)
                  .deploymentInAlarm(true)
                  .build())
          // Without the managed policy that the CDK would add: it moves any alias there is.
          .role(role(work, functions, alarms.stops(work)).withoutPolicyUpdates())
          .build();
    }
  }

  // The alias by its name: it waits for the deployment group, and so for this role.
  private Role role(Work work, Functions functions, List<Alarm> alarms) {
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
                    Allow.to("cloudwatch:DescribeAlarms")
                        .on(alarms.stream().map(Alarm::getAlarmArn).toList())))
            .build();
    return Role.Builder.create(scope, Ids.of(work) + "Role")
        .assumedBy(new ServicePrincipal("codedeploy.amazonaws.com"))
        .inlinePolicies(Map.of("move", moving))
        .build();
  }
}
