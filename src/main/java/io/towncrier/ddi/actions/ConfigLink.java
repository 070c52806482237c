package io.towncrier.ddi.actions;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a client is asked for its facts. swupdate installs nothing while it is asked, and rauc
 * sends them only while it is: so it is asked once at the registration, and once after each success
 * (docs/adr/0054).
 *
 * @param state why it is asked; empty when it is not
 * @param since when that began
 */
public record ConfigLink(Optional<State> state, Instant since) {
  /** It is not asked. */
  public static final ConfigLink NONE = new ConfigLink(Optional.empty(), Instant.EPOCH);

  /** Why a client is asked. */
  public enum State {
    /** It is new, or has downloaded something: any answer ends this. */
    ASKED,
    /** It says that it has installed: only another version ends this, as rauc answers before. */
    RESTART
  }

  /** It is asked from now on. */
  public static ConfigLink asked(State why, Instant now) {
    return new ConfigLink(Optional.of(why), now);
  }

  /** Whether the link is shown. */
  public boolean isShown(Duration restartLimit, Instant now) {
    return state.isPresent()
        && (state.get() == State.ASKED || now.isBefore(since.plus(restartLimit)));
  }

  /**
   * After an answer.
   *
   * @param otherVersion whether it names another version than the one that was known
   */
  public ConfigLink answered(boolean otherVersion, Duration restartLimit, Instant now) {
    return state.isEmpty()
            || state.get() == State.ASKED
            || otherVersion
            || !isShown(restartLimit, now)
        ? NONE
        : this;
  }
}
