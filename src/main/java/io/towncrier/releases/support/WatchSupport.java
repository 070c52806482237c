package io.towncrier.releases.support;

import io.smallrye.mutiny.Uni;
import io.towncrier.events.EventTopic;
import io.towncrier.events.EventsConfig;
import io.towncrier.events.TellEvent;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.work.Batches;
import io.towncrier.releases.support.ToldSupport.Ending;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Tells that the support of a product ends soon: once for each day that is set. A day that is past
 * when it is set is no news.
 */
@ApplicationScoped
public class WatchSupport {
  private final ToldSupport told;
  private final TellEvent events;
  private final EventsConfig config;
  private final Transactions transactions;
  private final InstantSource clock;

  WatchSupport(
      ToldSupport told,
      TellEvent events,
      EventsConfig config,
      Transactions transactions,
      InstantSource clock) {
    this.told = told;
    this.events = events;
    this.config = config;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * One look: one statement while nothing is to be told.
   *
   * @param hasTime asked before each product
   * @return how many were told
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    if (!events.isWanted(EventTopic.SUPPORT_ENDING)) {
      return Uni.createFrom().item(0L);
    }
    Instant now = clock.instant();
    return told.due(day(now), day(now.plus(config.supportEndingBefore())))
        .chain(
            due ->
                Batches.oneByOne(
                    due, hasTime, each -> transactions.inTransaction(() -> tell(each))));
  }

  private Uni<Long> tell(Ending ending) {
    return told.remember(ending)
        .chain(
            first ->
                first
                    ? events
                        .that(
                            EventTopic.SUPPORT_ENDING,
                            Map.of(
                                "product",
                                ending.product(),
                                "supportedUntil",
                                ending.last().toString()))
                        .replaceWith(1L)
                    : Uni.createFrom().item(0L));
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }
}
