package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Functions;
import io.towncrier.infra.stack.Work;
import io.towncrier.infra.stack.edge.FrontDoor;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmRule;
import software.amazon.awscdk.services.cloudwatch.AlarmState;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/**
 * Of a thousand answers of the API and the check, one may fail in a month. Somebody is told when
 * the budget burns so fast that a fiftieth of it is gone in an hour, or a twentieth in six; the
 * short window ends the alarm when the fire is out (Google's SRE workbook, chapter 5).
 */
public final class ErrorBudget {
  private static final double ANSWERS_A_FAILURE = 1000;

  private final Construct scope;
  private final Functions functions;
  private final FrontDoor door;

  public ErrorBudget(CellStack stack, Topic topic, Functions functions, FrontDoor door) {
    this.scope = new Construct(stack, "ErrorBudget");
    this.functions = functions;
    this.door = door;
    burns(topic, "Fast", 14.4, Duration.hours(1), Duration.minutes(5));
    burns(topic, "Slow", 6, Duration.hours(6), Duration.minutes(30));
  }

  /**
   * The share of answers that failed. A check that throws is counted by AWS and by the function
   * itself; one that is cut off by AWS alone.
   */
  MathExpression failed(Duration period) {
    Alias check = functions.live(Work.CHECK);
    Metric calls = check.metricInvocations(options(period));
    Metric thrown = check.metricErrors(options(period));
    Metric counted = Metrics.ours("Errors", Work.CHECK, "Sum");
    Metric requests = Metrics.api("Count", door, "Sum");
    Metric answers = Metrics.api("5xx", door, "Sum");
    return MathExpression.Builder.create()
        .label("failed")
        .expression(
            "IF(FILL(requests,0)+FILL(calls,0)>0,"
                + "(FILL(answers,0)+MAX([FILL(thrown,0),FILL(counted,0)]))"
                + "/(FILL(requests,0)+FILL(calls,0)),0)")
        .usingMetrics(
            Map.of(
                "requests", requests,
                "answers", answers,
                "calls", calls,
                "thrown", thrown,
                "counted", counted))
        .period(period)
        .build();
  }

  private void burns(Topic topic, String how, double times, Duration within, Duration still) {
    Alarm longer = burning(how + "Long", times, within);
    Alarm shorter = burning(how + "Short", times, still);
    CompositeAlarm both =
        CompositeAlarm.Builder.create(scope, how)
            .alarmDescription("The error budget of a month burns " + times + " times too fast")
            .alarmRule(
                AlarmRule.allOf(
                    AlarmRule.fromAlarm(longer, AlarmState.ALARM),
                    AlarmRule.fromAlarm(shorter, AlarmState.ALARM)))
            .build();
    topic.hears(both);
  }

  private Alarm burning(String id, double times, Duration period) {
    return Alarm.Builder.create(scope, id)
        .alarmDescription("Part of the alarm on the error budget; tells nobody by itself")
        .metric(failed(period))
        .threshold(times / ANSWERS_A_FAILURE)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }

  private static MetricOptions options(Duration period) {
    return MetricOptions.builder().statistic("Sum").period(period).build();
  }
}
