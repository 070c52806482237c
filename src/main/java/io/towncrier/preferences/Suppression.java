package io.towncrier.preferences;

import java.util.Locale;

/** Why a push is not sent. The in-app notice is there all the same. */
public enum Suppression {
  OPTED_OUT,
  CATEGORY_OFF,
  NO_PUSH_ADDRESS,
  UNKNOWN_ZONE,
  EXPIRED,
  NOTICE_CANCELLED,
  /** The device has the version that it would tell of, or a newer one. */
  UPDATED_MEANWHILE,
  /** The release that it would tell of was taken back. */
  WITHDRAWN,
  /** The release is not for the device any more: its facts have changed, or another goes before. */
  NO_LONGER_OFFERED;

  /** As it stands in answers and rows. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
