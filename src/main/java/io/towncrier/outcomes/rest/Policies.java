package io.towncrier.outcomes.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.PolicyStore;
import io.towncrier.outcomes.judging.ChangePolicy;
import io.towncrier.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads and sets policies, of products and of single releases. */
@ApplicationScoped
class Policies {
  private final PolicyStore policies;
  private final ChangePolicy change;
  private final SecurityIdentity operator;

  Policies(PolicyStore policies, ChangePolicy change, SecurityIdentity operator) {
    this.policies = policies;
    this.change = change;
    this.operator = operator;
  }

  Uni<PolicyBody.Shown> shown(String product, Optional<String> version) {
    return policies
        .settings(product, version)
        .map(stored -> PolicyBody.Shown.of(stored.settings(), stored.revision()));
  }

  Uni<PolicyBody.Shown> set(String product, Optional<String> version, PolicyBody.Read read) {
    return change
        .run(product, version, read.settings(), read.revision(), operator.getPrincipal().getName())
        .chain(
            set ->
                shown(product, version)
                    .invoke(
                        now -> {
                          if (!set) {
                            throw ProblemCode.STALE_REVISION
                                .with("The current revision is " + now.revision() + ".")
                                .withCurrent(now)
                                .asException();
                          }
                        }));
  }
}
