package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Functions;
import io.towncrier.infra.stack.Ids;
import io.towncrier.infra.stack.QueueKind;
import io.towncrier.infra.stack.Queues;
import io.towncrier.infra.stack.Work;
import io.towncrier.infra.stack.edge.FrontDoor;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** What somebody has to look at, besides the error budget. */
public final class Alarms {
  private static final double OF_ITS_TIME = 0.8;
  private static final double OF_ITS_CAPACITY = 90;
  private static final int PUSHES_FAILED = 100;
  private static final int ANSWERS_FAILED = 5;

  private final Map<Work, List<Alarm>> stops = new EnumMap<>(Work.class);
  private final AlarmFactory factory;

  public Alarms(CellStack stack, Cell cell, Topic topic, Watched watched) {
    Functions functions = watched.functions();
    Queues queues = watched.queues();
    this.factory = new AlarmFactory(new Construct(stack, "Alarms"), topic);
    for (Work work : Work.LIVE) {
      function(work, functions.live(work));
    }
    for (Work work : List.of(Work.PLAN, Work.DELIVER)) {
      returned(work);
    }
    for (QueueKind kind : QueueKind.values()) {
      age(kind, queues);
    }
    queues.dead().forEach((of, queue) -> letters(of, queue, functions));
    snapshot(cell);
    keys();
    erasures();
    halts();
    waiting();
    pushes();
    quotas();
    canary();
    OfficerAlarms.add(factory);
    factory.below(
        "TickSilent",
        "No tick for ten minutes: nothing is sent and no snapshot is signed",
        functions.live(Work.TICK).metricInvocations(options("Sum")),
        1,
        cell.open());
    factory.above(
        "DatabaseFull",
        "The database is at the end of its capacity (percent)",
        Metrics.database("ACUUtilization", watched.database(), "Average"),
        OF_ITS_CAPACITY,
        3);
    stops.put(Work.API, List.of(answers(watched.door()), stops(Work.API).get(0)));
  }

  private Alarm answers(FrontDoor door) {
    return factory.above(
        "ApiAnswers5xx",
        "The API failed",
        Metrics.eachMinute(Metrics.api("5xx", door, "Sum")),
        ANSWERS_FAILED,
        1);
  }

  /** Those that stop a deployment of the function and bring the old version back. */
  public List<Alarm> stops(Work work) {
    return Objects.requireNonNull(stops.get(work));
  }

  private void function(Work work, Alias live) {
    String id = Ids.of(work);
    Alarm errors =
        factory.above(
            id + "Errors",
            id + " throws",
            Metrics.eachMinute(live.metricErrors(options("Sum"))),
            0,
            1);
    stops.put(work, List.of(errors));
    factory.above(
        id + "Throttles",
        id + " is called more often than it may run",
        live.metricThrottles(options("Sum")),
        0,
        3);
    factory.above(
        id + "Slow",
        id + " takes most of the time it has (milliseconds)",
        live.metricDuration(options("p99")),
        work.seconds() * 1000 * OF_ITS_TIME,
        3);
  }

  // A message that failed is returned, and the invocation succeeds: AWS counts no error, whatever
  // the new version may not do.
  private void returned(Work work) {
    Alarm failed =
        factory.above(
            Ids.of(work) + "Returns",
            Ids.of(work) + " returns messages to its queue as it fails on them",
            Metrics.eachMinute(Metrics.ours("Errors", work, "Sum")),
            0,
            1);
    stops.put(work, List.of(failed, stops(work).get(0)));
  }

  private void age(QueueKind kind, Queues queues) {
    double oldest = kind == QueueKind.TICK ? 180 : 900;
    factory.above(
        Ids.of(kind) + "Waits",
        "The oldest message of " + kind.named() + " waits too long (seconds)",
        queues.of(kind).metricApproximateAgeOfOldestMessage(options("Maximum")),
        oldest,
        2);
  }

  private void letters(String of, Queue queue, Functions functions) {
    if (of.equals(CheckTopic.DEAD)) {
      unanswered(queue, functions.live(Work.CHECK));
    } else {
      deadLetters(of, queue);
    }
  }

  private void deadLetters(String of, Queue queue) {
    factory.above(
        of + "Dead",
        "Messages that could not be worked off: look why, then send them back",
        queue.metricApproximateNumberOfMessagesVisible(options("Maximum")),
        0,
        1);
  }

