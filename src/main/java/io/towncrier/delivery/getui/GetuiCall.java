package io.towncrier.delivery.getui;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.platform.Secret;
import io.vertx.core.Promise;
import java.util.Locale;

/**
 * A message that is to be sent.
 *
 * @param cid its address, by which an answer names it
 * @param json the message as Getui takes it
 * @param alone whether it goes in a request of its own: an answer about that is about it
 * @param lease under which it may be written
 */
record GetuiCall(
    Secret cid, String json, boolean alone, Lease lease, Promise<DeliveryResult> result) {
  /** The same address in other letters is the same. */
  String key() {
    return cid.reveal().toLowerCase(Locale.ROOT);
  }

  void finish(DeliveryResult outcome) {
    result.tryComplete(outcome);
  }

  @Override
  public String toString() {
    return "a message to " + cid;
  }
}
