package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.Allow;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Functions;
import io.towncrier.infra.stack.Queues;
import io.towncrier.infra.stack.Work;
import io.towncrier.infra.stack.data.Data;
import io.towncrier.infra.stack.data.Keys;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iot.CfnTopicRule;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Update checks by MQTT: what a device publishes to {@code towncrier/check/<its name>} is answered
 * at {@code towncrier/answer/<its name>}. A rule's action on a function drops the answer, so the
 * rule calls the function in its SELECT (AWS IoT Core Developer Guide, "SQL functions", {@code
 * aws_lambda}) and publishes what that returned.
 */
public final class CheckTopic {
  /** What of a cell's queues takes the checks that could not be answered. */
  public static final String DEAD = "CheckTopic";

  private static final String ANSWERS = "towncrier/answer/";
  private static final String SQL_VERSION = "2016-03-23";

  private final CellStack stack;
  private final Keys keys;
  private final Queue dead;
  private final String ruleName;

  public CheckTopic(CellStack stack, Cell cell, Keys keys, Functions functions, Queues queues) {
    this.stack = stack;
    this.keys = keys;
    this.dead = queues.dead(DEAD);
    // Names of rules have no hyphen.
    this.ruleName = cell.named("check").replace('-', '_');
    Construct scope = new Construct(stack, "CheckTopic");
    Alias check = functions.live(Work.CHECK);
    String role = role(scope).getRoleArn();
    CfnTopicRule.Builder.create(scope, "Rule")
        .ruleName(ruleName)
        .topicRulePayload(
            CfnTopicRule.TopicRulePayloadProperty.builder()
                .description("Towncrier " + cell.name() + ": update checks by MQTT")
                .awsIotSqlVersion(SQL_VERSION)
                .sql(
                    "SELECT aws_lambda(\""
                        + check.getFunctionArn()
                        + "\", *) AS answer FROM 'towncrier/check/+'")
                .actions(List.of(answer(role)))
                .errorAction(keep(role))
                .ruleDisabled(!cell.open())
                .build())
        .build();
    CfnPermission.Builder.create(scope, "Permission")
        .action("lambda:InvokeFunction")
        .functionName(check.getFunctionArn())
        .principal("iot.amazonaws.com")
        .sourceArn(ruleArn())
        .sourceAccount(stack.getAccount())
        .build();
  }

  private static CfnTopicRule.ActionProperty answer(String role) {
    return CfnTopicRule.ActionProperty.builder()
        .republish(
            CfnTopicRule.RepublishActionProperty.builder()
                .roleArn(role)
                .topic(ANSWERS + "${topic(3)}")
                .qos(1)
                .build())
        .build();
  }

  private CfnTopicRule.ActionProperty keep(String role) {
    return CfnTopicRule.ActionProperty.builder()
        .sqs(
            CfnTopicRule.SqsActionProperty.builder()
                .roleArn(role)
                .queueUrl(dead.getQueueUrl())
                .useBase64(false)
                .build())
        .build();
  }

  private Role role(Construct scope) {
    PolicyDocument answering =
        PolicyDocument.Builder.create()
            .statements(
                List.of(
                    Allow.to("iot:Publish").on(answers()),
                    Allow.to("sqs:SendMessage").on(dead.getQueueArn()),
                    Allow.to("kms:Decrypt", "kms:GenerateDataKey")
                        .onKey(keys.arn(Data.QUEUES), stack.endpoint("sqs"))))
            .build();
    return Role.Builder.create(scope, "Role")
        .assumedBy(
            ServicePrincipal.Builder.create("iot.amazonaws.com")
                .conditions(
                    Map.of(
                        "StringEquals", Map.of("aws:SourceAccount", stack.getAccount()),
                        "ArnEquals", Map.of("aws:SourceArn", ruleArn())))
                .build())
        .inlinePolicies(Map.of("answer", answering))
        .build();
  }

  // By parameters, so that the exception in NagExceptions is the same in every cell and account.
  private String answers() {
    return stack.formatArn(
        ArnComponents.builder()
            .service("iot")
            .region(Aws.REGION)
            .account(Aws.ACCOUNT_ID)
            .resource("topic/" + ANSWERS + "*")
            .arnFormat(ArnFormat.NO_RESOURCE_NAME)
            .build());
  }

  // By its name: the role and the permission have to be there before the rule.
  private String ruleArn() {
    return stack.arn("iot", "rule/" + ruleName);
  }
}
