package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Handler {@code io.towncrier.functions.CheckFunction::handle}: an update check by direct
 * invocation. The event is the JSON of the POST with {@code product} beside the facts; the result
 * is its answer, or the problem document. Where snapshots are published it needs no database, and
 * starts without the container.
 */
public final class CheckFunction {
  private static final String PUBLISHED = "TOWNCRIER_SNAPSHOT_BUCKET";

  static {
    // Before anything logs: where no container says so, the JDK's would be taken.
    System.setProperty("org.jboss.logging.provider", "jboss");
  }

  private final Checks checks =
      System.getenv(PUBLISHED) == null ? new ContainerChecks() : new LeanChecks();

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    result.write(checks.answer(event.readAllBytes(), context));
  }
}
