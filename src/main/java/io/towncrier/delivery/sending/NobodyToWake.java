package io.towncrier.delivery.sending;

import io.quarkus.arc.DefaultBean;
import io.towncrier.delivery.DrainSignal;
import jakarta.enterprise.context.ApplicationScoped;

/** Functions are handed their work by queues: {@link io.towncrier.delivery.sharding.WorkQueues}. */
@DefaultBean
@ApplicationScoped
class NobodyToWake implements DrainSignal {
  @Override
  public void wake() {
    // The message in the queue has done it.
  }
}
