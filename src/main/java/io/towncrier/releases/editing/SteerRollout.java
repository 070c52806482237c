package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.ReleaseStore.Act;
import io.towncrier.releases.editing.ReleaseEdits.Transition;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Changes how a release comes to the fleet while it does. */
@ApplicationScoped
public class SteerRollout {
  private final ReleaseEdits edits;
  private final Approvals approvals;
  private final InstantSource clock;

  SteerRollout(ReleaseEdits edits, Approvals approvals, InstantSource clock) {
    this.edits = edits;
    this.approvals = approvals;
    this.clock = clock;
  }

  /**
   * Other phases. Who is in stays in: the share in force does not shrink. With approvals on, those
   * of what is out are set by somebody who did not write it; those of a draft are written at it.
   *
   * @param operator subject of who sets them
   */
  public Uni<ReleaseChange> phases(
      ReleaseId id, List<Phase> phases, int revision, String operator) {
    Instant now = clock.instant();
    return edits.steer(
        id,
        OptionalInt.of(revision),
        new AuditAction(operator, "rollout.changed", told(phases)),
        (stored, at) -> {
          Release release = stored.release();
          boolean isOut = release.state() == Release.State.PUBLISHED;
          if (isOut && approvals.forbid(stored, operator)) {
            return new Transition.No(new ReleaseChange.OwnDraft());
          }
          List<Finding> findings = inThePast(id, phases, release.rollout().phases(), now);
          if (isOut) {
            findings.addAll(shrinking(id, release, release.rollout().with(phases), at));
          }
          return findings.isEmpty()
              ? transition(release, release.rollout().with(phases), letOut(operator))
              : new Transition.No(new ReleaseChange.Refused(findings));
        });
  }

  /**
   * Who is in stays in, nobody is added.
   *
   * @param revision that was looked at; without one the newest
   * @param operator subject of who pauses it
   */
  public Uni<ReleaseChange> pause(ReleaseId id, OptionalInt revision, String operator) {
    return steer(id, revision, new AuditAction(operator, "rollout.paused"), Rollout::paused);
  }

  /** Nobody is offered it until it is resumed. */
  public Uni<ReleaseChange> halt(ReleaseId id, OptionalInt revision, String operator) {
    return steer(id, revision, new AuditAction(operator, "rollout.halted"), Rollout::halted);
  }

  /** Goes on where it stood still; with approvals on, by somebody who did not write the release. */
  public Uni<ReleaseChange> resume(ReleaseId id, OptionalInt revision, String operator) {
    return edits.steer(
        id,
        revision,
        new AuditAction(operator, "rollout.resumed"),
        (stored, at) ->
            approvals.forbid(stored, operator)
                ? new Transition.No(new ReleaseChange.OwnDraft())
                : ifOut(stored, rollout -> rollout.resumed(at), letOut(operator)));
  }

  private Act letOut(String operator) {
    return new Act.LetOut(operator, clock.instant());
  }

  private Uni<ReleaseChange> steer(
      ReleaseId id,
      OptionalInt revision,
      AuditAction action,
      BiFunction<Rollout, Instant, Rollout> change) {
    return edits.steer(
        id,
        revision,
        action,
        (stored, at) -> ifOut(stored, rollout -> change.apply(rollout, at), new Act.Other()));
  }

  private static Transition ifOut(
      ReleaseStore.Stored stored, UnaryOperator<Rollout> change, Act act) {
    Release release = stored.release();
    return release.state() == Release.State.PUBLISHED
        ? transition(release, change.apply(release.rollout()), act)
        : new Transition.No(
            new ReleaseChange.WrongState("Only what is published has a running rollout."));
  }

  /** As operators write them: {@code 12.5 % for PT24H, 100 % from 2026-05-01T00:00:00Z}. */
  private static String told(List<Phase> phases) {
    return phases.isEmpty()
        ? "everybody"
        : phases.stream().map(SteerRollout::told).collect(Collectors.joining(", "));
  }

  private static String told(Phase phase) {
    String share = BigDecimal.valueOf(phase.buckets(), 2).stripTrailingZeros().toPlainString();
    String start = phase.start().map(moment -> " from " + moment).orElse("");
    return share + " %" + start + (phase.soak().isZero() ? "" : " for " + phase.soak());
  }

  private static Transition transition(Release release, Rollout rollout, Act act) {
    Release changed = release.with(rollout);
    // Nobody is let in by the phases of what is not out: they are a part of what is written.
    Act done =
        release.state() != Release.State.PUBLISHED && act instanceof Act.LetOut let
            ? new Act.WroteMore(let.by())
            : act;
    return release.state() == Release.State.DRAFT
        ? new Transition.Hidden(changed, done)
        : new Transition.Visible(changed, false, done);
  }

  /** Phases that begin before now, and did not stand there before. */
  static List<Finding> inThePast(ReleaseId id, List<Phase> phases, List<Phase> known, Instant now) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      if (phase.start().filter(now::isAfter).isPresent() && !known.contains(phase)) {
        findings.add(error(id, "phase-in-the-past", "phases[" + i + "].start", "is in the past"));
      }
    }
    return findings;
  }

  private static List<Finding> shrinking(
      ReleaseId id, Release release, Rollout wanted, Instant now) {
    int inForce = release.rollout().bucketsAt(now, release.publishedAt());
    return wanted.bucketsAt(now, release.publishedAt()) < inForce
        ? List.of(
            error(
                id,
                "rollout-shrinks",
                "phases",
                "must keep at least the share that is in force, "
                    + inForce / 100.0
                    + " percent; halt the rollout to stop it"))
        : List.of();
  }

  private static Finding error(ReleaseId id, String code, String member, String message) {
    return new Finding(
        Finding.Level.ERROR,
        code,
        id.product(),
        "releases[" + id.version() + "].rollout." + member,
        message);
  }
}
