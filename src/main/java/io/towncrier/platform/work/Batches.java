package io.towncrier.platform.work;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Batch after batch, so that none is long and a stop comes between two. */
public final class Batches {
  private Batches() {}

  /**
   * Goes on while batches are full.
   *
   * @param full how much a full one does; 1: on until one does nothing
   * @param hasTime asked before each
   * @param batch does one, and says how much that was
   * @return how much was done in all
   */
  public static Uni<Long> whileFull(
      int full, BooleanSupplier hasTime, Supplier<Uni<? extends Number>> batch) {
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                hasTime.getAsBoolean()
                    ? batch.get().map(Number::longValue)
                    : Uni.createFrom().item(0L))
        .whilst(done -> done >= full)
        .collect()
        .with(Collectors.summingLong(Long::longValue));
  }
}
