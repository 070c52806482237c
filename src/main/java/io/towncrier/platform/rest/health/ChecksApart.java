package io.towncrier.platform.rest.health;

import io.quarkus.smallrye.health.runtime.QuarkusAsyncHealthCheckFactory;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Gives each health check a context of its own: all of a request are asked at once, and what one
 * has begun with the database is no part of another.
 */
@Alternative
@Priority(1)
@Singleton
class ChecksApart extends QuarkusAsyncHealthCheckFactory {
  private final Transactions transactions;

  ChecksApart(Vertx vertx, Transactions transactions) {
    super(vertx);
    this.transactions = transactions;
  }

  @Override
  public Uni<HealthCheckResponse> callAsync(AsyncHealthCheck check) {
    return transactions.aside(() -> super.callAsync(check));
  }
}
