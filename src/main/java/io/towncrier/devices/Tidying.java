package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** What a feature clears away now and then, beside the devices. */
public interface Tidying {
  /** Within a transaction of its own; how many things, at most the limit. */
  Uni<Integer> tidy(Instant now, int limit);
}
