package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Traces;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Starts scheduled notices whose moment has come, however long ago that was. */
@ApplicationScoped
public class StartScheduledNotices {
  private static final Logger LOG = Logger.getLogger(StartScheduledNotices.class);

  private final NoticeStore notices;
  private final LaunchNotice launch;
  private final InstantSource clock;
  private final Traces traces;

  StartScheduledNotices(
      NoticeStore notices, LaunchNotice launch, InstantSource clock, Traces traces) {
    this.notices = notices;
    this.launch = launch;
    this.clock = clock;
    this.traces = traces;
  }

  /**
   * Starts them; of several instances at once one starts each.
   *
   * @param hasTime asked before each
   * @return how many
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return notices
        .dueToStart(clock.instant())
        .chain(all -> Batches.oneByOne(all, hasTime, this::start));
  }

  private Uni<Long> start(NoticeStore.Due due) {
    String id = due.id();
    return traces
        .within("start notice", due.trace(), id, () -> launch.runScheduled(id))
        .map(
            change -> {
              if (change instanceof NoticeChange.Refused refused) {
                LogContext.about(
                    id, () -> LOG.errorf("notice %s cannot start: %s", id, refused.errors()));
              }
              return change instanceof NoticeChange.Changed ? 1L : 0L;
            })
        // The others have their moment too; this one is tried again.
        .onFailure()
        .invoke(
            failure ->
                LogContext.about(id, () -> LOG.errorf("notice %s did not start: %s", id, failure)))
        .onFailure()
        .recoverWithItem(0L);
  }
}
