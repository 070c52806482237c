package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticeEdits.Transition;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.selection.CountAudience;
import io.towncrier.notices.selection.Recipients;
import io.towncrier.notices.selection.SelectAudience;
import io.towncrier.platform.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Writes drafts. What is on its way is changed no more: it is cancelled, and another written. */
@ApplicationScoped
public class DraftNotice {
  private final NoticeEdits edits;
  private final SelectAudience select;
  private final CountAudience count;
  private final Recipients recipients;
  private final InstantSource clock;

  DraftNotice(
      NoticeEdits edits,
      SelectAudience select,
      CountAudience count,
      Recipients recipients,
      InstantSource clock) {
    this.edits = edits;
    this.select = select;
    this.count = count;
    this.recipients = recipients;
    this.clock = clock;
  }

  public Uni<NoticeChange> create(Notice.Draft draft) {
    return defects(draft.content())
        .chain(
            errors ->
                errors.isEmpty()
                    ? edits.add(draft)
                    : Uni.createFrom().item(new NoticeChange.Refused(errors)));
  }

  /**
   * Writes a draft anew; an approval is gone with the words that were approved.
   *
   * @param given the content; its id and authors are those of the draft
   */
  public Uni<NoticeChange> edit(String id, int revision, Notice.Content given, String writer) {
    return defects(given)
        .chain(
            errors ->
                errors.isEmpty()
                    ? edits.change(
                        id, OptionalInt.of(revision), writer, s -> rewrite(s, given, writer))
                    : Uni.createFrom().item(new NoticeChange.Refused(errors)));
  }

  private static Uni<Transition> rewrite(
      NoticeStore.Stored stored, Notice.Content given, String writer) {
    if (!(stored.notice() instanceof Notice.Written written)) {
      return NoticeEdits.wrongState("It is no draft any more: cancel it, and write another.");
    }
    Notice.Content before = written.content();
    Notice.Content after =
        new Notice.Content(
            before.id(),
            given.kind(),
            given.text(),
            given.audience(),
            given.schedule(),
            given.ttl(),
            before.authors().and(writer));
    return NoticeEdits.transition(
        new Transition.Becomes(
            written.rewrite(after), "notice.edited", differences(before, after)));
  }

  public Uni<NoticeChange> delete(String id, int revision, String operator) {
    return edits.change(
        id,
        OptionalInt.of(revision),
        operator,
        stored ->
            stored.notice() instanceof Notice.Written
                ? NoticeEdits.transition(new Transition.Delete())
                : NoticeEdits.wrongState("It is no draft any more: cancel it."));
  }

  /** What cannot be seen in the content alone. */
  private Uni<List<FieldError>> defects(Notice.Content content) {
    List<FieldError> errors = new ArrayList<>();
    return select
        .run(content.audience())
        .chain(
            outcome -> {
              if (outcome instanceof SelectAudience.Outcome.Refused refused) {
                late(content, List.of()).ifPresent(errors::add);
                errors.addAll(refused.errors());
                return Uni.createFrom().item(errors);
              }
              Selection selection = ((SelectAudience.Outcome.Selected) outcome).selection();
              return (content.schedule().isDated()
                      ? recipients.places(selection)
                      : Uni.createFrom().item(List.<Place>of()))
                  .invoke(places -> late(content, places).ifPresent(errors::add))
                  .chain(places -> count.isNobody(selection))
                  .map(
                      nobody -> {
                        if (nobody) {
                          errors.add(new FieldError("audience", "addresses no device at all"));
                        }
                        return errors;
                      });
            });
  }

  private Optional<FieldError> late(Notice.Content content, List<Place> places) {
    return content.schedule().defect(places, clock.instant());
  }

  private static String differences(Notice.Content before, Notice.Content after) {
    return Stream.of(
            Objects.equals(before.kind(), after.kind()) ? "" : "kind",
            Objects.equals(before.text(), after.text()) ? "" : "texts",
            Objects.equals(before.audience(), after.audience()) ? "" : "audience",
            Objects.equals(before.schedule(), after.schedule()) ? "" : "schedule",
            Objects.equals(before.ttl(), after.ttl()) ? "" : "ttlSeconds")
        .filter(name -> !name.isEmpty())
        .toList()
        .toString();
  }
}
