package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.rollout.Advance;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how a release comes to the fleet. */
final class RolloutReader {
  private static final int MAX_PHASES = 100;
  private static final Set<String> MEMBERS =
      Set.of("phases", "salt", "state", "heldSince", "heldFor", "promotion", "phase", "phaseSince");

  private final InputReader input;
  private final JsonFields fields;

  RolloutReader(InputReader input, JsonFields fields) {
    this.input = input;
    this.fields = fields;
  }

  Rollout read(String place, JsonNode node) {
    if (!fields.isObject(place, node, MEMBERS)) {
      return Rollout.FULL;
    }
    int before = input.errorCount();
    List<Phase> phases = phases(place + ".phases", node.path("phases"));
    Optional<String> salt =
        fields.optionalText(place, node, "salt", 64).filter(text -> !text.isEmpty());
    Rollout.State state =
        input
            .parsed(
                place + ".state",
                fields.optionalText(place, node, "state", 16).orElse(""),
                RolloutReader::state,
                "must be running, paused or halted")
            .orElse(Rollout.State.RUNNING);
    var heldSince = fields.optionalInstant(place, node, "heldSince");
    var heldFor = fields.duration(place, node, "heldFor").orElse(Duration.ZERO);
    if ((state == Rollout.State.RUNNING) != heldSince.isEmpty()) {
      input.reject(place + ".heldSince", "must be there unless it is running");
    }
    Advance advance = advance(place, node, phases.size());
    return input.errorCount() > before
        ? Rollout.FULL
        : new Rollout(phases, salt, state, heldSince, heldFor, advance);
  }

  private Advance advance(String place, JsonNode node, int phases) {
    Advance.By by = promotion(place + ".promotion", node).orElse(Advance.By.CLOCK);
    var since = fields.optionalInstant(place, node, "phaseSince");
    JsonNode given = node.path("phase");
    int phase = given.isMissingNode() ? 0 : given.asInt(-1);
    boolean isOne = phase == 0 || (phase > 0 && phase < phases && by != Advance.By.CLOCK);
    if (!isOne || (!given.isMissingNode() && !given.isInt())) {
      input.reject(place + ".phase", "must be one of the phases, from 0, and 0 by the clock");
      return Advance.BY_CLOCK;
    }
    if ((phase == 0) != since.isEmpty()) {
      input.reject(place + ".phaseSince", "must be there for each phase but the first");
      return Advance.BY_CLOCK;
    }
    return new Advance(by, phase, since);
  }

  /** Who promotes; empty when nothing is said. */
  Optional<Advance.By> promotion(String place, JsonNode node) {
    return input.parsed(
        place,
        fields.optionalText("", node, "promotion", 16).orElse(""),
        Advance.By::parse,
        "must be clock, health or hand");
  }

  /** Phases with shares that do not shrink; with a defect none. */
  List<Phase> phases(String place, JsonNode array) {
    int before = input.errorCount();
    List<Phase> phases = new ArrayList<>();
    fields.each(
        place,
        array,
        (at, node) -> {
          fields.onlyKnown(at, node, Set.of("percentage", "start", "soak"));
          int buckets = buckets(at + ".percentage", node.path("percentage"));
          if (!phases.isEmpty() && buckets < phases.get(phases.size() - 1).buckets()) {
            input.reject(at + ".percentage", "must not be less than that of the phase before");
          }
          phases.add(
              new Phase(
                  buckets,
                  fields.optionalInstant(at, node, "start"),
                  fields.duration(at, node, "soak").orElse(Duration.ZERO)));
        });
    if (phases.size() > MAX_PHASES) {
      input.reject(place, "must be at most " + MAX_PHASES);
    }
    // A phase that shrinks was reported above, and cannot be made.
    return input.errorCount() > before ? List.of() : phases;
  }

  private int buckets(String field, JsonNode percentage) {
    // No power of ten that fills the memory with its zeros, either.
    if (!percentage.isNumber() || !Double.isFinite(percentage.doubleValue())) {
      input.reject(field, "must be a number of percent");
      return 0;
    }
    BigDecimal hundredths = percentage.decimalValue().movePointRight(2).stripTrailingZeros();
    if (hundredths.signum() < 0
        || hundredths.compareTo(BigDecimal.valueOf(Bucket.COUNT)) > 0
        || hundredths.scale() > 0) {
      input.reject(field, "must be from 0 to 100, with at most two decimals");
      return 0;
    }
    return hundredths.intValueExact();
  }

  private static Optional<Rollout.State> state(String text) {
    for (Rollout.State state : Rollout.State.values()) {
      if (state.code().equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
