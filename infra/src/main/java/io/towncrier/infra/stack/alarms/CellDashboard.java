package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Functions;
import io.towncrier.infra.stack.QueueKind;
import io.towncrier.infra.stack.Work;
import io.towncrier.infra.stack.edge.FrontDoor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.lambda.Alias;

/** What an operator looks at first, from the client's side to the database's. */
public final class CellDashboard {
  private static final int A_THIRD = 8;

  private final Functions functions;

  public CellDashboard(CellStack stack, Cell cell, Watched watched, ErrorBudget budget) {
    this.functions = watched.functions();
    FrontDoor door = watched.door();
    List<IMetric> waiting =
        Arrays.stream(QueueKind.values())
            .<IMetric>map(kind -> watched.queues().of(kind).metricApproximateAgeOfOldestMessage())
            .toList();
    List<IMetric> dead =
        watched.queues().dead().values().stream()
            .<IMetric>map(queue -> queue.metricApproximateNumberOfMessagesVisible())
            .toList();
    Dashboard.Builder.create(stack, "Dashboard")
        .dashboardName(cell.named("dashboard"))
        .widgets(
            List.of(
                List.of(
                    graph("Share that failed", List.of(budget.failed(Metrics.FIVE_MINUTES))),
                    graph("Answers", List.of(api("Count", door, "Sum"), api("5xx", door, "Sum"))),
                    graph(
                        "API, ms",
                        List.of(api("Latency", door, "p50"), api("Latency", door, "p99")))),
                List.of(
                    graph("Calls", each(Alias::metricInvocations)),
                    graph("Errors", each(Alias::metricErrors)),
                    graph("Duration", each(Alias::metricDuration))),
                List.of(
                    graph("Oldest message, s", waiting),
                    graph("Dead letters", dead),
                    graph("Snapshot's age, s", snapshot())),
                List.of(
                    graph("Pushes", pushes()),
                    graph(
                        "Capacity used, %",
                        List.of(Metrics.database("ACUUtilization", watched.database(), "Average"))),
                    graph(
                        "Connections",
                        List.of(
                            Metrics.database("DatabaseConnections", watched.database(), "Sum"))))))
        .build();
  }

  private static IMetric api(String name, FrontDoor door, String statistic) {
    return Metrics.api(name, door, statistic);
  }

  private List<IMetric> each(Function<Alias, IMetric> metric) {
    return Work.LIVE.stream().map(functions::live).map(metric).toList();
  }

  private static List<IMetric> snapshot() {
    return Work.ANSWERING.stream()
        .<IMetric>map(work -> Metrics.ours("SnapshotAgeSeconds", work, "Maximum"))
        .toList();
  }

  private static List<IMetric> pushes() {
    return List.of(
        Metrics.ours("PushesAccepted", Work.DELIVER, "Sum"),
        Metrics.ours("PushesFailed", Work.DELIVER, "Sum"),
        Metrics.ours("PushesAccepted", Work.TICK, "Sum"),
        Metrics.ours("PushesFailed", Work.TICK, "Sum"));
  }

  private static IWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(A_THIRD).build();
  }
}
