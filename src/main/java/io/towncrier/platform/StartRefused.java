package io.towncrier.platform;

/** Why the server does not start, in words for the operator; no stack trace helps them. */
public final class StartRefused extends Exception {
  private static final long serialVersionUID = 1L;

  public StartRefused(String message) {
    super(message);
  }
}
