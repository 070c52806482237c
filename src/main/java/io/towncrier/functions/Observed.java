package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;

/** What every handler has around it: ids in its logs, a trace, metrics (docs/adr/0021). */
final class Observed {
  private Observed() {}

  /**
   * Runs it; when this returns, what was seen of it has left the sandbox, which may then freeze.
   */
  static void run(String function, Context context, Work work) throws IOException {
    Functions.bean(FunctionReport.class).run(function, context, work);
  }

  /** Something went wrong that the function itself has dealt with. */
  static void error() {
    Invocation under = Invocation.current();
    if (under != null) {
      under.error("handled");
    }
  }

  /** What a handler does. */
  interface Work {
    void run() throws IOException;
  }
}
