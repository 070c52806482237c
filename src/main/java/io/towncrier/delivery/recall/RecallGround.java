package io.towncrier.delivery.recall;

import java.util.Locale;

/** Why a push is called back. */
public enum RecallGround {
  /** The device or the account has switched it off. */
  OPT_OUT,
  NOTICE_CANCELLED,
  /** On another device of the account. */
  READ,
  /** The device has the version that it tells of, or a newer one. */
  UPDATED_MEANWHILE,
  /** The device has another version, to which the release is not offered. */
  NO_LONGER_OFFERED,
  /** The release that it tells of was taken back. */
  WITHDRAWN,
  /** The phone shares no account with the router any more. */
  UNLINKED,
  /** The device is nobody's any more. */
  ACCOUNT_CANCELLED,
  /** The router that it is about was deleted. */
  DEVICE_REMOVED;

  /** As it is stored, and stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
