package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.FindStandstill;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Looks whether pushes wait for an operator (a restored database, a wrong master key, missing or
 * unusable credentials), and counts each look that finds it so: an alarm watches the count. A halt
 * is not counted, as an operator wanted it; nor is a provider that refuses, which is tried again.
 */
@ApplicationScoped
public class WatchStandstill {
  private final FindStandstill standstill;
  private final LongAdder waiting = new LongAdder();
  private volatile Optional<String> last = Optional.empty();

  WatchStandstill(FindStandstill standstill) {
    this.standstill = standstill;
  }

  /** The code of what pushes wait for, if they do. */
  public Uni<Optional<String>> run() {
    return standstill
        .because()
        .invoke(
            because -> {
              last = because;
              if (because.filter(code -> !isWanted(code)).isPresent()) {
                waiting.increment();
              }
            });
  }

  /** Whether it was decided so, and nobody has to do anything. */
  private static boolean isWanted(String code) {
    return code.equals(FindStandstill.PROVIDER_NOT_ALLOWED);
  }

  /** What the latest look has found. */
  public Optional<String> last() {
    return last;
  }

  /** How many looks have found that pushes wait since the start. */
  public long waiting() {
    return waiting.sum();
  }
}
