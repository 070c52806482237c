package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;

/** Asks whether there is time for another claim before Lambda ends the invocation. */
final class TimeLeft {
  // One request to the provider (10 s), and as much again to record what came of it.
  private static final int NEEDED_MILLIS = 20_000;

  private final Context context;
  private boolean ranOut;

  TimeLeft(Context context) {
    this.context = context;
  }

  boolean isEnough() {
    if (context.getRemainingTimeInMillis() < NEEDED_MILLIS) {
      ranOut = true;
    }
    return !ranOut;
  }

  /** Whether it was once not enough. */
  boolean ranOut() {
    return ranOut;
  }
}
