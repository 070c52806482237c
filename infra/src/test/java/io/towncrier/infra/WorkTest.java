package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Queues, the schedule, alarms and the budget. */
final class WorkTest {
  private static final String QUEUE = "AWS::SQS::Queue";
  private static final String FEEDING = "AWS::Lambda::EventSourceMapping";
  private static final String ALARM = "AWS::CloudWatch::Alarm";

  private final Synthesized.Stack eu = Synthesized.cell("eu");

  @Test
  void aDeliveryIsTriedFiveTimesAndHiddenForSixTimesItsFunction() {
    JsonNode deliver = eu.the(QUEUE, "QueuesDeliver");
    assertThat(deliver.path("VisibilityTimeout").asInt()).isEqualTo(720);
    assertThat(deliver.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(5);
    assertThat(deliver.at("/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0").asText())
        .isEqualTo(eu.id(QUEUE, "QueuesDeliverDead"));
  }

  @Test
  void onlyItsQueuePutsDeadLettersThere() {
    for (String line : List.of("Plan", "Deliver", "Tick")) {
      JsonNode allowed = eu.the(QUEUE, "Queues" + line + "Dead").path("RedriveAllowPolicy");
      assertThat(allowed.path("redrivePermission").asText()).isEqualTo("byQueue");
      assertThat(allowed.path("sourceQueueArns").toString())
          .contains("towncrier-eu-" + line.toLowerCase(Locale.ROOT) + "\"");
    }
  }

  @Test
  void aTickThatWasMissedIsForgotten() {
    assertThat(eu.the(QUEUE, "QueuesTick").path("MessageRetentionPeriod").asInt()).isEqualTo(600);
    // So does its alarm forget it, and hears the next.
    assertThat(eu.the(QUEUE, "QueuesTickDead").path("MessageRetentionPeriod").asInt())
        .isEqualTo(3600);
    assertThat(eu.the(QUEUE, "QueuesPlanDead").path("MessageRetentionPeriod").asInt())
        .isEqualTo(1_209_600);
  }

  @Test
  void queuesCallTheAliasAndKnowWhichMessagesFailed() {
    assertThat(eu.all(FEEDING).values())
        .hasSize(3)
        .allSatisfy(
            feeding -> {
              assertThat(feeding.at("/Properties/FunctionResponseTypes/0").asText())
                  .isEqualTo("ReportBatchItemFailures");
              assertThat(feeding.at("/Properties/FunctionName").toString()).contains(":live");
            });
    JsonNode deliver = eu.the(FEEDING, "FeedingDeliver");
    assertThat(deliver.path("BatchSize").asInt()).isEqualTo(1);
    assertThat(deliver.at("/ScalingConfig/MaximumConcurrency").asInt()).isEqualTo(40);
  }

  @Test
  void whatACellCostsIsKnownByItsTag() {
    assertThat(eu.the(QUEUE, "QueuesPlan").path("Tags").toString())
        .contains("{\"Key\":\"towncrier:cell\",\"Value\":\"eu\"}");
    // China knows no tags of these, and would refuse the stack.
    assertThat(Synthesized.cell("cn").all(FEEDING).values())
        .allSatisfy(feeding -> assertThat(feeding.at("/Properties").has("Tags")).isFalse());
  }

  @Test
  void aTickComesEveryMinute() {
    JsonNode tick = eu.the("AWS::Scheduler::Schedule", "MinuteTick");
    assertThat(tick.path("ScheduleExpression").asText()).isEqualTo("rate(1 minute)");
    assertThat(tick.at("/FlexibleTimeWindow/Mode").asText()).isEqualTo("OFF");
    assertThat(tick.at("/Target/Arn/Fn::GetAtt/0").asText()).isEqualTo(eu.id(QUEUE, "QueuesTick"));
    assertThat(tick.at("/Target/DeadLetterConfig/Arn/Fn::GetAtt/0").asText())
        .isEqualTo(eu.id(QUEUE, "QueuesScheduleDead"));
  }

  @Test
  void somebodyIsToldTwiceAYearToTurnOverSecrets() {
    JsonNode reminder = eu.the("AWS::Scheduler::Schedule", "ReminderSecrets");
    assertThat(reminder.path("ScheduleExpression").asText()).isEqualTo("cron(0 8 1 1,7 ? *)");
    assertThat(reminder.at("/Target/Arn/Ref").asText())
        .isEqualTo(eu.id("AWS::SNS::Topic", "ToldTopic"));
  }

  @Test
  void everyLiveFunctionHasAlarmsOnErrorsThrottlesAndTime() {
    for (String name : List.of("Api", "Check", "Plan", "Deliver", "Tick")) {
      for (String metric : List.of("Errors", "Throttles", "Duration")) {
        assertThat(eu.all(ALARM).values())
            .anySatisfy(
                alarm -> {
                  assertThat(alarm.at("/Properties/Namespace").asText()).isEqualTo("AWS/Lambda");
                  assertThat(alarm.at("/Properties/MetricName").asText()).isEqualTo(metric);
                  assertThat(alarm.at("/Properties/Dimensions").toString())
                      .contains("Functions" + name)
                      .contains(":live");
                });
      }
    }
  }

  @Test
  void theSnapshotRingsWhenItIsNotSignedAnew() {
    JsonNode alarm = eu.the(ALARM, "AlarmsSnapshotOld");
    assertIsMostOfApiAndCheck(alarm, "SnapshotAgeSeconds", "Maximum");
    // Nobody asked, so nobody told: that is neither old nor new.
    assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("ignore");
    assertThat(alarm.path("Threshold").asInt()).isEqualTo(6 * 3600);
    assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("GreaterThanThreshold");
  }

  @Test
  void aSnapshotThatIsRefusedRingsWhoeverRefusesIt() {
    JsonNode alarm = eu.the(ALARM, "AlarmsSnapshotRefused");
    assertIsMostOfApiAndCheck(alarm, "SnapshotRefused", "Sum");
    assertThat(alarm.path("Threshold").asInt()).isZero();
    assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
  }

  @Test
  void aMasterKeyThatIsNotTheDatabasesRingsWhereverItIsUsed() {
    JsonNode alarm = eu.the(ALARM, "AlarmsWrongMasterKey");
    assertThat(alarm.path("Metrics").findValuesAsText("Expression"))
        .containsExactly("MAX([api,deliver,tick])");
    assertThat(alarm.path("Metrics").findValuesAsText("MetricName"))
        .hasSize(3)
        .containsOnly("WrongMasterKey");
    assertThat(alarm.path("Threshold").asInt()).isZero();
    assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
  }

  @Test
  void erasuresThatAreLateRing() {
    for (String name : List.of("OverdueErasures", "OverdueAtProcessors")) {
      JsonNode alarm = eu.the(ALARM, "Alarms" + name);
      assertThat(alarm.toString()).contains(name);
      assertThat(alarm.path("Threshold").asInt()).isZero();
      assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
    }
  }

  @Test
  void aRolloutThatIsHaltedByItsFiguresRingsWhoeverHaltsIt() {
    JsonNode alarm = eu.the(ALARM, "AlarmsRolloutsHalted");
    assertThat(alarm.path("Metrics").findValuesAsText("Expression"))
        .containsExactly("MAX([api,tick])");
    assertThat(alarm.path("Metrics").findValuesAsText("MetricName"))
        .hasSize(2)
        .containsOnly("RolloutsHalted");
    assertThat(alarm.path("Threshold").asInt()).isZero();
    assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
    assertThat(alarm.path("AlarmActions")).isNotEmpty();
  }

  @Test
  void pushesThatWaitForAnOperatorRingAsLongAsTheyWait() {
    JsonNode alarm = eu.the(ALARM, "AlarmsPushesWait");
    assertThat(alarm.path("Namespace").asText()).isEqualTo("Towncrier");
    assertThat(alarm.path("MetricName").asText()).isEqualTo("PushesWait");
    assertThat(alarm.at("/Dimensions/0/Value").asText()).isEqualTo("tick");
    assertThat(alarm.path("Statistic").asText()).isEqualTo("Sum");
    assertThat(alarm.path("Threshold").asInt()).isZero();
    assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(1);
    // Each tick says so as long as it is so: silence is the end.
    assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
    assertThat(alarm.path("AlarmActions")).isNotEmpty();
  }

  @Test
  void aVendorThatTakesFewMorePushesTodayRingsInEachCell() {
    for (String cell : List.of("eu", "us", "cn")) {
      JsonNode alarm = Synthesized.cell(cell).the(ALARM, "AlarmsVendorQuotasLow");
      assertThat(alarm.path("Namespace").asText()).isEqualTo("Towncrier");
      assertThat(alarm.path("MetricName").asText()).isEqualTo("VendorQuotasLow");
      assertThat(alarm.at("/Dimensions/0/Value").asText()).isEqualTo("tick");
      // The number of vendors; a sum would count each once a minute.
      assertThat(alarm.path("Statistic").asText()).isEqualTo("Maximum");
      assertThat(alarm.path("Threshold").asInt()).isZero();
      assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
      assertThat(alarm.path("AlarmActions")).isNotEmpty();
    }
  }

  @Test
  void theErrorBudgetRingsWhenItBurnsFastAndWhenItBurnsLong() {
    assertBurn("FastLong", 3600, 0.0144);
    assertBurn("FastShort", 300, 0.0144);
    assertBurn("SlowLong", 21_600, 0.006);
    assertBurn("SlowShort", 1800, 0.006);
    for (String how : List.of("Fast", "Slow")) {
      String rule =
          eu.the("AWS::CloudWatch::CompositeAlarm", "ErrorBudget" + how)
              .path("AlarmRule")
              .toString();
      assertThat(rule)
          .contains(eu.id(ALARM, "ErrorBudget" + how + "Long"))
          .contains(eu.id(ALARM, "ErrorBudget" + how + "Short"))
          .contains(" AND ");
    }
  }

  @Test
  void aCheckThatFailedTakesFromTheBudgetOnce() {
    for (String id : List.of("FastLong", "FastShort", "SlowLong", "SlowShort")) {
      assertThat(eu.the(ALARM, "ErrorBudget" + id).path("Metrics").findValuesAsText("Expression"))
          .containsExactly(
              "IF(FILL(requests,0)+FILL(calls,0)>0,"
                  + "(FILL(answers,0)+MAX([FILL(thrown,0),FILL(counted,0)]))"
                  + "/(FILL(requests,0)+FILL(calls,0)),0)");
    }
  }

  @Test
  void aTickThatStopsIsNoticed() {
    JsonNode alarm = eu.the(ALARM, "AlarmsTickSilent");
    assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("breaching");
    assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
  }

  @Test
  void anAlarmOnErrorsOfTheFunctionBringsTheOldVersionBack() {
    for (String name : List.of("Api", "Check", "Plan", "Deliver", "Tick")) {
      assertThat(
              eu.the("AWS::CodeDeploy::DeploymentGroup", "Canary" + name)
                  .at("/AlarmConfiguration/Alarms")
                  .toString())
          .contains(eu.id(ALARM, "Alarms" + name + "Errors"));
    }
  }

  @Test
  void messagesThatAreReturnedBringTheOldVersionBackToo() {
    for (String name : List.of("Plan", "Deliver")) {
      String id = "Alarms" + name + "Returns";
      JsonNode alarm = eu.the(ALARM, id);
      assertThat(alarm.path("Namespace").asText()).isEqualTo("Towncrier");
      assertThat(alarm.path("MetricName").asText()).isEqualTo("Errors");
      assertThat(alarm.at("/Dimensions/0/Value").asText()).isEqualTo(name.toLowerCase(Locale.ROOT));
      assertThat(alarm.path("Threshold").asInt()).isZero();
      assertThat(eu.the("AWS::CodeDeploy::DeploymentGroup", "Canary" + name).toString())
          .contains(eu.id(ALARM, id));
      assertThat(eu.the("AWS::IAM::Role", "Canary" + name + "Role").toString())
          .contains(eu.id(ALARM, id));
    }
  }

  @Test
  void eachCellHasADashboardAndABudget() {
    for (String cell : List.of("eu", "us", "cn")) {
      String dashboard = Synthesized.cell(cell).the("AWS::CloudWatch::Dashboard").toString();
      assertThat(dashboard).contains("SnapshotAgeSeconds", "PushesAccepted", "5xx");
      JsonNode budget = Synthesized.home(cell).the("AWS::Budgets::Budget");
      assertThat(budget.at("/Budget/CostFilters/TagKeyValue/0").asText())
          .isEqualTo("user:towncrier:cell$" + cell);
      assertThat(budget.path("NotificationsWithSubscribers")).hasSize(3);
    }
    assertThat(
            Synthesized.home("cn").the("AWS::Budgets::Budget").at("/Budget/BudgetLimit").toString())
        .contains("\"Amount\":14000", "CNY");
  }

  @Test
  void everyMetricOfOursThatIsWatchedIsOneThatFunctionsWrite() throws IOException {
    StringBuilder written = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("../src/main/java/io/towncrier/functions"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.append(Files.readString(file));
      }
    }
    Set<String> watched = new TreeSet<>();
    eu.all(ALARM)
        .values()
        .forEach(
            alarm ->
                alarm.findParents("MetricName").stream()
                    .filter(metric -> metric.path("Namespace").asText().equals("Towncrier"))
                    .forEach(metric -> watched.add(metric.path("MetricName").asText())));
    assertThat(watched)
        .contains(
            "PushesFailed",
            "PushesWait",
            "DeadLetters",
            "SnapshotAgeSeconds",
            "SnapshotRefused",
            "VendorQuotasLow",
            "Errors")
        .allSatisfy(name -> assertThat(written).contains("\"" + name + "\""));
  }

