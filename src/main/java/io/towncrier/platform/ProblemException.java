package io.towncrier.platform;

import java.time.Duration;
import java.util.Optional;

/**
 * Carries a problem to the HTTP edge: only for input that is refused, never for expected outcomes.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int UNAVAILABLE = 503;
  // What is unavailable comes back by itself; a client without Retry-After asks again at once.
  private static final Duration SOON = Duration.ofSeconds(10);

  private final transient Problem problem;
  private final transient Optional<Duration> retryAfter;

  ProblemException(Problem problem, Optional<Duration> retryAfter) {
    // No stack trace: a stranger decides how often this is made.
    super(problem.code() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
    this.retryAfter =
        retryAfter.or(() -> problem.status() == UNAVAILABLE ? Optional.of(SOON) : Optional.empty());
  }

  public Problem problem() {
    return problem;
  }

  /** When it may be worth another try; each 503 says it. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
