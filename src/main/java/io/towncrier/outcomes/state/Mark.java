package io.towncrier.outcomes.state;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How an attempt ended, for the figures of its release: the counters bear these names. */
public enum Mark {
  CONFIRMED,
  DOWNLOAD_FAILED,
  INSTALL_FAILED,
  ROLLED_BACK,
  /** It began to install, and was not heard of again. */
  LOST,
  /** It was not heard of again, and had not begun to install. */
  SILENT,
  UNCONFIRMED,
  REJECTED,
  POSTPONED;

  /** An end that stays counted until another end takes its place. */
  private static final Set<Mark> LASTING =
      EnumSet.of(CONFIRMED, DOWNLOAD_FAILED, INSTALL_FAILED, ROLLED_BACK, LOST, UNCONFIRMED);

  private static final Set<Mark> FAILURES = EnumSet.of(INSTALL_FAILED, ROLLED_BACK, LOST);

  boolean isLasting() {
    return LASTING.contains(this);
  }

  /** Whether it is a failure in the rate of its rollout. */
  public boolean isFailure() {
    return FAILURES.contains(this);
  }

  /** As it stands in answers and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
