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
  UPDATED_MEANWHILE;

  /** As it stands in answers and rows. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
