package io.towncrier.notices.canary;

import java.util.Locale;

/** What became of a canary of one phone. */
public enum CanaryState {
  /** There is time left. */
  WAITING,
  /** It was shown in time. */
  SHOWN,
  /** It was shown, and not in time. */
  LATE,
  /** Nobody has said that it was shown. */
  MISSED,
  /** It was right not to show it, or nobody could have said so: that tells nothing of pushes. */
  SKIPPED;

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
