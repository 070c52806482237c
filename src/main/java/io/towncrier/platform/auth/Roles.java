package io.towncrier.platform.auth;

/** The roles that endpoints name in {@code @RolesAllowed}. */
public final class Roles {
  /** An employee of the maker; the name that the OIDC provider gives in its roles claim. */
  public static final String OPERATOR = "operator";

  /** Anybody who is signed in to an account. */
  public static final String USER = "user";

  /** A device that showed the secret of the device id in the path. */
  public static final String DEVICE = "device";

  /**
   * A device of whose secret nothing is known yet: the statement that serves it compares the two,
   * and answers nothing where they do not belong together (docs/adr/0036). Devices that are proved
   * have this role as well.
   */
  public static final String SIGNING_IN = "device-signing-in";

  private Roles() {}
}
