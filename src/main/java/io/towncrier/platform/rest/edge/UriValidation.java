package io.towncrier.platform.rest.edge;

/**
 * Quarkus refuses a URI that {@link java.net.URI} does not parse before any route, with a 400 that
 * has no body: one broken escape in an optional fact would cost a device its update. {@link
 * EdgeGuard} refuses what is wrong in a path, with a problem; readers of queries see to the rest.
 */
public final class UriValidation {
  private static final String PROPERTY = "vertx.disableURIValidation";

  private UriValidation() {}

  /** Has to be called before Quarkus begins. */
  public static void leaveToTheEdge() {
    System.setProperty(PROPERTY, "true");
  }
}
