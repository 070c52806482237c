package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decision behind every update check: no I/O, no clock. Releases compete by the priority of the
 * rule that matched, then by version; the first that no {@link Gate} refuses, and whose floors can
 * be had, is where the client goes (docs/adr/0012).
 */
public final class DecideUpdate {
  /** As the service decides. */
  public static final DecideUpdate BY_ALL_GATES = new DecideUpdate(Gate.ALL);

  private static final DecidedUpdate UNKNOWN_VERSION =
      new DecidedUpdate(
          new UpdateDecision.HeldBack(Refusal.UNKNOWN_VERSION),
          Optional.empty(),
          Positions.UNKNOWN);
  private static final int NONE = -1;

  private final List<Gate> gates;

  /** With other gates than all only in tests, which want to see that each is missed. */
  DecideUpdate(List<Gate> gates) {
    this.gates = List.copyOf(gates);
  }

  /**
   * Decides for one client.
   *
   * @param margin for how long the answer may be kept before it is read
   */
  public DecidedUpdate decide(
      ProductReleases releases,
      Channels channels,
      ClientFacts facts,
      Instant now,
      Duration margin) {
    int installed = releases.positionOf(facts.version());
    if (installed == Positions.UNKNOWN) {
      return UNKNOWN_VERSION;
    }
    return new Search(releases, new Question(releases, installed, facts, channels, now, margin))
        .run();
  }

  /** The first gate that refuses. */
  Optional<Refusal> firstRefusal(Candidate candidate, Match match, Question question) {
    return firstRefusal(candidate, match, question, false);
  }

