package badfixture.io.towncrier.updates;

import badfixture.io.towncrier.notices.BadNotice;
import badfixture.io.towncrier.releases.postgres.BadAdapter;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Instant;

/** Everything that the architecture test must catch. */
public final class BadDecision {
  @Inject BadNotice notice;
  BadAdapter adapter;
  Vertx vertx;

  Instant readsTheClock() {
    return Instant.now();
  }
}
