package io.towncrier.halts.rest;

import io.towncrier.halts.HaltCell;
import io.towncrier.platform.Halt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of the halt of a cell. */
final class HaltBodies {
  private HaltBodies() {}

  /** What is to be halted: pushes, rollouts or all. */
  @Schema(name = "HaltRequest")
  record Request(
      @Nullable String what, @Nullable Boolean exceptSecurity, @Nullable String reason) {}

  /** What is to go on: pushes, rollouts or all. */
  @Schema(name = "ResumeRequest")
  record Resumption(@Nullable String what, @Nullable String reason) {}

  /**
   * One part that is halted.
   *
   * @param exceptSecurity whether what is about security goes on
   */
  @Schema(name = "HaltedPart")
  record Part(String what, Instant since, boolean exceptSecurity) {}

  /** What is halted now; nothing is when the list is empty. */
  @Schema(name = "HaltState")
  record Standing(List<Part> halted) {
    static Standing of(HaltCell.Standing standing) {
      return new Standing(parts(standing));
    }
  }

  /**
   * What is halted now.
   *
   * @param effectiveAt since when at the latest nothing that is halted is claimed or offered
   * @param cachedUntil until when shared caches may repeat an offer; absent unless rollouts are
   *     halted
   */
  @Schema(name = "HaltResult")
  record Halted(List<Part> halted, Instant effectiveAt, Optional<Instant> cachedUntil) {
    static Halted of(HaltCell.Standing standing, Instant now, Duration cached) {
      return new Halted(
          parts(standing),
          now,
          standing.rollouts().isOn() ? Optional.of(now.plus(cached)) : Optional.empty());
    }
  }

  /** What goes on now, and what is halted still. */
  @Schema(name = "ResumeResult")
  record Resumed(List<String> resumed, List<Part> halted) {
    static Resumed of(List<HaltCell.Part> resumed, HaltCell.Standing standing) {
      return new Resumed(resumed.stream().map(HaltCell.Part::code).toList(), parts(standing));
    }
  }

  private static List<Part> parts(HaltCell.Standing standing) {
    Map<HaltCell.Part, Halt> halts =
        new TreeMap<>(
            Map.of(
                HaltCell.Part.PUSHES, standing.pushes(),
                HaltCell.Part.ROLLOUTS, standing.rollouts()));
    return halts.entrySet().stream()
        .filter(entry -> entry.getValue().isOn())
        .map(
            entry ->
                new Part(
                    entry.getKey().code(),
                    entry.getValue().since().orElseThrow(),
                    entry.getValue().exceptsSecurity()))
        .toList();
  }
}
