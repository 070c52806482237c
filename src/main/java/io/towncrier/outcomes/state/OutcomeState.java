package io.towncrier.outcomes.state;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where the update of a device to a release stands. */
public enum OutcomeState {
  /** Neither was it offered, nor did the device report anything of it. */
  NONE,
  OFFERED,
  DOWNLOADING,
  DOWNLOADED,
  INSTALLING,
  /** The device says that it installed the release; its version does not prove it yet. */
  RESTARTING,
  /** The device reports the version, and still does after the soak. */
  CONFIRMED,
  FAILED,
  REJECTED,
  POSTPONED,
  ROLLED_BACK,
  TIMED_OUT,
  /** The device says that it succeeded, and never says which version it runs. */
  UNCONFIRMED,
  /** Another version came between. It counts for nothing. */
  SUPERSEDED;

  private static final Set<OutcomeState> OPEN =
      EnumSet.of(OFFERED, DOWNLOADING, DOWNLOADED, INSTALLING, RESTARTING);
  private static final Set<OutcomeState> BEGUN =
      EnumSet.of(DOWNLOADING, DOWNLOADED, INSTALLING, RESTARTING);

  public static Optional<OutcomeState> parse(String code) {
    return Arrays.stream(values()).filter(state -> state.code().equals(code)).findFirst();
  }

  /** As it stands in the table, in the database and in answers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the attempt goes on, and may time out. */
  public boolean isOpen() {
    return OPEN.contains(this);
  }

  /** Whether the device has begun, and has not come to an end. */
  public boolean isUnderWay() {
    return BEGUN.contains(this);
  }

  /** Whether another offer after it is another attempt. */
  boolean usesAttempt() {
    return this == FAILED || this == ROLLED_BACK || this == TIMED_OUT;
  }
}
