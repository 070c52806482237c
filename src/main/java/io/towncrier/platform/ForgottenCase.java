package io.towncrier.platform;

/**
 * Ends a method that asks for each case of a sealed type: it is thrown when a case was added and
 * the method was forgotten. {@code LaddersTest} finds such a method before it runs.
 */
public final class ForgottenCase extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public ForgottenCase(Object value) {
    // Its type alone: what it holds may be personal.
    super("no case for " + value.getClass().getName());
  }
}
