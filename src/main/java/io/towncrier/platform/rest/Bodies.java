package io.towncrier.platform.rest;

import io.towncrier.platform.Problem;
import org.jspecify.annotations.Nullable;

/** What is common to JSON request bodies. */
public final class Bodies {
  private Bodies() {}

  /**
   * The body, which must be there.
   *
   * @throws io.towncrier.platform.ProblemException invalid-request when it is empty or null
   */
  public static <T> T required(@Nullable T body) {
    if (body == null) {
      throw Problem.invalidRequest("body", "is required").asException();
    }
    return body;
  }
}
