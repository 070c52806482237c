package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.infra.rules.Finding;
import io.towncrier.infra.rules.Rules;
import io.towncrier.infra.rules.Template;
import org.junit.jupiter.api.Test;

/** Update checks by MQTT, where a cell wants them. */
final class CheckTopicTest {
  private static final String RULE = "AWS::IoT::TopicRule";

  private final Synthesized.Stack eu = Synthesized.cell("eu");
  private final JsonNode rule = eu.the(RULE);

  @Test
  void theAnswerOfTheAliasGoesBackToWhoAsked() {
    JsonNode payload = rule.path("TopicRulePayload");
    assertThat(payload.at("/Sql/Fn::Join/1").toString())
        .isEqualTo(
            "[\"SELECT aws_lambda(\\\"\",{\"Ref\":\""
                + eu.id("AWS::Lambda::Alias", "FunctionsCheckLive")
                + "\"},\"\\\", *) AS answer FROM 'towncrier/check/+'\"]");
    // The function is called in the SELECT from this version on.
    assertThat(payload.path("AwsIotSqlVersion").asText()).isEqualTo("2016-03-23");
    assertThat(payload.path("Actions")).hasSize(1);
    assertThat(payload.at("/Actions/0/Republish/Topic").asText())
        .isEqualTo("towncrier/answer/${topic(3)}");
  }

  @Test
  void theRulePublishesAnswersAndNothingElse() {
    JsonNode role = eu.the("AWS::IAM::Role", "CheckTopicRole");
    JsonNode statements = role.at("/Policies/0/PolicyDocument/Statement");
    assertThat(statements.findValuesAsText("Action"))
        .containsExactly("iot:Publish", "sqs:SendMessage", "");
    assertThat(statements.at("/0/Resource/Fn::Join/1").toString())
        .endsWith("\":topic/towncrier/answer/*\"]");
    assertThat(role.at("/AssumeRolePolicyDocument/Statement/0/Condition").toString())
        .contains("aws:SourceAccount", "aws:SourceArn", ":rule/towncrier_eu_check");
  }

  @Test
  void onlyThisRuleOfThisAccountCallsTheCheck() {
    JsonNode permission = eu.the("AWS::Lambda::Permission", "CheckTopicPermission");
    assertThat(permission.path("Principal").asText()).isEqualTo("iot.amazonaws.com");
    assertThat(permission.path("FunctionName").path("Ref").asText())
        .isEqualTo(eu.id("AWS::Lambda::Alias", "FunctionsCheckLive"));
    assertThat(permission.path("SourceArn").toString())
        .contains(":iot:eu-central-1:")
        .endsWith(":rule/towncrier_eu_check\"]]}");
    assertThat(permission.at("/SourceAccount/Ref").asText()).isEqualTo("AWS::AccountId");
    assertThat(rule.path("RuleName").asText()).isEqualTo("towncrier_eu_check");
  }

  @Test
  void whatCouldNotBeAnsweredIsSeenAndForgottenAfterADay() {
    assertThat(rule.at("/TopicRulePayload/ErrorAction/Sqs/QueueUrl/Ref").asText())
        .isEqualTo(eu.id("AWS::SQS::Queue", "QueuesCheckTopicDead"));
    assertThat(
            eu.the("AWS::SQS::Queue", "QueuesCheckTopicDead")
                .path("MessageRetentionPeriod")
                .asInt())
        .isEqualTo(86_400);
    JsonNode alarm = eu.the("AWS::CloudWatch::Alarm", "AlarmsCheckTopicDead");
    assertThat(alarm.path("AlarmActions")).isNotEmpty();
    // Of one that came late nobody has to be told.
    assertThat(alarm.path("Metrics").findValuesAsText("Expression").toString())
        .contains("FILL(letters,0)>10", "0.01*FILL(calls,0)");
  }

  @Test
  void aRuleWithoutAnErrorActionIsFound() {
    Template whole =
        Synthesized.all().stream()
            .filter(each -> each.stack().equals("towncrier-eu"))
            .findFirst()
            .orElseThrow();
    JsonNode spoilt = whole.root().deepCopy();
    spoilt
        .findParents("ErrorAction")
        .forEach(payload -> ((ObjectNode) payload).remove("ErrorAction"));
    assertThat(Rules.findings(new Template(whole.stack(), whole.region(), spoilt)))
        .extracting(Finding::rule)
        .containsOnly("work-ends-in-dead-letters")
        .isNotEmpty();
  }

  @Test
  void chinaHasItTooAndWhoeverDoesNotWantItHasNothingOfIt() {
    assertThat(Synthesized.cell("cn").the(RULE).path("RuleName").asText())
        .isEqualTo("towncrier_cn_check");
    assertThat(
            Synthesized.cell("cn")
                .the("AWS::Lambda::Permission", "CheckTopicPermission")
                .path("SourceArn")
                .toString())
        .contains("{\"Ref\":\"AWS::Partition\"}", ":iot:cn-north-1:");
    assertThat(Synthesized.cell("us").root().toString())
        .doesNotContain("AWS::IoT", "iot.amazonaws.com", "iot:Publish", "check-topic");
    // That of API Gateway.
    assertThat(Synthesized.cell("us").all("AWS::Lambda::Permission")).hasSize(1);
  }
}
