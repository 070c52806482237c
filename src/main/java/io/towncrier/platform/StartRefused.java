package io.towncrier.server;

/** Why the server does not start, in words for the operator; no stack trace helps them. */
final class StartRefused extends Exception {
  private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message);
  }
}
