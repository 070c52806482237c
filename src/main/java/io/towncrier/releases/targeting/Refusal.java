package io.towncrier.releases.targeting;

import java.util.Locale;

/** Why a newer release is not offered to a client. */
public enum Refusal {
  NOT_PUBLISHED,
  OTHER_CHANNEL,
  COUNTRY_NOT_SERVED,
  COUNTRY_UNKNOWN,
  UNKNOWN_VERSION;

  /**
   * Whether the client is told that something is held back from it. Of a release that is not out
   * yet, or that is for testers, it hears nothing.
   */
  public boolean isTold() {
    return this != NOT_PUBLISHED && this != OTHER_CHANNEL;
  }

  /** As it stands in answers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
