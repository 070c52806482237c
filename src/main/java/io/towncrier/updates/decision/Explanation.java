package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A decision, and what every release of the product had to say to it. It is made by the gates that
 * decide, so that it cannot say anything else than they do.
 *
 * @param verdict what the client is told
 * @param releases the newest first; none when the installed version cannot be read
 */
public record Explanation(DecidedUpdate verdict, List<OfRelease> releases) {
  public Explanation {
    releases = List.copyOf(releases);
  }

  /** Decides for one client and tells why; the parameters are those of the decision. */
  public static Explanation of(
      ProductReleases releases,
      Channels channels,
      ClientFacts facts,
      Instant now,
      Duration margin) {
    DecidedUpdate verdict =
        DecideUpdate.BY_ALL_GATES.decide(releases, channels, facts, now, margin);
    int installed = releases.positionOf(facts.version());
    if (installed == Positions.UNKNOWN) {
      return new Explanation(verdict, List.of());
    }
    Question question = new Question(releases, installed, facts, channels, now, margin);
    ExplainRelease explain = new ExplainRelease(releases, question, verdict.decision());
    return new Explanation(verdict, releases.newestFirst().stream().map(explain::of).toList());
  }

  /**
   * One release as it is to this client.
   *
   * @param relation to the installed version
   * @param standing what becomes of it
   * @param priority with which it competes for this client; of one that is for others, the highest
   *     that a rule gives it
   * @param gates every one of them in their order, also those behind the first that refuses
   * @param rules in the order in which they are tried; the first that matches counts
   * @param rollout how far it has come
   * @param floor when the release is one
   * @param via the floor that is installed before it, if there is one and it can be had
   * @param blockedBy the floor that must be installed before it and cannot be had
   * @param window in which the client may install it
   */
  public record OfRelease(
      Release release,
      Relation relation,
      Standing standing,
      int priority,
      List<OfGate> gates,
      List<OfRule> rules,
      OfRollout rollout,
      Optional<OfFloor> floor,
      Optional<String> via,
      Optional<String> blockedBy,
      Optional<InstallWindow.Opening> window) {
    public OfRelease {
      gates = List.copyOf(gates);
      rules = List.copyOf(rules);
    }
  }

  /** Where a release stands in the order, seen from the installed version. */
  public enum Relation {
    NEWER,
    INSTALLED,
    OLDER;

    /** As it stands in answers. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of a release. */
  public enum Standing {
    /** It is the answer, and nothing is behind it. */
    OFFERED,
    /** It is the answer: a step on the way to the target. */
    HOP,
    /** It is where the client goes, with another step before. */
    TARGET,
    /** It is there already. */
    INSTALLED,
    /** A gate refuses it. */
    REFUSED,
    /** A floor before it cannot be had. */
    BLOCKED,
    /** It is older, and no rule lets it replace something newer for this client. */
    NO_DOWNGRADE,
    /** Nothing is against it, but one of a higher priority, or a newer one, goes before. */
    BEATEN;

    /** As it stands in answers. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What a gate says; without a refusal it lets the release through. */
  public record OfGate(String name, Optional<Refusal> refusal) {}

  /** What a rule says; without a refusal it means this client. */
  public record OfRule(String name, int priority, boolean downgrade, Optional<Refusal> refusal) {}

  /**
   * How far a rollout has come for this client.
   *
   * @param bucket that the client's cohort is in; empty without a cohort
   * @param buckets that are in: the client is, when its own is lower
   * @param phase that runs, from 1; empty before the first, and when there are none
   * @param phases how many there are
   * @param nextPhaseAt when the next begins, if it is running and there is one
   */
  public record OfRollout(
      Rollout.State state,
      OptionalInt bucket,
      int buckets,
      OptionalInt phase,
      int phases,
      Optional<Instant> nextPhaseAt) {}

  /**
   * What a floor is to this client.
   *
   * @param range of installed versions that must not pass it by
   * @param effect whether it stands on the client's way
   * @param refusal why it cannot be had, if it cannot
   */
  public record OfFloor(String range, Effect effect, Optional<Refusal> refusal) {}

  /** Whether a floor stands on a client's way. */
  public enum Effect {
    /** It must be installed first, and can be. */
    BINDS,
    /** It must be installed first and cannot be had: what is newer is blocked. */
    BLOCKS,
    /** It was withdrawn, and blocks what does not say that it can be installed in its place. */
    BLOCKS_UNLESS_REPLACED,
    /** It would bind, but is not for this client, or not out yet. */
    LEFT_OUT,
    INSTALLED,
    /** The installed version is newer, and it is no downgrade for this client. */
    PASSED,
    /** The installed version is not in its range. */
    OTHER_VERSIONS;

    /** Whether nothing newer is offered before it. */
    public boolean binds() {
      return this == BINDS || this == BLOCKS || this == BLOCKS_UNLESS_REPLACED;
    }

    /** As it stands in answers. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