  /** The same of a step on the way to another release. */
  Optional<Refusal> firstRefusal(
      Candidate candidate, Match match, Question question, boolean asFloor) {
    for (int i = 0; i < gates.size(); i++) {
      Gate gate = gates.get(i);
      if (asFloor && isOpenToSteps(gate)) {
        continue;
      }
      Optional<Refusal> refusal = gate.check().refusal(candidate, match, question);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  /** A security release may need a step that is none itself, also while all others are halted. */
  private static boolean isOpenToSteps(Gate gate) {
    return gate.name().equals(Gate.SECURITY_ONLY) || gate.name().equals(Gate.CELL);
  }

  /** What is to be installed before a release. */
  Step nextStep(ProductReleases releases, Candidate target, Question question) {
    @Nullable Candidate withdrawn = null;
    for (Candidate floor : releases.floorsFor(question.installed())) {
      if (floor.position() >= target.position()) {
        break;
      }
      if (!mayBind(floor, question)) {
        continue;
      }
      Match match = floor.match(question);
      if (!binds(floor, match, question)) {
        continue;
      }
      Optional<Refusal> refusal = firstRefusal(floor, match, question, true);
      if (refusal.isEmpty()) {
        return new Step.Install(floor);
      }
      if (isNoStep(floor, match, question, refusal.get())) {
        continue;
      }
      // What is newer was built on it, so one that was taken back still binds, until another one
      // says that it can be installed in its place.
      if (refusal.get() != Refusal.WITHDRAWN) {
        return new Step.Blocked(floor);
      }
      withdrawn = withdrawn == null ? floor : withdrawn;
    }
    boolean replaced =
        target.floorFor().isPresent() && target.floorSpan().contains(question.installed());
    return withdrawn == null || replaced ? new Step.Install(target) : new Step.Blocked(withdrawn);
  }

  /**
   * Whether a floor that is refused is left out, and does not stand in the way: it is not out yet,
   * or was never meant for the client, though another reason may be the first.
   */
  boolean isNoStep(Candidate floor, Match match, Question question, Refusal refusal) {
    if (refusal == Refusal.NOT_PUBLISHED) {
      return true;
    }
    for (int i = 0; i < gates.size(); i++) {
      Optional<Refusal> other = gates.get(i).check().refusal(floor, match, question);
      if (other.isPresent() && other.get().isForOthers()) {
        return true;
      }
    }
    return false;
  }

  static boolean binds(Candidate floor, Match match, Question question) {
    return mayBind(floor, question)
        && (floor.position() > question.installed() || match.downgrade());
  }

  /** Whether it is for the installed version at all. Most clients are past the floors. */
  static boolean mayBind(Candidate floor, Question question) {
    return floor.position() != question.installed()
        && floor.floorSpan().contains(question.installed());
  }

  /** Where the way to a target goes on. */
  sealed interface Step {
    /** With this release: a floor, or the target itself. */
    record Install(Candidate next) implements Step {}

    /** Not at all: this floor must be installed first and cannot be had now. */
    record Blocked(Candidate floor) implements Step {}
  }

  /** One decision while it is being made. */
  private final class Search {
    private final ProductReleases releases;
    private final Question question;
    private @Nullable Candidate target;
    private @Nullable Candidate next;
    private int targetPriority = NONE;
    // Of the installed version itself: what is behind it in the order does not replace it.
    private int heldPriority = NONE;
    private @Nullable Refusal told;
    private int toldPriority = NONE;
    private @Nullable Instant changesAt;

    Search(ProductReleases releases, Question question) {
      this.releases = releases;
      this.question = question;
    }

    DecidedUpdate run() {
      List<Candidate> all = releases.newestFirst();
      for (int i = 0; i < all.size(); i++) {
        int order = Integer.compare(all.get(i).position(), question.installed());
        boolean nothingLeft = order < 0 && !releases.downgradesFrom(i);
        if (nothingLeft || releases.priorityFrom(i) <= targetPriority) {
          break;
        }
        if (order == 0) {
          hold(all.get(i));
        } else if (order > 0 || all.get(i).downgrades()) {
          consider(all.get(i), order > 0);
        }
      }
      // The first release with a counter makes counters count, no matter which clients it is for.
      releases.countersSince().ifPresent(this::changes);
      return new DecidedUpdate(decision(), Optional.ofNullable(changesAt), question.installed());
    }

    private void hold(Candidate installed) {
      if (installed.isPublished() && !installed.isOut(question.now())) {
        // Its rules are as secret as it is: they are not tried on who asks.
        heldPriority = Math.max(heldPriority, installed.priority());
        changes(installed.publishedAt());
        return;
      }
      Match match = installed.match(question);
      if (match.refusal().isEmpty() && installed.isPublished()) {
        heldPriority = Math.max(heldPriority, match.priority());
      }
    }

    private void consider(Candidate candidate, boolean upgrade) {
      if (candidate.isPublished() && !candidate.isOut(question.now())) {
        // Everybody hears alike of its moment: whom it is meant for is as secret as it is.
        changes(candidate.publishedAt());
        return;
      }
      Match match = candidate.match(question);
      // Between equals the newer one counts: an installed version that is not taken back stays.
      boolean beaten =
          match.priority() <= targetPriority
              || (!upgrade && (!match.downgrade() || match.priority() <= heldPriority));
      if (beaten) {
        return;
      }
      Optional<Refusal> refusal = firstRefusal(candidate, match, question);
      if (refusal.isPresent()) {
        refused(candidate, match, refusal.get(), upgrade);
        return;
      }
      noteFloors(candidate);
      Step step = nextStep(releases, candidate, question);
      if (step instanceof Step.Install install) {
        target = candidate;
        next = install.next();
        targetPriority = match.priority();
      } else {
        refused(candidate, match, Refusal.FLOOR_UNAVAILABLE, upgrade);
      }
    }

    /** A floor that comes out later may bind then, or take the place of one that was withdrawn. */
    private void noteFloors(Candidate target) {
      for (Candidate floor : releases.floorsFor(question.installed())) {
        if (floor.position() >= target.position()) {
          return;
        }
        if (mayBind(floor, question) && floor.isPublished() && !floor.isOut(question.now())) {
          changes(floor.publishedAt());
        } else if (mayBind(floor, question)) {
          Match match = floor.match(question);
          if (binds(floor, match, question)) {
            firstRefusal(floor, match, question, true).ifPresent(why -> noteWhenItEnds(floor, why));
          }
        }
      }
    }

    private void refused(Candidate candidate, Match match, Refusal refusal, boolean upgrade) {
      if (upgrade && refusal.isTold() && match.priority() > toldPriority) {
        told = refusal;
        toldPriority = match.priority();
      }
      noteWhenItEnds(candidate, refusal);
    }

    private void noteWhenItEnds(Candidate candidate, Refusal refusal) {
      if (refusal == Refusal.OUTSIDE_ROLLOUT || refusal == Refusal.NOT_PUBLISHED) {
        noteNextPhase(candidate);
      }
    }

    private void noteNextPhase(Candidate candidate) {
      // While its clock stands still no moment is known.
      if (!question.isStopped(candidate)) {
        candidate
            .rollout()
            .nextPhase(question.now(), candidate.publishedAt())
            .ifPresent(this::changes);
      }
    }

    private void changes(Instant at) {
      if (at.isAfter(question.now()) && (changesAt == null || at.isBefore(changesAt))) {
        changesAt = at;
      }
    }

    private UpdateDecision decision() {
      if (target != null && next != null && targetPriority >= heldPriority) {
        Optional<InstallWindow.Opening> window = question.opening(next);
        window.map(InstallWindow.Opening::opens).ifPresent(this::changes);
        return new UpdateDecision.Offer(next.release(), target.release(), window);
      }
      if (isUnsupported(question.product(), question.now())) {
        return new UpdateDecision.Unsupported();
      }
      return told != null && toldPriority >= heldPriority
          ? new UpdateDecision.HeldBack(told)
          : new UpdateDecision.UpToDate();
    }
  }

  private static boolean isUnsupported(Product product, Instant now) {
    return product.supportedUntil().isPresent()
        && now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(product.supportedUntil().get());
  }
}
