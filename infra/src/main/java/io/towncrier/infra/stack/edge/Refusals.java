package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.alarms.Metrics;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * Somebody is told when the firewall refuses many: those requests reach no log and no metric of the
 * cell. CloudFront's firewall has its metrics at home, and so its own topic there.
 */
final class Refusals {
  private static final int MANY = 100;

  Refusals(Stack home, Cell cell) {
    Construct scope = new Construct(home, "Refusals");
    Topic topic =
        Topic.Builder.create(scope, "Topic")
            .topicName(cell.named("edge-alarms"))
            .masterKey(key(home, scope, cell))
            .enforceSsl(true)
            .build();
    topic.addToResourcePolicy(alarms(home, List.of("sns:Publish"), topic.getTopicArn()));
    topic.addSubscription(new EmailSubscription(cell.care().email()));
    Alarm alarm =
        Alarm.Builder.create(scope, "EdgeRefuses")
            .alarmDescription("The firewall of the CDN refuses many requests in five minutes")
            .metric(refused(cell))
            .threshold(MANY)
            .evaluationPeriods(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }

  private static Key key(Stack home, Construct scope, Cell cell) {
    Key key =
        Key.Builder.create(scope, "Key")
            .alias(cell.named("edge-alarms"))
            .description("Towncrier " + cell.name() + ": alarms of the firewall")
            .enableKeyRotation(true)
            .pendingWindow(Duration.days(30))
            .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
            .build();
    key.addToResourcePolicy(alarms(home, List.of("kms:Decrypt", "kms:GenerateDataKey"), "*"));
    return key;
  }

  // AWS WAF Developer Guide, "Metrics and dimensions": of a distribution there is no region.
  private static Metric refused(Cell cell) {
    return Metric.Builder.create()
        .namespace("AWS/WAFV2")
        .metricName("BlockedRequests")
        .dimensionsMap(Map.of("WebACL", Firewall.name(cell), "Rule", "ALL"))
        .statistic("Sum")
        .period(Metrics.FIVE_MINUTES)
        .build();
  }

  private static PolicyStatement alarms(Stack home, List<String> actions, String resource) {
    return PolicyStatement.Builder.create()
        .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
        .actions(actions)
        .resources(List.of(resource))
        .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", home.getAccount())))
        .build();
  }
}
