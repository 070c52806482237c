package io.towncrier.notices.preview;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.selection.CountAudience;
import io.towncrier.notices.selection.Recipients;
import io.towncrier.notices.selection.SelectAudience;
import io.towncrier.platform.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Shows at once who would get a notice, and who would get it in-app alone and why. It looks at each
 * device of the audience, so a large one is left to a report ({@link PreviewReport}).
 */
@ApplicationScoped
public class PreviewNotice {
  /** About 0.4 s of the database. */
  static final long MOST_DEVICES = 100_000;

  private final CountAudience count;
  private final SelectAudience select;
  private final Recipients recipients;
  private final PreviewRules rules;
  private final InstantSource clock;

  PreviewNotice(
      CountAudience count,
      SelectAudience select,
      Recipients recipients,
      PreviewRules rules,
      InstantSource clock) {
    this.count = count;
    this.select = select;
    this.recipients = recipients;
    this.rules = rules;
    this.clock = clock;
  }

  public Uni<Outcome> run(Notice.Content content) {
    return select
        .run(content.audience())
        .chain(
            outcome ->
                outcome instanceof SelectAudience.Outcome.Selected selected
                    ? look(content, selected.selection())
                    : Uni.createFrom()
                        .item(
                            new Outcome.Refused(
                                ((SelectAudience.Outcome.Refused) outcome).errors())));
  }

  private Uni<Outcome> look(Notice.Content content, Selection selection) {
    return count
        .matching(selection)
        .chain(
            matching ->
                matching > MOST_DEVICES
                    ? Uni.createFrom().item(new Outcome.TooMany(matching))
                    : preview(content, selection).map(Outcome.Previewed::new));
  }

  private Uni<Preview> preview(Notice.Content content, Selection selection) {
    Instant now = clock.instant();
    Uni<List<Place>> places =
        content.schedule().isLocal()
            ? recipients.places(selection)
            : Uni.createFrom().item(List.of());
    return places
        .map(found -> rules.dueTimes(content, found, now))
        .chain(
            due ->
                recipients
                    .groups(selection, PreviewRules.unplaced(due), rules.unseenSince(now))
                    .map(groups -> PreviewCounts.of(content.kind(), groups, now))
                    .chain(
                        counts ->
                            recipients
                                .sample(selection)
                                .chain(sample -> rules.show(content, counts, sample, due, now))));
  }

  /** What became of it. */
  public sealed interface Outcome {
    record Previewed(Preview preview) implements Outcome {}

    /** So many devices are looked at by a report alone. */
    record TooMany(long devices) implements Outcome {}

    /** The audience names something that no longer exists. */
    record Refused(List<FieldError> errors) implements Outcome {}
  }
}
