package io.towncrier.functions;

import io.towncrier.updates.PrimeChecks;
import java.io.IOException;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jboss.logging.Logger;

/**
 * Before Lambda takes the snapshot of a published version: starts the application and answers a
 * check, so that restored copies have it behind them. It reads samples and writes nothing; no
 * connection is opened, no secret read, no id made (docs/adr/0019).
 */
final class Priming implements Resource {
  private static final Logger LOG = Logger.getLogger(Priming.class);
  // The context holds its resources weakly.
  private static final Priming REGISTERED = new Priming();

  private Priming() {}

  static void register() {
    Core.getGlobalContext().register(REGISTERED);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    prime();
  }

  static void prime() throws IOException {
    PrimeChecks checks = Functions.bean(PrimeChecks.class);
    byte[] answer = Functions.json().writeValueAsBytes(Functions.await(checks::run).answer());
    LOG.infof("primed by an answer of %d bytes", answer.length);
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing was held that a copy may not have.
  }
}