  // One that came late is asked again by its client: many are what somebody has to look at. AWS IoT
  // writes each of these letters itself, so they are counted as sent.
  private void unanswered(Queue queue, Alias check) {
    factory.above(
        CheckTopic.DEAD + "Dead",
        "More than ten checks by MQTT, and one of a hundred, were not answered",
        MathExpression.Builder.create()
            .label("not answered")
            .expression(
                "IF(FILL(letters,0)>10 AND FILL(letters,0)>0.01*FILL(calls,0),FILL(letters,0),0)")
            .usingMetrics(
                Map.of(
                    "letters", queue.metricNumberOfMessagesSent(options("Sum")),
                    "calls", check.metricInvocations(options("Sum"))))
            .period(Metrics.FIVE_MINUTES)
            .build(),
        0,
        1);
  }

  // It is signed anew every hour. One that is not still answers: what waits is what came since.
  private void snapshot(Cell cell) {
    double old = Duration.ofHours(cell.snapshot().oldAfterHours()).toSeconds();
    factory.aboveWhenHeard(
        "SnapshotOld",
        "The snapshot was signed long ago (seconds): checks answer, but of no later release",
        Metrics.mostOf("SnapshotAgeSeconds", Work.ANSWERING, "Maximum"),
        old);
    factory.above(
        "SnapshotRefused",
        "A snapshot was refused: not signed by us, or signed before the one that is held",
        Metrics.mostOf("SnapshotRefused", Work.ANSWERING, "Sum"),
        0,
        1);
  }

  private void keys() {
    factory.above(
        "WrongMasterKey",
        "The master key is not the database's: checks alone are answered, and nothing is pushed",
        Metrics.mostOf("WrongMasterKey", Work.KEYED, "Sum"),
        0,
        1);
  }

  // Each tick that tidies looks, so it rings while it is so.
  private void erasures() {
    factory.above(
        "OverdueErasures",
        "Cancelled accounts must have been erased by now, and are not",
        Metrics.ours("OverdueErasures", Work.TICK, "Maximum"),
        0,
        1);
    factory.above(
        "OverdueAtProcessors",
        "Processors of personal data have not confirmed deletions for three days",
        Metrics.ours("OverdueAtProcessors", Work.TICK, "Maximum"),
        0,
        1);
  }

  // By the report that crosses a threshold, or by the tick: it rings once, and who looks decides.
  private void halts() {
    factory.above(
        "RolloutsHalted",
        "A rollout was halted by its figures: too many of its updates fail",
        Metrics.mostOf("RolloutsHalted", List.of(Work.API, Work.TICK), "Sum"),
        0,
        1);
  }

  // Each tick looks, so it rings while it is so and no longer. A halt of pushes does not ring.
  private void waiting() {
    factory.above(
        "PushesWait",
        "Pushes wait for an operator: a restored database, a wrong master key, or no credentials",
        Metrics.ours("PushesWait", Work.TICK, "Sum"),
        0,
        1);
  }

  private void pushes() {
    for (Work work : List.of(Work.DELIVER, Work.TICK)) {
      factory.above(
          Ids.of(work) + "PushesFail",
          "Pushes fail",
          Metrics.ours("PushesFailed", work, "Sum"),
          PUSHES_FAILED,
          3);
      factory.above(
          Ids.of(work) + "DeadLetters",
          "Deliveries were given up",
          Metrics.ours("DeadLetters", work, "Sum"),
          0,
          1);
    }
  }

  // Each tick tells what its process saw at the last look, so it rings while it is so.
  private void quotas() {
    factory.above(
        "VendorQuotasLow",
        "Vendors of phones take less than a tenth of the day's pushes any more, or none",
        Metrics.ours("VendorQuotasLow", Work.TICK, "Maximum"),
        0,
        1);
  }

  // Each tick tells what became of the last ones, so it rings while it is so.
  private void canary() {
    factory.above(
        "CanaryMissed",
        "No phone of the maker's own has shown the last test notice of a push provider in time",
        Metrics.ours("CanaryMissed", Work.TICK, "Maximum"),
        0,
        1);
  }

  private static MetricOptions options(String statistic) {
    return MetricOptions.builder().statistic(statistic).period(Metrics.FIVE_MINUTES).build();
  }
}
