package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Policies as they were a minute ago at most: to look whether a check brings news at all. */
@ApplicationScoped
class CachedPolicies {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final PolicyStore store;
  private final InstantSource clock;
  private final Map<ReleaseId, Kept> kept = new ConcurrentHashMap<>();

  CachedPolicies(PolicyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  Uni<OutcomePolicy> of(ReleaseId release) {
    Instant now = clock.instant();
    @Nullable Kept known = kept.get(release);
    if (known != null && known.until().isAfter(now)) {
      return Uni.createFrom().item(known.policy());
    }
    return store
        .of(release)
        .invoke(
            policy -> {
              if (kept.size() >= MOST) {
                kept.clear();
              }
              kept.put(release, new Kept(policy, now.plus(FRESH)));
            });
  }

  private record Kept(OutcomePolicy policy, Instant until) {}
}
