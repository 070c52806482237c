package io.towncrier.releases.targeting;

import java.util.Locale;

/** Why a newer release is not offered to a client. */
public enum Refusal {
  /** The operator took it back. */
  WITHDRAWN(Told.NO, Scope.MOMENT),
  NOT_PUBLISHED(Told.NO, Scope.MOMENT),
  OTHER_CHANNEL(Told.NO, Scope.CLIENT),
  /** The product gets security releases alone. */
  SECURITY_ONLY(Told.NO, Scope.MOMENT),
  /** The device has had a release with a higher counter: it would be a roll-back. */
  LOWER_COUNTER(Told.YES, Scope.MOMENT),
  COUNTRY_NOT_SERVED(Told.YES, Scope.CLIENT),
  COUNTRY_UNKNOWN(Told.YES, Scope.CLIENT),
  LANGUAGE_NOT_SERVED(Told.YES, Scope.CLIENT),
  LANGUAGE_UNKNOWN(Told.YES, Scope.CLIENT),
  HARDWARE_NOT_SERVED(Told.YES, Scope.CLIENT),
  HARDWARE_UNKNOWN(Told.YES, Scope.CLIENT),
  /** The installed version is outside of the range that a rule names. */
  VERSION_NOT_SERVED(Told.YES, Scope.CLIENT),
  /** It is for the listed cohorts and devices alone. */
  NOT_LISTED(Told.NO, Scope.CLIENT),
  /** The device or its cohort is listed as one that must not have it. */
  EXCLUDED(Told.NO, Scope.CLIENT),
  ROLLOUT_HALTED(Told.NO, Scope.MOMENT),
  /** Every offer of the cell is halted, or every one that is not about security. */
  STOPPED(Told.YES, Scope.MOMENT),
  /** The rollout has not come to this cohort yet. */
  OUTSIDE_ROLLOUT(Told.YES, Scope.MOMENT),
  /** No moment is known to be inside of the install window wherever the device may be. */
  TIME_ZONE_UNKNOWN(Told.YES, Scope.MOMENT),
  /** A release that must be installed first is not to be had now. */
  FLOOR_UNAVAILABLE(Told.YES, Scope.MOMENT),
  UNKNOWN_VERSION(Told.YES, Scope.MOMENT),
  // What a registered device went through with the release; an anonymous check cannot know it.
  /** Its last attempt failed, and the next one may begin later. */
  RETRY_LATER(Told.YES, Scope.MOMENT),
  /** It has failed for good: until an operator looks. */
  ATTEMPTS_USED_UP(Told.YES, Scope.MOMENT),
  /** The device says that it is installed, and has yet to start with it. */
  AWAITING_RESTART(Told.YES, Scope.MOMENT),
  POSTPONED_BY_OWNER(Told.YES, Scope.MOMENT),
  REJECTED_BY_OWNER(Told.YES, Scope.MOMENT),
  /** What devices of its country may begin to download now is used up. */
  DOWNLOAD_BUDGET(Told.YES, Scope.MOMENT);

  private final Told told;
  private final Scope scope;

  Refusal(Told told, Scope scope) {
    this.told = told;
    this.scope = scope;
  }

  /**
   * Whether the client is told that something is held back from it. Of a release that is not out
   * yet, that was taken back, or that is for testers, it hears nothing.
   */
  public boolean isTold() {
    return told == Told.YES;
  }

  /**
   * Whether the release is not meant for this client at all, and not only not now. Such a release
   * is no step on the client's way either.
   */
  public boolean isForOthers() {
    return scope == Scope.CLIENT;
  }

  /** As it stands in answers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private enum Told {
    YES,
    NO
  }

  private enum Scope {
    CLIENT,
    MOMENT
  }
}
