package io.towncrier.infra.stack.alarms;

import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/** Makes alarms that somebody hears. */
final class AlarmFactory {
  private static final int TWICE = 2;

  private final Construct scope;
  private final Topic topic;

  AlarmFactory(Construct scope, Topic topic) {
    this.scope = scope;
    this.topic = topic;
  }

  /** An alarm above the threshold; missing data counts as good. */
  Alarm above(String id, String meaning, IMetric metric, double most, int periods) {
    return heard(
        alarm(id, meaning, metric, most, periods)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .treatMissingData(TreatMissingData.NOT_BREACHING));
  }

  /** Rings when the metric is above; silence says nothing: it stays as it was. */
  Alarm aboveWhenHeard(String id, String meaning, IMetric metric, double most) {
    return heard(
        alarm(id, meaning, metric, most, 1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .treatMissingData(TreatMissingData.IGNORE));
  }

  /** Rings when the metric is below; silence is the worst, but of what is not at work yet. */
  Alarm below(String id, String meaning, IMetric metric, double least, boolean atWork) {
    return heard(
        alarm(id, meaning, metric, least, TWICE)
            .actionsEnabled(atWork)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .treatMissingData(TreatMissingData.BREACHING));
  }

  private Alarm.Builder alarm(
      String id, String meaning, IMetric metric, double threshold, int periods) {
    return Alarm.Builder.create(scope, id)
        .alarmDescription(meaning)
        .metric(metric)
        .threshold(threshold)
        .evaluationPeriods(periods);
  }

  private Alarm heard(Alarm.Builder builder) {
    Alarm alarm = builder.build();
    topic.hears(alarm);
    return alarm;
  }
}
