package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.UpdateStates;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FailureCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells users how far the updates of their routers are. */
@ApplicationScoped
class TellUpdates implements UpdateStates {
  private final OutcomeStore store;

  TellUpdates(OutcomeStore store) {
    this.store = store;
  }

  @Override
  public Uni<Map<String, UpdateState>> of(List<Running> devices, Optional<String> languages) {
    if (devices.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    Map<String, String> versions = new HashMap<>();
    devices.forEach(device -> versions.put(device.device(), device.version()));
    return store
        .current(List.copyOf(versions.keySet()))
        .map(
            attempts -> {
              Map<String, UpdateState> states = new HashMap<>();
              for (Attempt attempt : attempts) {
                String device = attempt.key().device();
                states.put(device, told(attempt, versions.getOrDefault(device, ""), languages));
              }
              return states;
            });
  }

  static UpdateState told(Attempt attempt, String runs, Optional<String> languages) {
    // Whatever was reported: it runs it.
    if (runs.equals(attempt.key().version())) {
      return state("done", attempt);
    }
    return switch (attempt.state()) {
      case NONE, SUPERSEDED -> UpdateState.INSTALLED;
      case OFFERED, POSTPONED, REJECTED -> state("offered", attempt);
      case DOWNLOADING, DOWNLOADED, INSTALLING, RESTARTING ->
          new UpdateState(
              "running",
              Optional.of(attempt.key().version()),
              Optional.of(attempt.state().code()),
              attempt.progress(),
              Optional.empty(),
              Optional.empty());
      case CONFIRMED, UNCONFIRMED -> state("done", attempt);
      case FAILED -> failed(attempt, attempt.code().orElse("unknown"), languages);
      case ROLLED_BACK -> failed(attempt, FailureCode.ROLLED_BACK, languages);
      case TIMED_OUT -> failed(attempt, FailureCode.TIMED_OUT, languages);
    };
  }

  private static UpdateState state(String state, Attempt attempt) {
    return new UpdateState(
        state,
        Optional.of(attempt.key().version()),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static UpdateState failed(Attempt attempt, String code, Optional<String> languages) {
    return new UpdateState(
        "failed",
        Optional.of(attempt.key().version()),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.of(code),
        Optional.of(FailureTexts.of(code, languages)));
  }
}