  private static void assertIsMostOfApiAndCheck(JsonNode alarm, String name, String statistic) {
    JsonNode metrics = alarm.path("Metrics");
    assertThat(metrics.findValuesAsText("Expression")).containsExactly("MAX([api,check])");
    assertThat(metrics.findValuesAsText("Namespace")).hasSize(2).containsOnly("Towncrier");
    assertThat(metrics.findValuesAsText("MetricName")).hasSize(2).containsOnly(name);
    assertThat(metrics.findValuesAsText("Stat")).hasSize(2).containsOnly(statistic);
    for (JsonNode metric : metrics) {
      if (metric.has("MetricStat")) {
        assertThat(metric.at("/MetricStat/Metric/Dimensions/0/Name").asText())
            .isEqualTo("Function");
        assertThat(metric.at("/MetricStat/Metric/Dimensions/0/Value").asText())
            .isEqualTo(metric.path("Id").asText());
      }
    }
  }

  private void assertBurn(String id, int seconds, double threshold) {
    JsonNode alarm = eu.the(ALARM, "ErrorBudget" + id);
    assertThat(alarm.path("Threshold").asDouble()).isEqualTo(threshold);
    assertThat(alarm.path("Metrics").findValues("Period"))
        .isNotEmpty()
        .allSatisfy(period -> assertThat(period.asInt()).isEqualTo(seconds));
  }
}
