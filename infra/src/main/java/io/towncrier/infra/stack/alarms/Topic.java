package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.data.Data;
import io.towncrier.infra.stack.data.Keys;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.AlarmBase;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Where alarms go. */
public final class Topic {
  private final IAlarmAction tell;
  private final String arn;

  public Topic(CellStack stack, Cell cell, Keys keys) {
    Construct scope = new Construct(stack, "Told");
    var topic =
        software.amazon.awscdk.services.sns.Topic.Builder.create(scope, "Topic")
            .topicName(cell.named("alarms"))
            .masterKey(keys.of(Data.QUEUES))
            .enforceSsl(true)
            .build();
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
            .build());
    topic.addSubscription(new EmailSubscription(cell.care().email()));
    this.tell = new SnsAction(topic);
    this.arn = topic.getTopicArn();
  }

  String arn() {
    return arn;
  }

  void hears(AlarmBase alarm) {
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }
}
