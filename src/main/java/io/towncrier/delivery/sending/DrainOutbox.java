package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.platform.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Sends what is due, claim by claim, until nothing is. */
@ApplicationScoped
public class DrainOutbox {
  private final Pace pace;
  private final Claims claims;
  private final RecordResults results;
  private final PushProviders providers;
  private final DeliveryConfig config;
  private final Traces traces;

  DrainOutbox(
      Pace pace,
      Claims claims,
      RecordResults results,
      PushProviders providers,
      DeliveryConfig config,
      Traces traces) {
    this.pace = pace;
    this.claims = claims;
    this.results = results;
    this.providers = providers;
    this.config = config;
    this.traces = traces;
  }

  /**
   * Drains the outbox.
   *
   * @param notice only of this one
   * @param hasTime asked before every claim
   * @return how many deliveries were looked at; none while this process must claim nothing
   */
  public Uni<Long> run(Optional<String> notice, BooleanSupplier hasTime) {
    return run(notice, Long.MAX_VALUE, hasTime);
  }

  /**
   * As above, for a share of the work.
   *
   * @param share how many deliveries are looked at for each provider; the last claim may bring some
   *     more
   */
  public Uni<Long> run(Optional<String> notice, long share, BooleanSupplier hasTime) {
    List<PushProvider> senders = providers.senders();
    if (senders.size() == 1) {
      return run(senders.get(0), notice, share, hasTime);
    }
    return senders.isEmpty()
        ? Uni.createFrom().item(0L)
        : Uni.join()
            .all(senders.stream().map(sender -> aside(sender, notice, share, hasTime)).toList())
            .andCollectFailures()
            .map(looked -> looked.stream().mapToLong(Long::longValue).sum());
  }

  /** What sends, by name: {@link #runOf} drains what one of them sends. */
  public List<String> senders() {
    return providers.senders().stream().map(PushProvider::name).toList();
  }

  /** Drains what one provider sends; another that stands still is not waited for. */
  public Uni<Long> runOf(String sender, BooleanSupplier hasTime) {
    return Multi.createFrom()
        .iterable(providers.senders())
        .filter(provider -> provider.name().equals(sender))
        .onItem()
        .transformToUniAndConcatenate(
            provider -> run(provider, Optional.empty(), Long.MAX_VALUE, hasTime))
        .collect()
        .with(Collectors.summingLong(looked -> looked));
  }

  /** In a database session of its own. */
  private Uni<Long> aside(
      PushProvider sender, Optional<String> notice, long share, BooleanSupplier hasTime) {
    return Uni.createFrom()
        .deferred(() -> run(sender, notice, share, hasTime))
        .runSubscriptionOn(Infrastructure.getDefaultExecutor());
  }

  private Uni<Long> run(
      PushProvider sender, Optional<String> notice, long share, BooleanSupplier hasTime) {
    return Uni.createFrom()
        .deferred(providers::mustNotClaim)
        .chain(
            because ->
                because.isPresent()
                    ? Uni.createFrom().item(0L)
                    : drain(Route.of(sender, providers, config), notice, share, hasTime));
  }

  private Uni<Long> drain(
      List<Route> routes, Optional<String> notice, long share, BooleanSupplier hasTime) {
    Uni<Long> all = Uni.createFrom().item(0L);
    for (Route route : routes) {
      all =
          all.chain(
              before ->
                  drain(route, notice, share - before, hasTime).map(looked -> before + looked));
    }
    return all;
  }

  private Uni<Long> drain(
      Route route, Optional<String> notice, long share, BooleanSupplier hasTime) {
    InFlightWindow underWay =
        new InFlightWindow(config.inFlight(), config.lease(), sent -> results.run(route, sent));
    return new Drain(pace, claims, route, underWay, config.batch(), new DrainReport(traces))
        .run(notice, share, hasTime);
  }
}
