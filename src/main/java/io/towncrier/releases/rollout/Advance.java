package io.towncrier.releases.rollout;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a rollout comes from phase to phase. By the clock it does so by itself; otherwise the phase
 * in force stands here, and nothing but a committed promotion changes it (docs/adr/0051).
 *
 * @param by who promotes it
 * @param phase in force, from 0; nothing by the clock
 * @param since when that phase began, by the rollout's own clock; empty for the first
 */
public record Advance(By by, int phase, Optional<Instant> since) {
  /** Each phase begins by itself. */
  public static final Advance BY_CLOCK = new Advance(By.CLOCK, 0, Optional.empty());

  public Advance {
    if (phase < 0 || (phase == 0) != since.isEmpty()) {
      throw new IllegalArgumentException("each phase but the first has begun at a moment");
    }
    if (by == By.CLOCK && phase > 0) {
      throw new IllegalArgumentException("by the clock no phase is kept");
    }
  }

  /** From the first phase on. */
  public static Advance from(By by) {
    return new Advance(by, 0, Optional.empty());
  }

  boolean isByClock() {
    return by == By.CLOCK;
  }

  /** Who lets the next phase begin. */
  public enum By {
    CLOCK,
    /** When the soak is over and the figures are good. */
    HEALTH,
    /** An operator; bad figures halt it all the same. */
    HAND;

    public static Optional<By> parse(String text) {
      return Arrays.stream(values()).filter(by -> by.code().equals(text)).findFirst();
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
