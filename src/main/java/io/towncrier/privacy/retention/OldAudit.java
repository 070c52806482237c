package io.towncrier.privacy.retention;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.ForgetOldEntries;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;

/** Ends the life of audit entries, which name operators, what they changed and whom they saw. */
@ApplicationScoped
class OldAudit implements Remover {
  private final ForgetOldEntries forget;
  private final RetentionPolicy policy;

  OldAudit(ForgetOldEntries forget, RetentionPolicy policy) {
    this.forget = forget;
    this.policy = policy;
  }

  @Override
  public Set<String> periods() {
    return Set.of("audit");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return forget.removeBefore(now.minus(policy.audit()), limit);
  }
}
