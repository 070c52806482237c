package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.platform.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.BooleanSupplier;

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
   * @param goOn asked before every claim
   * @return how many deliveries were looked at; none while this process must claim nothing
   */
  public Uni<Long> run(Optional<String> notice, BooleanSupplier goOn) {
    return run(notice, Long.MAX_VALUE, goOn);
  }

  /**
   * As above, for a share of the work.
   *
   * @param share how many deliveries are looked at; the last claim may bring some more
   */
  public Uni<Long> run(Optional<String> notice, long share, BooleanSupplier goOn) {
    return Uni.createFrom()
        .deferred(providers::mustNotClaim)
        .chain(
            because ->
                because.isPresent() ? Uni.createFrom().item(0L) : drain(notice, share, goOn));
  }

  private Uni<Long> drain(Optional<String> notice, long share, BooleanSupplier goOn) {
    PushProvider provider = providers.current();
    AccountId account = provider.account();
    InFlightWindow underWay =
        new InFlightWindow(config.inFlight(), config.lease(), sent -> results.run(account, sent));
    return new Drain(pace, claims, provider, underWay, config.batch(), new DrainReport(traces))
        .run(notice, share, goOn);
  }
}
