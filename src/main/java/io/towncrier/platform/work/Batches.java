package io.towncrier.platform.work;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Batch after batch, or one after the other, so that none is long and a stop comes between two. */
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

  /**
   * Does one after the other.
   *
   * @param hasTime asked before each; the rest is left out when there is none
   * @param work does one, and says how much that was
   * @return how much was done in all
   */
  public static <T> Uni<Long> oneByOne(
      Iterable<T> items, BooleanSupplier hasTime, Function<T, Uni<Long>> work) {
    return Multi.createFrom()
        .iterable(items)
        .onItem()
        .transformToUniAndConcatenate(
            item -> hasTime.getAsBoolean() ? work.apply(item) : Uni.createFrom().item(0L))
        .collect()
        .with(Collectors.summingLong(Long::longValue));
  }
}
