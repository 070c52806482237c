package io.towncrier.jobs;

import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A piece of work that looks at what is due by now. One that was missed is made up by the next; one
 * that fails keeps no other from running.
 *
 * @param name in the answer of a tick, and in logs
 * @param worker the bean that does it
 * @param work does it while there is time, and tells how much was done
 */
public record PeriodicJob(
    String name, Cadence cadence, Object worker, Function<BooleanSupplier, Uni<Long>> work) {
  public Uni<Long> run(BooleanSupplier hasTime) {
    return work.apply(hasTime);
  }
}
