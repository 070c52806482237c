package io.towncrier.notices.planning;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One page of the fleet after another. Each is a transaction: nobody waits for more than one, and
 * what is planned stays when the next one fails.
 */
public final class Passage {
  private Passage() {}

  /**
   * Goes on until there is no page left.
   *
   * @param hasTime asked before each page
   * @return whether the last page was reached
   */
  public static Uni<Boolean> through(Supplier<Uni<Page>> next, BooleanSupplier hasTime) {
    return Multi.createBy()
        .repeating()
        .uni(() -> hasTime.getAsBoolean() ? next.get() : Uni.createFrom().item(Page.STOPPED))
        .whilst(page -> page == Page.MORE)
        .collect()
        .last()
        .map(page -> page == Page.LAST);
  }

  /** What comes behind a page. */
  public enum Page {
    MORE,
    LAST,
    STOPPED
  }
}
