package io.towncrier.delivery.ladder;

import java.util.Arrays;
import java.util.Optional;

/** Why a push that was accepted is not shown: a closed list. */
public enum DropReason {
  /** The user has switched it off on the phone. */
  SWITCHED_OFF("switched-off", true),
  /** It was called back. */
  RECALLED("recalled", true),
  /** The system lets the app show nothing. */
  NOT_PERMITTED("not-permitted", true),
  /** It came too late to be shown. */
  EXPIRED("expired", false),
  /** A provider or a vendor shows no more of its kind that day. */
  CAPPED("capped", false),
  /** A provider or a vendor did not deliver it. */
  REFUSED("refused", false),
  /** The app is not on the phone any more. */
  GONE("gone", false),
  /** For another reason, or one that nobody knows. */
  OTHER("other", false);

  private final String code;
  private final boolean wanted;

  DropReason(String code, boolean wanted) {
    this.code = code;
    this.wanted = wanted;
  }

  /** As it stands in JSON. */
  public String code() {
    return code;
  }

  /** Whether it was right not to show it: such a phone is not one that could be reached. */
  public boolean isWanted() {
    return wanted;
  }

  public static Optional<DropReason> parse(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code.equals(code)).findFirst();
  }
}
