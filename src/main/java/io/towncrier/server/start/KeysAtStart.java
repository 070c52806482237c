package io.towncrier.server.start;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.platform.StartRefused;
import io.towncrier.privacy.KeyCheck;
import io.towncrier.privacy.KeyVerdict;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Compares the master key with the database before anything else is done at the start. */
@ApplicationScoped
class KeysAtStart {
  private static final Logger LOG = Logger.getLogger(KeysAtStart.class);
  private static final int FIRST = 1;

  private final KeyCheck keys;

  KeysAtStart(KeyCheck keys) {
    this.keys = keys;
  }

  void started(@Observes @Priority(FIRST) StartupEvent event) throws StartRefused {
    if (compare() instanceof KeyVerdict.Refused refused) {
      throw new StartRefused(refused.because());
    }
  }

  private KeyVerdict compare() {
    try {
      return VertxContextSupport.subscribeAndAwait(keys::run);
    } catch (Throwable away) {
      // It is compared before the first use; until then every use is refused.
      LOG.warnf("the master key is not compared with the database yet: %s", away);
      return new KeyVerdict.FirstUse();
    }
  }
}
