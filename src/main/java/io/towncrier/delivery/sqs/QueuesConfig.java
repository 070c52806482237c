package io.towncrier.delivery.sqs;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The queues between the functions, by their URLs; without them the tick sends what is due. */
@ConfigMapping(prefix = "towncrier.queues")
public interface QueuesConfig {
  /** Of the function plan. */
  Optional<String> plan();

  /** Of the function deliver. */
  Optional<String> deliver();
}
