package io.towncrier.reports;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import java.time.Instant;
import java.util.Optional;

/** What operators are answered who begin or ask for a report, of whatever kind. */
public final class ReportAnswers {
  private ReportAnswers() {}

  /** The report that was begun. */
  public static Report begun(StartReport.Outcome outcome) {
    if (outcome instanceof StartReport.Outcome.Started started) {
      return started.report();
    }
    throw ProblemCode.TOO_MANY_REQUESTS
        .with("So many reports are being made already. Start this one when one of them is done.")
        .asException();
  }

  /** A report that there is. */
  public static Uni<Report> find(ReportStore reports, String kind, String id, Instant now) {
    return (Ids.looksLike(Report.PREFIX, id)
            ? reports.find(kind, id, now)
            : Uni.createFrom().item(Optional.<Report>empty()))
        .map(report -> report.orElseThrow(ReportAnswers::none));
  }

  /** There is no such report. */
  public static ProblemException none() {
    return ProblemCode.UNKNOWN_REPORT
        .with("It may be over: a report is kept for a day.")
        .asException();
  }
}
