package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.updates.published.SnapshotSources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How old the published snapshot is, and whether one was not taken: there are alarms on both. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
public class SnapshotMetrics implements FunctionMetrics {
  private static final double MILLIS = 1_000;

  private final SnapshotSources snapshots;
  private long told;

  public SnapshotMetrics(SnapshotSources snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public synchronized List<Metric> sinceLastAsked() {
    List<Metric> news = new ArrayList<>();
    Optional<Duration> age = snapshots.age();
    age.ifPresent(
        a -> news.add(new Metric("SnapshotAgeSeconds", Unit.SECONDS, a.toMillis() / MILLIS)));
    long refused = snapshots.refused();
    if (refused > told) {
      news.add(Metric.count("SnapshotRefused", refused - told));
      told = refused;
    }
    return news;
  }
}
