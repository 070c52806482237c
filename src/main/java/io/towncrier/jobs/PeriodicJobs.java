package io.towncrier.jobs;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** Every periodic job. A new one is a method of its group and a name here, in both flavours. */
@ApplicationScoped
public class PeriodicJobs {
  /** In the order of a tick, which does one after the other. */
  static final List<String> ORDER =
      List.of(
          // Whether anything may be sent, and by which keys.
          "marked",
          "erasedAgain",
          "pushesWait",
          "essentials",
          // What is halted makes no notices.
          "attemptsTimedOut",
          "rolloutsJudged",
          // What makes pushes comes before what sends them.
          "noticesStarted",
          "spreadAnew",
          "announced",
          "canarySent",
          "noticesToPlan",
          "deliveries",
          "pushesRecalled",
          "noticesDone",
          "quotasAsked",
          // What is read is renewed.
          "snapshotsPublished",
          "countsFolded",
          "noticeCountsFolded",
          "adoptionKept",
          // Keys, and what has outlived its time.
          "keysLookedAt",
          "sealedAnew",
          "tidied",
          "accountsErased",
          "erasedAtProcessors",
          "overdueRemoved",
          "repeatsForgotten",
          "requestsPressing",
          "readsChained",
          "headsSigned",
          // Other systems, and images.
          "outcomesFolded",
          "phasesTold",
          "supportTold",
          "eventsSent",
          "eventsTidied",
          "artifactsTidied",
          // These may take all the time that is left: nobody waits for what would come behind.
          "reportPages",
          "artifactsVerified");

  private final List<JobGroup> groups;

  PeriodicJobs(@All List<JobGroup> groups) {
    this.groups = groups;
  }

  /** In the order of a tick. */
  public List<PeriodicJob> inOrder() {
    return groups.stream()
        .flatMap(group -> group.jobs().stream())
        .map(Placed::of)
        .sorted(Comparator.comparingInt(Placed::place))
        .map(Placed::job)
        .toList();
  }

  /** Those that a server runs together, one after the other. */
  public List<PeriodicJob> of(Cadence cadence) {
    return inOrder().stream().filter(job -> job.cadence() == cadence).toList();
  }

  private record Placed(int place, PeriodicJob job) {
    static Placed of(PeriodicJob job) {
      int place = ORDER.indexOf(job.name());
      if (place < 0) {
        throw new IllegalStateException("the job " + job.name() + " has no place in a tick");
      }
      return new Placed(place, job);
    }
  }
}
