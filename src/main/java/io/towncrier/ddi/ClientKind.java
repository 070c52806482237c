package io.towncrier.ddi;

import org.jspecify.annotations.Nullable;

/** Which client polls: outside of an install window they need different answers. */
public enum ClientKind {
  /** Also every client that is not known: what is right for it is safe for the others. */
  SWUPDATE(".swu"),
  RAUC(".raucb");

  private final String ending;

  ClientKind(String ending) {
    this.ending = ending;
  }

  /** How the files end that it installs. */
  String ending() {
    return ending;
  }

  /**
   * The kind of a client.
   *
   * @param isOfRaucProduct whether a setting says so; else the header is a hint
   */
  public static ClientKind of(boolean isOfRaucProduct, @Nullable String userAgent) {
    return isOfRaucProduct || (userAgent != null && userAgent.startsWith("rauc")) ? RAUC : SWUPDATE;
  }
}
