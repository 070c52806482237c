package io.towncrier.privacy.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.retention.Remover;
import io.towncrier.privacy.retention.RetentionPolicy;
import io.towncrier.privacy.rights.ErasureStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;

/** Ends the life of receipts. */
@ApplicationScoped
class OldReceipts implements Remover {
  private final ErasureStore erasures;
  private final RetentionPolicy policy;

  OldReceipts(ErasureStore erasures, RetentionPolicy policy) {
    this.erasures = erasures;
    this.policy = policy;
  }

  @Override
  public Set<String> periods() {
    return Set.of("receipts");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return erasures.forget(now.minus(policy.receipts()), limit);
  }
}
