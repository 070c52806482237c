package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticeEdits.Transition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.OptionalInt;

/** Says that a draft is right; with approvals on, nobody who wrote at it can. */
@ApplicationScoped
public class ApproveNotice {
  private final NoticeEdits edits;
  private final NoticesConfig config;
  private final InstantSource clock;

  ApproveNotice(NoticeEdits edits, NoticesConfig config, InstantSource clock) {
    this.edits = edits;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Approves.
   *
   * @param revision of the draft that was looked at
   * @param operator subject of who approves
   */
  public Uni<NoticeChange> run(String id, int revision, String operator) {
    return edits.change(
        id,
        OptionalInt.of(revision),
        operator,
        stored -> {
          if (!(stored.notice() instanceof Notice.Draft draft)) {
            return NoticeEdits.wrongState("Only a draft can be approved.");
          }
          if (config.approvals() && draft.content().authors().writers().contains(operator)) {
            return NoticeEdits.transition(
                new Transition.No(
                    new NoticeChange.NotApproved(
                        "Approvals are on: who wrote at it does not approve it.")));
          }
          return NoticeEdits.transition(
              new Transition.Becomes(
                  draft.approve(new Notice.Approval(operator, clock.instant())),
                  "notice.approved",
                  "revision " + stored.revision()));
        });
  }
}
