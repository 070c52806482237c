package io.towncrier.delivery.sharding;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The plain server sends by its timer. */
@DefaultBean
@ApplicationScoped
class NoQueues implements WorkQueues {
  @Override
  public boolean areUsed() {
    return false;
  }

  @Override
  public Uni<Void> toPlan(List<String> notices) {
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> toDeliver(List<Shard> shards) {
    return Uni.createFrom().voidItem();
  }
}
