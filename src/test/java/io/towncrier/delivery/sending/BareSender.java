package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Sends messages that are at hand, so many at a time, and nothing else. */
final class BareSender {
  private final PushProvider provider;
  private final int inFlight;
  private final Duration lease;

  BareSender(PushProvider provider, int inFlight, Duration lease) {
    this.provider = provider;
    this.inFlight = inFlight;
    this.lease = lease;
  }

  void run(List<PushMessage> messages) throws InterruptedException {
    Semaphore room = new Semaphore(inFlight);
    for (PushMessage message : messages) {
      room.acquire();
      provider
          .send(message, Lease.startingNow(lease, InstantSource.system()))
          .subscribe()
          .with(
              result -> {
                if (!(result instanceof DeliveryResult.Accepted)) {
                  throw new IllegalStateException("not accepted: " + result);
                }
                room.release();
              });
    }
    room.acquire(inFlight);
  }
}
