package io.towncrier.outcomes.rest;

import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.History;
import io.towncrier.outcomes.state.OfferHold;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.releases.targeting.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a device's updates. */
@Schema(name = "DeviceOutcomes")
record OutcomesBody(@Schema(required = true) List<Outcome> outcomes) {
  static OutcomesBody of(List<Attempt> all, Instant now) {
    return new OutcomesBody(all.stream().map(attempt -> Outcome.of(attempt, now)).toList());
  }

  /**
   * Of one release.
   *
   * @param counted whether it can halt or promote the rollout
   * @param held why the release is not offered to the device now
   * @param heldUntil left out when an operator has to look
   */
  @Schema(name = "DeviceOutcome")
  record Outcome(
      @Schema(required = true) String version,
      @Schema(required = true) String state,
      @Schema(required = true) int attempt,
      @Schema(required = true) boolean counted,
      Optional<String> code,
      Optional<String> held,
      Optional<Instant> heldUntil,
      @Schema(required = true) Instant since,
      @Schema(required = true) Instant heardAt,
      @Schema(required = true) List<Transition> transitions) {
    static Outcome of(Attempt a, Instant now) {
      Optional<String> held = OfferHold.of(a, false, now).map(Refusal::code);
      return new Outcome(
          a.key().version(),
          a.state().code(),
          a.number(),
          a.standing().counted(),
          a.code(),
          held,
          a.times()
              .heldUntil()
              .filter(until -> held.isPresent() && until.isBefore(OutcomePolicy.FOR_GOOD)),
          a.times().since(),
          a.times().heardAt(),
          a.history().entries().stream().map(Transition::of).toList());
    }
  }

  /**
   * One transition.
   *
   * @param at by the server's clock
   * @param deviceAt by the device's
   * @param evidence whether it contradicted, and changed nothing
   */
  @Schema(name = "OutcomeTransition")
  record Transition(
      @Schema(required = true) Instant at,
      Optional<Instant> deviceAt,
      @Schema(required = true) String event,
      @Schema(required = true) String state,
      @Schema(required = true) boolean evidence,
      Optional<String> code,
      Optional<String> detail) {
    static Transition of(History.Entry entry) {
      return new Transition(
          entry.at(),
          entry.deviceAt(),
          entry.event().code(),
          entry.state().code(),
          entry.evidence(),
          entry.code(),
          entry.detail());
    }
  }
}
