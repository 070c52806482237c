package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore.Act;
import io.towncrier.releases.editing.ReleaseEdits.Transition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;

/** Lets a release out, and takes it back. */
@ApplicationScoped
public class PublishRelease {
  private final ReleaseEdits edits;
  private final Approvals approvals;
  private final InstantSource clock;

  PublishRelease(ReleaseEdits edits, Approvals approvals, InstantSource clock) {
    this.edits = edits;
    this.approvals = approvals;
    this.clock = clock;
  }

  /**
   * Publishes a draft, or anew what was withdrawn, unless the linter finds an error. It is out at
   * its own moment, or at once if that has passed. What was withdrawn cannot be edited, so its
   * bytes are those that were out before; its rollout begins anew, halted if it was.
   *
   * @param revision that was looked at
   * @param operator subject of who publishes
   */
  public Uni<ReleaseChange> publish(ReleaseId id, int revision, String operator) {
    Instant now = clock.instant();
    return edits.change(
        id,
        OptionalInt.of(revision),
        new AuditAction(operator, "release.published"),
        stored -> {
          Release draft = stored.release();
          if (draft.state() == Release.State.PUBLISHED) {
            return new Transition.No(new ReleaseChange.WrongState("It is published already."));
          }
          if (approvals.forbid(stored, operator)) {
            return new Transition.No(new ReleaseChange.OwnDraft());
          }
          Act act = new Act.LetOut(operator, now);
          if (draft.state() == Release.State.WITHDRAWN) {
            Release anew = draft.with(draft.rollout().anew(now)).publishedNotBefore(now);
            return new Transition.Visible(anew, true, act);
          }
          List<Finding> late = SteerRollout.inThePast(id, draft.rollout().phases(), List.of(), now);
          return late.isEmpty()
              ? new Transition.Visible(draft.publishedNotBefore(now), true, act)
              : new Transition.No(new ReleaseChange.Refused(late));
        });
  }

  /**
   * Nobody is offered it any more. Never refused by the linter: what is wrong must be stopped, even
   * if somebody is left without a way on.
   *
   * @param revision that was looked at; without one the newest
   * @param operator subject of who withdraws it
   * @param reason for the audit log; may be empty
   */
  public Uni<ReleaseChange> withdraw(
      ReleaseId id, OptionalInt revision, String operator, String reason) {
    return edits.change(
        id,
        revision,
        new AuditAction(operator, "release.withdrawn", reason),
        stored ->
            stored.release().state() == Release.State.PUBLISHED
                ? new Transition.Visible(
                    stored.release().inState(Release.State.WITHDRAWN), false, new Act.Other())
                : new Transition.No(
                    new ReleaseChange.WrongState("Only what is published can be withdrawn.")));
  }
}
