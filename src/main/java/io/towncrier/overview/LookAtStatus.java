package io.towncrier.overview;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.platform.rest.health.Checks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How this process and what it shares with others are: one look for both flavours. */
@ApplicationScoped
public class LookAtStatus {
  private final StatusStore store;
  private final Checks checks;
  private final PushProviders providers;
  private final PushAccounts accounts;
  private final DeliveryConfig delivery;

  LookAtStatus(
      StatusStore store,
      Checks checks,
      PushProviders providers,
      PushAccounts accounts,
      DeliveryConfig delivery) {
    this.store = store;
    this.checks = checks;
    this.providers = providers;
    this.accounts = accounts;
    this.delivery = delivery;
  }

  /** While the database is away, what is known without it. */
  public Uni<Status> run() {
    return checks
        .now()
        .chain(
            found ->
                store
                    .outbox()
                    .map(Optional::of)
                    .onFailure()
                    .recoverWithItem(Optional.empty())
                    .chain(
                        outbox ->
                            pushes()
                                .onFailure()
                                .recoverWithItem(this::unknown)
                                .chain(
                                    pushes ->
                                        store
                                            .migration()
                                            .onFailure()
                                            .recoverWithItem(Optional.empty())
                                            .map(
                                                migration ->
                                                    new Status(
                                                        found, outbox, pushes, migration)))));
  }

  private Uni<List<Pushes>> pushes() {
    return Multi.createFrom()
        .iterable(providers.senders())
        .onItem()
        .transformToUniAndConcatenate(
            provider ->
                accounts
                    .find(provider.account())
                    .map(
                        known ->
                            known
                                .map(found -> of(provider, found))
                                .orElseGet(() -> without(provider))))
        .collect()
        .asList()
        .map(found -> found.isEmpty() ? unknown() : found);
  }

  private Pushes of(PushProvider provider, PushAccounts.Known known) {
    PushAccount account = known.account();
    Instant now = known.now();
    return new Pushes(
        described(provider::description),
        Optional.of(account.breaker().state(now).name()),
        account.breaker().because(),
        Optional.of(account.budget().perSecond(delivery.limitsOf(provider), now)),
        delivery.quotaOf(provider));
  }

  private Pushes without(PushProvider provider) {
    return nothingKnown(described(provider::description), delivery.quotaOf(provider));
  }

  /** Of all together, where nothing is known of each, or none is configured. */
  private List<Pushes> unknown() {
    return List.of(nothingKnown(described(providers::description), delivery.quotaPerMinute()));
  }

  private static Pushes nothingKnown(String provider, long quotaPerMinute) {
    return new Pushes(
        provider, Optional.empty(), Optional.empty(), Optional.empty(), quotaPerMinute);
  }

  private static String described(Supplier<String> description) {
    try {
      return description.get();
    } catch (IllegalStateException misconfigured) {
      return String.valueOf(misconfigured.getMessage());
    }
  }

  /**
   * All of it.
   *
   * @param outbox empty while the database is away
   * @param pushes of each provider; one that says so where there is none
   * @param migration version of the last one that has run
   */
  public record Status(
      List<Checks.Check> checks,
      Optional<StatusStore.Outbox> outbox,
      List<Pushes> pushes,
      Optional<String> migration) {}

  /**
   * How pushes go out.
   *
   * @param provider where to, and with which project
   * @param breaker its state; empty before the first push
   * @param perSecond the pace in force
   */
  public record Pushes(
      String provider,
      Optional<String> breaker,
      Optional<String> because,
      Optional<Double> perSecond,
      long quotaPerMinute) {}
}
