package io.towncrier.releases.support;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;

/** Keeps of which products the end of support was told. */
public interface ToldSupport {
  /** Those whose last day is one of these, and was not told. */
  Uni<List<Ending>> due(LocalDate from, LocalDate to);

  /** Whether that day was not told before: of two processes one is first. */
  Uni<Boolean> remember(Ending ending);

  /**
   * The end of support of a product.
   *
   * @param last the last day with updates
   */
  record Ending(String product, LocalDate last) {}
}
