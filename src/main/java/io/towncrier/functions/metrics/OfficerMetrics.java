package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.audit.SignOffHeads;
import io.towncrier.privacyrequests.PrivacyRequests.Pressing;
import io.towncrier.privacyrequests.WatchDeadlines;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Which privacy requests are due soon, and whether an audit chain is broken; alarms watch. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class OfficerMetrics implements FunctionMetrics {
  private final WatchDeadlines deadlines;
  private final SignOffHeads heads;
  private long told;

  OfficerMetrics(WatchDeadlines deadlines, SignOffHeads heads) {
    this.deadlines = deadlines;
    this.heads = heads;
  }

  @Override
  public synchronized List<Metric> sinceLastAsked() {
    Pressing found = deadlines.last();
    List<Metric> metrics = new ArrayList<>();
    add(metrics, "PrivacyRequestsToRemindOf", found.remind());
    add(metrics, "PrivacyRequestsAlarming", found.alarm());
    add(metrics, "PrivacyRequestsOverdue", found.overdue());
    long broken = heads.broken();
    add(metrics, "AuditBroken", broken - told);
    told = broken;
    return metrics;
  }

  private static void add(List<Metric> metrics, String name, long count) {
    if (count > 0) {
      metrics.add(Metric.count(name, count));
    }
  }
}
