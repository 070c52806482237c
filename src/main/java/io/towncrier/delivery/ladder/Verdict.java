package io.towncrier.delivery.ladder;

import java.util.Locale;

/** What became of a reported step. */
public enum Verdict {
  /** It is recorded. */
  TAKEN,
  /** It was known already; nothing changes. */
  REPEATED,
  /** The provider's acceptance is not recorded yet; it may be said once more later. */
  NOT_YET,
  /** There were too many at once; it may be said once more later. */
  TOO_MANY,
  /** No delivery of this device has this name, or it is not pushed. */
  UNKNOWN,
  /** It is said to have happened before the push was accepted. */
  BEFORE_ACCEPTANCE,
  /** It is said to happen in the future. */
  IN_FUTURE,
  /** Something later is known. */
  OUT_OF_ORDER,
  /** Who says it is not asked for such a step. */
  NOT_ASKED,
  /** The push is so old that nothing is recorded of it any more. */
  OVER,
  /** The user has switched receipts off; nothing is recorded. */
  SWITCHED_OFF;

  /** As it stands in JSON and in metrics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether there is no use in saying it once more. */
  public boolean isFinal() {
    return this != NOT_YET && this != TOO_MANY;
  }
}
