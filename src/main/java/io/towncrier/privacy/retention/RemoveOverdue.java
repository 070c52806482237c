package io.towncrier.privacy.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Removes whatever has outlived its period, and says how much. */
@ApplicationScoped
public class RemoveOverdue {
  private static final Logger LOG = Logger.getLogger(RemoveOverdue.class);
  private static final int BATCH = 500;

  private final List<Remover> removers;
  private final InstantSource clock;

  RemoveOverdue(@Any Instance<Remover> removers, InstantSource clock) {
    this.removers = removers.stream().toList();
    this.clock = clock;
  }

  /**
   * Removes until nothing is overdue. A remover that fails keeps no other from removing.
   *
   * @param hasTime asked before every batch
   * @return how many rows were removed
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return Multi.createFrom()
        .iterable(removers)
        .onItem()
        .transformToUniAndConcatenate(remover -> run(remover, hasTime))
        .collect()
        .with(Collectors.summingLong(Long::longValue));
  }

  private Uni<Long> run(Remover remover, BooleanSupplier hasTime) {
    return Batches.whileFull(1, hasTime, () -> remover.remove(clock.instant(), BATCH))
        .invoke(
            removed -> {
              if (removed > 0) {
                LOG.infof("%d rows were removed: %s", removed, whyOf(remover));
              }
            })
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.errorf(failure, "rows stay that are to go: %s", whyOf(remover));
              return 0L;
            });
  }

  private static String whyOf(Remover remover) {
    return remover.periods().isEmpty() ? "of no use" : "the period of " + remover.periods();
  }
}
