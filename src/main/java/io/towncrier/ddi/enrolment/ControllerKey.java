package io.towncrier.ddi.enrolment;

import io.towncrier.privacy.Indexes;

/**
 * Which device a caller says it is, and the keyed hashes of the token that it showed, of each
 * version of the keys. A statement that is given one reads nothing unless the two belong together.
 */
public sealed interface ControllerKey {
  /** Whether one of its hashes may be stored under an older version of the keys. */
  boolean mayBeOld();

  /**
   * A device by the id that it was registered with, and its secret.
   *
   * @param secret keyed hashes of it
   */
  record Native(String deviceId, Indexes secret) implements ControllerKey {
    @Override
    public boolean mayBeOld() {
      return !secret.others().isEmpty();
    }
  }

  /**
   * A device by its controllerId, and its own token.
   *
   * @param controller keyed hashes of the controllerId
   * @param secret keyed hashes of the token
   * @param tokenHash keyed hashes of the token's SHA-256, as it may have been imported
   */
  record Target(Indexes controller, Indexes secret, Indexes tokenHash) implements ControllerKey {
    @Override
    public boolean mayBeOld() {
      return !secret.others().isEmpty();
    }
  }

  /**
   * A device by its controllerId, and the token of a gateway.
   *
   * @param controller keyed hashes of the controllerId
   * @param token keyed hashes of the token
   */
  record Gateway(Indexes controller, Indexes token) implements ControllerKey {
    @Override
    public boolean mayBeOld() {
      return !token.others().isEmpty();
    }
  }
}
