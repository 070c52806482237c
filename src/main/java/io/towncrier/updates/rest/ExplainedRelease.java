package io.towncrier.updates.rest;

import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.decision.Explanation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What one release had to say to a decision; codes are kebab-case.
 *
 * @param relation newer, installed or older
 * @param standing offered, hop, target, installed, refused, blocked, no-downgrade or beaten
 * @param via the floor that is installed before it
 * @param blockedBy the floor that must be installed before it and cannot be had
 * @param installWindow in which the client may install it
 */
@Schema(name = "ExplainedRelease")
record ExplainedRelease(
    String version,
    String state,
    Instant publishedAt,
    String relation,
    String standing,
    int priority,
    List<Gate> gates,
    List<Rule> rules,
    Rollout rollout,
    Optional<Floor> floor,
    Optional<String> via,
    Optional<String> blockedBy,
    Optional<ExplainBodies.Window> installWindow) {
  static ExplainedRelease of(Explanation.OfRelease explained) {
    return new ExplainedRelease(
        explained.release().version(),
        explained.release().state().code(),
        explained.release().publishedAt(),
        explained.relation().code(),
        explained.standing().code(),
        explained.priority(),
        explained.gates().stream().map(Gate::of).toList(),
        explained.rules().stream().map(Rule::of).toList(),
        Rollout.of(explained.rollout()),
        explained.floor().map(Floor::of),
        explained.via(),
        explained.blockedBy(),
        explained.window().map(ExplainBodies.Window::of));
  }

  /** One condition of every release, and why it is not met. */
  @Schema(name = "ExplainedGate")
  record Gate(String gate, boolean passed, Optional<String> refusal) {
    static Gate of(Explanation.OfGate gate) {
      return new Gate(gate.name(), gate.refusal().isEmpty(), gate.refusal().map(Refusal::code));
    }
  }

  /** One targeting rule, and why it does not match. */
  @Schema(name = "ExplainedRule")
  record Rule(
      String rule, int priority, boolean downgrade, boolean matched, Optional<String> refusal) {
    static Rule of(Explanation.OfRule rule) {
      return new Rule(
          rule.name(),
          rule.priority(),
          rule.downgrade(),
          rule.refusal().isEmpty(),
          rule.refusal().map(Refusal::code));
    }
  }

  /**
   * How far the release has come.
   *
   * @param bucket of this cohort, from 0 to 9,999
   * @param bucketsInForce those below it are in
   * @param phase that runs, from 1
   */
  @Schema(name = "ExplainedRollout")
  record Rollout(
      String state,
      OptionalInt bucket,
      int bucketsInForce,
      OptionalInt phase,
      int phases,
      Optional<Instant> nextPhaseAt) {
    static Rollout of(Explanation.OfRollout rollout) {
      return new Rollout(
          rollout.state().name().toLowerCase(Locale.ROOT),
          rollout.bucket(),
          rollout.buckets(),
          rollout.phase(),
          rollout.phases(),
          rollout.nextPhaseAt());
    }
  }

  /**
   * What the floor is to this client.
   *
   * @param range of installed versions that must not pass it by
   * @param effect binds, blocks, blocks-unless-replaced, left-out, installed, passed or
   *     other-versions
   * @param refusal why it cannot be had
   */
  @Schema(name = "ExplainedFloor")
  record Floor(String range, boolean binds, String effect, Optional<String> refusal) {
    static Floor of(Explanation.OfFloor floor) {
      return new Floor(
          floor.range(),
          floor.effect().binds(),
          floor.effect().code(),
          floor.refusal().map(Refusal::code));
    }
  }
}
