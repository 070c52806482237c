package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** Deliveries that were given up, until somebody lets them go out again. */
public interface DeadLetters {
  /**
   * In the order of notices and devices.
   *
   * @param notice of this one only
   */
  Uni<Page<DeadLetter>> list(Optional<String> notice, PageRequest<Key> request);

  /**
   * Makes dead letters of a notice due again, with all their attempts before them.
   *
   * @param reason only those that died of it
   * @param device only the one to it
   * @return how many; none of a notice that was cancelled or has expired
   */
  Uni<Integer> release(String notice, Optional<String> reason, Optional<String> device);

  /** Names a delivery. */
  record Key(String notice, String device) {}

  /**
   * A delivery that was given up.
   *
   * @param reason the code of the last failure
   */
  record DeadLetter(Key key, String reason, int attempts, Instant diedAt) {}
}
