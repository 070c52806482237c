package io.towncrier.delivery.sharding;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** By which the functions hand on work. A message may be lost or come twice: the tick makes up. */
public interface WorkQueues {
  /** Whether there are any; without them, the process that finds something due sends it. */
  boolean areUsed();

  /** Has notices split into shards, one message each. */
  Uni<Void> toPlan(List<String> notices);

  /** Has shards sent, one message each. */
  Uni<Void> toDeliver(List<Shard> shards);
}
