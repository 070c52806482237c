package io.towncrier.notices.preview;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.audience.Reach;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.schedule.DueTimes;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.selection.Recipients;
import io.towncrier.notices.selection.SelectAudience;
import io.towncrier.reports.Report;
import io.towncrier.reports.ReportKind;
import io.towncrier.reports.StartReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A preview of any size, made page by page and fetched later. What it counts is what it finds when
 * it comes to a device; the moments are those of its start.
 */
@ApplicationScoped
public class PreviewReport implements ReportKind {
  public static final String KIND = "notice-preview";

  private static final String NOTICE = "notice";
  private static final String REVISION = "revision";
  private static final String CHANGED = "The notice was changed meanwhile. Preview it again.";

  private final NoticeStore notices;
  private final SelectAudience select;
  private final Recipients recipients;
  private final FleetCounts counts;
  private final PreviewRules rules;
  private final StartReport start;

  PreviewReport(
      NoticeStore notices,
      SelectAudience select,
      Recipients recipients,
      FleetCounts counts,
      PreviewRules rules,
      StartReport start) {
    this.notices = notices;
    this.select = select;
    this.recipients = recipients;
    this.counts = counts;
    this.rules = rules;
    this.start = start;
  }

  /** Begins the preview of a notice as it is now. */
  public Uni<StartReport.Outcome> start(NoticeStore.Stored notice, String operator) {
    Map<String, String> question =
        Map.of(
            NOTICE, notice.notice().content().id(), REVISION, Integer.toString(notice.revision()));
    return counts
        .groups(List.of(Axis.KIND), FleetFilter.ALL)
        .map(groups -> groups.stream().mapToLong(FleetCounts.Group::devices).sum())
        .chain(all -> start.run(KIND, question, all, operator, notice.notice().content().id()));
  }

  /** Whether a report is about this notice. */
  public static boolean isOf(Report report, String notice) {
    return notice.equals(report.asked(NOTICE));
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public Uni<Step> look(Report report, IdRange range) {
    Instant now = report.started().at();
    return about(
        report,
        subject ->
            recipients
                .groups(
                    subject.selection,
                    range,
                    PreviewRules.unplaced(subject.due),
                    rules.unseenSince(now))
                .map(groups -> PreviewCounts.of(subject.content.kind(), groups, now))
                .call(
                    found ->
                        range.last()
                            ? notices.previewed(
                                report.asked(NOTICE),
                                new PreviewCounts(report.counts()).addressed() + found.addressed(),
                                now)
                            : Uni.createFrom().voidItem())
                .map(found -> new Step.Looked(found.byName(), Optional.empty())),
        Step.Impossible::new);
  }

  /** What a report that is done says; else why it says nothing. */
  public Uni<Shown> show(Report report) {
    return about(
        report,
        subject ->
            recipients
                .sample(subject.selection)
                .chain(
                    sample ->
                        rules.show(
                            subject.content,
                            new PreviewCounts(report.counts()),
                            sample,
                            subject.due,
                            report.started().at()))
                .map(Shown.Previewed::new),
        Shown.Impossible::new);
  }

  private <T> Uni<T> about(
      Report report,
      Function<Subject, Uni<? extends T>> work,
      Function<String, ? extends T> impossible) {
    return notices
        .find(report.asked(NOTICE))
        .chain(
            found -> {
              if (found.isEmpty() || !isAsItWas(report, found.get())) {
                return Uni.createFrom().item(impossible.apply(CHANGED));
              }
              Notice.Content content = found.get().notice().content();
              return select
                  .run(content.audience())
                  .chain(
                      outcome ->
                          outcome instanceof SelectAudience.Outcome.Selected selected
                              ? subject(content, selected.selection(), report)
                                  .chain(subject -> work.apply(subject).map(item -> (T) item))
                              : Uni.createFrom()
                                  .item(
                                      impossible.apply(
                                          "The audience names something that is not there"
                                              + " any more.")));
            });
  }

  private static boolean isAsItWas(Report report, NoticeStore.Stored notice) {
    return Integer.toString(notice.revision()).equals(report.asked(REVISION));
  }

  private Uni<Subject> subject(Notice.Content content, Selection selection, Report report) {
    Uni<List<Place>> places =
        content.schedule().isLocal() ? places(selection) : Uni.createFrom().item(List.of());
    return places.map(
        found ->
            new Subject(content, selection, rules.dueTimes(content, found, report.started().at())));
  }

  /** From counts: a look at each device for each page would never end. */
  private Uni<List<Place>> places(Selection selection) {
    return counts
        .groups(List.of(Axis.TIMEZONE, Axis.COUNTRY), Reach.filter(selection))
        .map(
            groups ->
                groups.stream()
                    .map(group -> new Place(group.values().get(0), group.values().get(1)))
                    .toList());
  }

  private record Subject(Notice.Content content, Selection selection, DueTimes due) {}

  /** What a report that is done says. */
  public sealed interface Shown {
    record Previewed(Preview preview) implements Shown {}

    record Impossible(String why) implements Shown {}
  }
}
