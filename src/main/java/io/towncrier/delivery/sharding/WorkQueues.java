package io.towncrier.delivery.sharding;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * By which work is handed on: messages between the functions, a nudge to the timers in the plain
 * server. Either may be lost or come twice: the next tick makes up.
 */
public interface WorkQueues {
  /** Whether they are messages; without them, the process that finds something due sends it. */
  boolean areUsed();

  /** Has notices planned and split into shards, one message each. */
  Uni<Void> toPlan(List<String> notices);

  /** Has shards sent, one message each. */
  Uni<Void> toDeliver(List<Shard> shards);
}
