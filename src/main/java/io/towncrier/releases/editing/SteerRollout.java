package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.ReleaseStore.Act;
import io.towncrier.releases.editing.ReleaseEdits.Transition;
import io.towncrier.releases.rollout.Advance;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param promotion who promotes the rollout from now on; empty: as before
   * @param operator subject of who sets them
   */
  public Uni<ReleaseChange> phases(
      ReleaseId id,
      List<Phase> phases,
      Optional<Advance.By> promotion,
      int revision,
      String operator) {
    Instant now = clock.instant();
    return edits.steer(
        id,
        OptionalInt.of(revision),
        new AuditAction(operator, "rollout.changed", told(phases, promotion)),
        (stored, at) -> {
          Release release = stored.release();
          boolean isOut = release.state() == Release.State.PUBLISHED;
          if (isOut && approvals.forbid(stored, operator)) {
            return new Transition.No(new ReleaseChange.OwnDraft());
          }
          Rollout wanted = wanted(release, phases, promotion, at);
          List<Finding> findings = inThePast(id, phases, release.rollout().phases(), now);
          if (isOut) {
            findings.addAll(shrinking(id, release, wanted, at));
          }
          return findings.isEmpty()
              ? transition(release, wanted, letOut(operator))
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

  /** The same because of its figures, which the audit log names. */
  public Uni<ReleaseChange> halt(ReleaseId id, String actor, String why) {
    return edits.steer(
        id,
        OptionalInt.empty(),
        new AuditAction(actor, "rollout.halted", why),
        (stored, at) ->
            stored.release().rollout().state() == Rollout.State.HALTED
                ? new Transition.No(new ReleaseChange.WrongState("It is halted already."))
                : ifOut(stored, rollout -> rollout.halted(at), new Act.Other()));
  }

  /**
   * Lets the next phase begin.
   *
   * @param from the phase that is in force, from 0: two who promote at once promote once
   * @param actor who does it; with approvals on nobody who wrote the release
   * @param why for the audit log
   */
  public Uni<ReleaseChange> promote(ReleaseId id, int from, String actor, String why) {
    return edits.steer(
        id,
        OptionalInt.empty(),
        new AuditAction(actor, "rollout.promoted", "to phase " + (from + 2) + ": " + why),
        (stored, at) -> {
          Rollout rollout = stored.release().rollout();
          if (approvals.forbid(stored, actor)) {
            return new Transition.No(new ReleaseChange.OwnDraft());
          }
          boolean mayBegin =
              rollout.state() == Rollout.State.RUNNING
                  && rollout.waitsForPromotion()
                  && rollout.advance().phase() == from;
          return mayBegin
              ? ifOut(stored, now -> now.promoted(at), letOut(actor))
              : new Transition.No(
                  new ReleaseChange.WrongState(
                      "Only a running rollout is promoted, from the phase that is in force, by"
                          + " health or by hand."));
        });
  }

  /**
   * Goes on where it stood still; with approvals on, by somebody who did not write the release.
   *
   * @param reason for the audit log; may be empty
   */
  public Uni<ReleaseChange> resume(
      ReleaseId id, OptionalInt revision, String operator, String reason) {
    return edits.steer(
        id,
        revision,
        new AuditAction(operator, "rollout.resumed", reason),
        (stored, at) ->
            approvals.forbid(stored, operator)
                ? new Transition.No(new ReleaseChange.OwnDraft())
                : needsReason(stored.release(), reason)
                    ? new Transition.No(
                        new ReleaseChange.Refused(
                            List.of(error(id, "reason-needed", "reason", "say why it goes on"))))
                    : ifOut(stored, rollout -> rollout.resumed(at), letOut(operator)));
  }

  /** Where figures steer it, an operator who overrules them says why. */
  private static boolean needsReason(Release release, String reason) {
    return reason.isEmpty() && release.rollout().advance().by() != Advance.By.CLOCK;
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

  /** From the draft's beginning, or from the phase on that is in force. */
  private static Rollout wanted(
      Release release, List<Phase> phases, Optional<Advance.By> promotion, Instant at) {
    Advance.By by = promotion.orElse(release.rollout().advance().by());
    return release.rollout().promotedBy(by, at, release.publishedAt()).with(phases);
  }

  private static String told(List<Phase> phases, Optional<Advance.By> promotion) {
    return told(phases) + promotion.map(by -> "; promoted by " + by.code()).orElse("");
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
