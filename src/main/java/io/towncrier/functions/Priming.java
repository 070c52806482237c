package io.towncrier.functions;

import io.towncrier.privacy.keys.Keysets;
import io.towncrier.updates.PrimeChecks;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private static final List<Priming> REGISTERED = new CopyOnWriteArrayList<>();

  private final Work work;

  private Priming(Work work) {
    this.work = work;
  }

  /** What is done before the snapshot. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  static void register(Work work) {
    Priming priming = new Priming(work);
    REGISTERED.add(priming);
    Core.getGlobalContext().register(priming);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    work.run();
    LOG.info("primed");
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing was held that a copy may not have.
  }

  /** Starts the application, loads what opens keys, and answers a check. */
  static void application() throws IOException {
    Functions.bean(Keysets.class).prime();
    PrimeChecks checks = Functions.bean(PrimeChecks.class);
    Functions.json().writeValueAsBytes(Functions.await(checks::run).answer());
  }
}
