package io.towncrier.notices.planning;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where deliveries are planned, of whatever notice. */
public interface DeliveryPlan {
  /**
   * Adds deliveries, in the current transaction. A device that has one of the notice keeps it; one
   * that has gone meanwhile gets none.
   *
   * @return how many are new
   */
  Uni<Integer> add(String notice, List<Recipient> recipients);
}
