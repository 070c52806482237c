package io.towncrier.platform.auth;

/** The roles that endpoints name in {@code @RolesAllowed}. */
public final class Roles {
  /** An employee of the maker; the name that the OIDC provider gives in its roles claim. */
  public static final String OPERATOR = "operator";

  /** An employee who may look and change nothing; likewise. Every operator may look as well. */
  public static final String VIEWER = "viewer";

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

  /**
   * A client of hawkBit's DDI that showed a token of its own or of a gateway, of which nothing is
   * known yet: the statement that serves it compares it with the controllerId of the path.
   */
  public static final String CONTROLLER = "controller";

  private Roles() {}
}
