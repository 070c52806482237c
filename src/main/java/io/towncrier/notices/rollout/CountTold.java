package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.WouldTell;
import jakarta.enterprise.context.ApplicationScoped;

/** All devices of a product, and the phones of its routers' accounts: none more is told. */
@ApplicationScoped
class CountTold implements WouldTell {
  private final RolloutNotices rollouts;
  private final RolloutNoticesConfig config;

  CountTold(RolloutNotices rollouts, RolloutNoticesConfig config) {
    this.rollouts = rollouts;
    this.config = config;
  }

  @Override
  public Uni<Long> atMost(String product) {
    return config.enabled() ? rollouts.reach(product) : Uni.createFrom().item(0L);
  }
}
