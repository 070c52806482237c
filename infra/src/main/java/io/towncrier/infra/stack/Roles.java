package io.towncrier.infra.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * One role a function. AWS's managed policies are not used: the one for networks lets a function
 * write to every log group there is.
 */
final class Roles {
  private static final List<String> INTERFACES =
      List.of(
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses");

  private final CellStack stack;
  private final Construct scope;
  private final Logs logs;
  private final Permissions permissions;

  Roles(CellStack stack, Logs logs, Permissions permissions) {
    this.stack = stack;
    this.scope = new Construct(stack, "Roles");
    this.logs = logs;
    this.permissions = permissions;
  }

  LogGroup log(Work work) {
    return logs.group(Ids.of(work));
  }

  Role role(Work work, LogGroup log) {
    List<PolicyStatement> may = new ArrayList<>(permissions.of(work));
    may.add(Allow.to("logs:CreateLogStream", "logs:PutLogEvents").on(log.getLogGroupArn()));
    if (work.usesDatabase()) {
      may.addAll(interfaces());
    }
    return Role.Builder.create(scope, Ids.of(work))
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .inlinePolicies(Map.of("work", PolicyDocument.Builder.create().statements(may).build()))
        .build();
  }

  // Lambda puts a function into a network with its role, and EC2 takes no resource for these. The
  // condition is there only when code of a function calls: that may not use them.
  private List<PolicyStatement> interfaces() {
    PolicyStatement notByCode =
        PolicyStatement.Builder.create()
            .effect(Effect.DENY)
            .actions(INTERFACES)
            .resources(List.of("*"))
            .conditions(
                Map.of(
                    "ArnLike",
                    Map.of("lambda:SourceFunctionArn", stack.arn("lambda", "function:*"))))
            .build();
    return List.of(new Allow(INTERFACES).on("*"), notByCode);
  }
}
