package io.towncrier.installation.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.towncrier.installation.EraseAgain;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.edge.DataGate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Lets nothing reach the data of a restored database until what was erased since its backup is
 * erased again.
 */
@ApplicationScoped
class RestoreGate {
  // Behind the comparison of the keys.
  private static final int BEFORE_ROUTES = 890;

  private final EraseAgain erase;
  private final DataGate gate;

  RestoreGate(EraseAgain erase, DataGate gate) {
    this.erase = erase;
    this.gate = gate;
  }

  void register(@Observes Filters filters) {
    filters.register(request -> gate.pass(request, erase::isDone, this::refusal), BEFORE_ROUTES);
  }

  private Uni<Optional<Problem>> refusal() {
    return erase
        .isDue()
        .map(
            due ->
                due
                    ? Optional.of(
                        ProblemCode.DATABASE_UNAVAILABLE.with(
                            "The database was restored: what was erased since is erased first."))
                    : Optional.empty());
  }
}
