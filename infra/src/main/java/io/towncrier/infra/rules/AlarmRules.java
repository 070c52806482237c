package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Nothing fails unseen. */
final class AlarmRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("work-ends-in-dead-letters", AlarmRules::deadLetters),
          new Rule("queues-are-watched", AlarmRules::queues),
          new Rule("hidden-as-long-as-worked-on", AlarmRules::hidden),
          new Rule("alarms-are-heard", AlarmRules::heard),
          new Rule("canary-rolls-back", AlarmRules::canary));

  private static final String SENT = "NumberOfMessagesSent";

  private AlarmRules() {}

  private static void deadLetters(Template template, Report report) {
    template
        .all(Types.FEEDING)
        .forEach(
            feeding ->
                template
                    .named(feeding.get("/EventSourceArn"))
                    .ifPresent(
                        queue ->
                            report.unless(
                                queue.get("/RedrivePolicy/maxReceiveCount").asInt(0) >= 1,
                                queue,
                                "tries for ever")));
    template
        .all("AWS::Scheduler::Schedule")
        .forEach(
            schedule ->
                report.unless(
                    schedule.has("/Target/DeadLetterConfig/Arn")
                        && schedule.has("/Target/RetryPolicy"),
                    schedule,
                    "loses what it cannot bring"));
    template
        .all(Types.TOPIC_RULE)
        .forEach(
            rule ->
                report.unless(
                    rule.has("/TopicRulePayload/ErrorAction"), rule, "loses what it cannot do"));
  }

  private static void queues(Template template, Report report) {
    template
        .all(Types.QUEUE)
        .forEach(
            queue -> {
              String metric = metric(template, queue);
              report.unless(
                  template.all(Types.ALARM).anyMatch(alarm -> watches(alarm, queue, metric))
                      || (isWrittenTo(template, queue)
                          && template
                              .all(Types.ALARM)
                              .anyMatch(alarm -> watches(alarm, queue, SENT))),
                  queue,
                  "has no alarm on " + metric);
            });
  }

  private static String metric(Template template, Resource queue) {
    return feeds(template, queue)
        ? "ApproximateAgeOfOldestMessage"
        : "ApproximateNumberOfMessagesVisible";
  }

  // SQS itself moves dead letters of its queues, and counts none of them as sent.
  private static boolean isWrittenTo(Template template, Resource queue) {
    return !feeds(template, queue)
        && template
            .all(Types.QUEUE)
            .map(other -> Template.target(other.get("/RedrivePolicy/deadLetterTargetArn")))
            .noneMatch(queue.id()::equals);
  }

  private static boolean feeds(Template template, Resource queue) {
    return template
        .all(Types.FEEDING)
        .anyMatch(feeding -> Template.target(feeding.get("/EventSourceArn")).equals(queue.id()));
  }

  private static boolean watches(Resource alarm, Resource queue, String metric) {
    return alarm.get("").findParents("MetricName").stream()
        .filter(watched -> watched.path("MetricName").asText().equals(metric))
        .anyMatch(watched -> Template.target(watched.at("/Dimensions/0/Value")).equals(queue.id()));
  }

  private static void hidden(Template template, Report report) {
    template
        .all(Types.FEEDING)
        .forEach(
            feeding -> {
              int hidden =
                  template
                      .named(feeding.get("/EventSourceArn"))
                      .map(queue -> queue.get("/VisibilityTimeout").asInt(30))
                      .orElse(0);
              int worked =
                  function(template, feeding.get("/FunctionName"))
                      .map(function -> function.get("/Timeout").asInt(3))
                      .orElse(Integer.MAX_VALUE);
              report.unless(
                  hidden >= worked, feeding, "brings a message twice while it is worked on");
            });
  }

  // By its own name, or by that of an alias, from which the CDK cuts what it needs.
  private static Optional<Resource> function(Template template, JsonNode name) {
    return Stream.concat(Stream.of(name), name.findParents("Ref").stream())
        .flatMap(reference -> template.named(reference).stream())
        .flatMap(
            called ->
                called.type().equals(Types.FUNCTION)
                    ? Stream.of(called)
                    : template.named(called.get("/FunctionName")).stream())
        .findFirst();
  }

  // Parts of a composite alarm are heard through it.
  private static void heard(Template template, Report report) {
    List<String> parts =
        template
            .all("AWS::CloudWatch::CompositeAlarm")
            .flatMap(composite -> composite.get("/AlarmRule").findValues("Fn::GetAtt").stream())
            .map(attribute -> attribute.path(0).asText())
            .toList();
    List.of(Types.ALARM, "AWS::CloudWatch::CompositeAlarm").stream()
        .flatMap(template::all)
        .filter(alarm -> !parts.contains(alarm.id()))
        .forEach(
            alarm -> report.unless(!alarm.get("/AlarmActions").isEmpty(), alarm, "tells nobody"));
  }

  private static void canary(Template template, Report report) {
    template
        .all("AWS::Lambda::Alias")
        .forEach(
            alias -> {
              JsonNode update = alias.node().at("/UpdatePolicy/CodeDeployLambdaAliasUpdate");
              boolean steps =
                  template
                      .named(update.path("DeploymentGroupName"))
                      .filter(AlarmRules::rollsBack)
                      .isPresent();
              report.unless(steps, alias, "moves at once, and does not come back");
            });
  }

  private static boolean rollsBack(Resource group) {
    return group.get("/DeploymentConfigName").asText().contains("Canary")
        && group.isTrue("/AutoRollbackConfiguration/Enabled")
        && group
            .get("/AutoRollbackConfiguration/Events")
            .toString()
            .contains("DEPLOYMENT_STOP_ON_ALARM")
        && group.isTrue("/AlarmConfiguration/Enabled")
        && !group.get("/AlarmConfiguration/Alarms").isEmpty();
  }
}
