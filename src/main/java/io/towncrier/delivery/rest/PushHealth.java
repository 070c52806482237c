package io.towncrier.delivery.rest;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.FindStandstill;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.PushHalts;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.sending.DeliveryCounters;
import io.towncrier.delivery.vendors.VendorQuotas;
import io.towncrier.platform.Halt;
import io.towncrier.platform.Offload;
import io.towncrier.platform.database.DatabaseProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says when pushes do not go out. The service stays ready: notices wait, and checks and inboxes
 * need no push provider.
 */
@Readiness
@ApplicationScoped
class PushHealth implements AsyncHealthCheck {
  private final PushHalts halts;
  private final PushProviders providers;
  private final PushAccounts accounts;
  private final DeliveryCounters counters;
  private final DatabaseProbe probe;
  private final VendorQuotas quotas;

  PushHealth(
      PushHalts halts,
      PushProviders providers,
      PushAccounts accounts,
      DeliveryCounters counters,
      DatabaseProbe probe,
      VendorQuotas quotas) {
    this.halts = halts;
    this.providers = providers;
    this.accounts = accounts;
    this.counters = counters;
    this.probe = probe;
    this.quotas = quotas;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return probe
        .trouble()
        .chain(
            trouble ->
                trouble
                    .map(why -> Uni.createFrom().item(waiting(why.code())))
                    .orElseGet(this::withDatabase));
  }

  private Uni<HealthCheckResponse> withDatabase() {
    return halts
        .find()
        .chain(halt -> halt.isOn() ? Uni.createFrom().item(halted(halt)) : ofProviders())
        .onFailure()
        .recoverWithItem(() -> waiting("away"));
  }

  private static HealthCheckResponse halted(Halt halt) {
    return response("halted")
        .withData("haltedSince", halt.since().orElseThrow().toString())
        .withData("exceptSecurity", halt.exceptsSecurity())
        .build();
  }

  private Uni<HealthCheckResponse> ofProviders() {
    return providers
        .mustNotClaim()
        .chain(
            because ->
                because.isPresent()
                    ? Uni.createFrom().item(standing(because.get()))
                    : ofEach(providers.senders()));
  }

  private Uni<HealthCheckResponse> ofEach(List<PushProvider> senders) {
    return Multi.createFrom()
        .iterable(senders)
        .onItem()
        .transformToUniAndConcatenate(
            sender -> standing(sender).map(standing -> Map.entry(sender.name(), standing)))
        .collect()
        .asList()
        .map(this::together);
  }

  /** The worst of them; where there are several, each is told by its name too. */
  private HealthCheckResponse together(List<Map.Entry<String, ProviderStanding>> each) {
    ProviderStanding worst =
        each.stream()
            .map(Map.Entry::getValue)
            .max(Comparator.comparing(ProviderStanding::state))
            .orElseThrow();
    HealthCheckResponseBuilder response = response(worst.state().word());
    worst.because().ifPresent(because -> response.withData("because", because));
    for (Map.Entry<String, ProviderStanding> one : each) {
      ProviderStanding standing = one.getValue();
      standing.refusedProduct().ifPresent(product -> response.withData("refusedProduct", product));
      standing
          .noPruningUntil()
          .ifPresent(until -> response.withData("noPruningUntil", until.toString()));
      standing.quotaLow().ifPresent(low -> response.withData("quotaLow", low));
      standing.quotaUnknown().ifPresent(code -> response.withData("quotaUnknown", code));
      standing.quotasAsOf().ifPresent(at -> response.withData("quotasAsOf", at.toString()));
      standing.quotasAskedAt().ifPresent(at -> response.withData("quotasAskedAt", at.toString()));
      standing.means().ifPresent(text -> response.withData("means", text));
      if (each.size() > 1) {
        response.withData(one.getKey(), standing.toString());
      }
    }
    if (counters.isMismatched()) {
      response.withData("senderMismatches", true);
    }
    return response.build();
  }

  private Uni<ProviderStanding> standing(PushProvider provider) {
    // It may look into a file.
    return Offload.run(() -> FindStandstill.isBroken(provider))
        .chain(
            broken ->
                broken
                    ? Uni.createFrom().item(ProviderStanding.degraded(FindStandstill.UNUSABLE))
                    : ofAccount(provider));
  }

  private Uni<ProviderStanding> ofAccount(PushProvider provider) {
    AccountId account = provider.account();
    return accounts
        .find(account)
        .map(found -> found.map(ProviderStanding::of).orElse(ProviderStanding.WORKING))
        .chain(
            standing ->
                provider.tellsQuotas()
                    ? quotas.find(account.project()).map(standing::with)
                    : Uni.createFrom().item(standing));
  }

  /** Nothing is claimed without it. */
  private static HealthCheckResponse waiting(String database) {
    return response("waiting").withData("because", "database-" + database).build();
  }

  /** That no provider may be used in this cell was decided, and is no trouble. */
  private static HealthCheckResponse standing(String because) {
    return because.equals(FindStandstill.PROVIDER_NOT_ALLOWED)
        ? response("working").withData("because", because).build()
        : degraded(because);
  }

  private static HealthCheckResponse degraded(String because) {
    return response("degraded").withData("because", because).build();
  }

  private static HealthCheckResponseBuilder response(String state) {
    return HealthCheckResponse.named("push").up().withData("state", state);
  }
}
