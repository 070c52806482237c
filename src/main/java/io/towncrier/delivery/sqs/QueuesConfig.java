package io.towncrier.delivery.sqs;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Functions only: the queues between them. Without queues the tick sends what is due. */
@ConfigMapping(prefix = "towncrier.queues")
public interface QueuesConfig {
  /** URL of the queue of the function {@code plan}. */
  Optional<String> plan();

  /** URL of the queue of the function {@code deliver}. */
  Optional<String> deliver();
}
