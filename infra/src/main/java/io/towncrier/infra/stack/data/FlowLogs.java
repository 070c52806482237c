package io.towncrier.infra.stack.data;

import io.towncrier.infra.stack.Allow;
import io.towncrier.infra.stack.Logs;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ec2.CfnFlowLog;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Who talked to whom in the network. Clients do not: they talk to the API, which is outside. */
final class FlowLogs {
  private FlowLogs() {}

  static void of(Construct scope, Vpc vpc, Logs logs) {
    LogGroup group = logs.group("Flows");
    PolicyDocument writing =
        PolicyDocument.Builder.create()
            .statements(
                List.of(
                    Allow.to("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
                        .on(group.getLogGroupArn())))
            .build();
    Role role =
        Role.Builder.create(scope, "FlowRole")
            .assumedBy(new ServicePrincipal("vpc-flow-logs.amazonaws.com"))
            .inlinePolicies(Map.of("write", writing))
            .build();
    CfnFlowLog.Builder.create(scope, "FlowLog")
        .resourceId(vpc.getVpcId())
        .resourceType("VPC")
        .trafficType("ALL")
        .logDestinationType("cloud-watch-logs")
        .logGroupName(group.getLogGroupName())
        .deliverLogsPermissionArn(role.getRoleArn())
        .build();
  }
}
