package io.towncrier.delivery.rest;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.FindStandstill;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.PushHalts;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.sending.DeliveryCounters;
import io.towncrier.platform.Halt;
import io.towncrier.platform.database.DatabaseProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
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
  private final FindStandstill standstill;
  private final PushAccounts accounts;
  private final DeliveryCounters counters;
  private final DatabaseProbe probe;

  PushHealth(
      PushHalts halts,
      PushProviders providers,
      FindStandstill standstill,
      PushAccounts accounts,
      DeliveryCounters counters,
      DatabaseProbe probe) {
    this.halts = halts;
    this.providers = providers;
    this.standstill = standstill;
    this.accounts = accounts;
    this.counters = counters;
    this.probe = probe;
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
        .chain(halt -> halt.isOn() ? Uni.createFrom().item(halted(halt)) : ofProvider())
        .onFailure()
        .recoverWithItem(() -> waiting("away"));
  }

  private static HealthCheckResponse halted(Halt halt) {
    return response("halted")
        .withData("haltedSince", halt.since().orElseThrow().toString())
        .withData("exceptSecurity", halt.exceptsSecurity())
        .build();
  }

  private Uni<HealthCheckResponse> ofProvider() {
    return standstill
        .because()
        .chain(
            because ->
                because.isPresent()
                    ? Uni.createFrom().item(degraded(because.get()))
                    : known(providers.current().account()));
  }

  private Uni<HealthCheckResponse> known(AccountId account) {
    return accounts
        .find(account)
        .map(found -> found.map(this::of).orElseGet(() -> response("working").build()));
  }

  private HealthCheckResponse of(PushAccounts.Known known) {
    PushAccount account = known.account();
    Instant now = known.now();
    if (account.breaker().state(now) != Breaker.State.CLOSED) {
      return degraded(account.breaker().because().orElse(""));
    }
    HealthCheckResponseBuilder response = response(isSlow(account, now) ? "slowed" : "working");
    account.products(Breaker.State.OPEN, now).stream()
        .sorted()
        .findFirst()
        .ifPresent(product -> response.withData("refusedProduct", product));
    if (!account.fuse().mayPrune(now)) {
      response.withData("noPruningUntil", account.fuse().blownUntil().toString());
    }
    if (counters.isMismatched()) {
      response.withData("senderMismatches", true);
    }
    return response.build();
  }

  private static boolean isSlow(PushAccount account, Instant now) {
    return now.isBefore(account.budget().slowedUntil());
  }

  /** Nothing is claimed without it. */
  private static HealthCheckResponse waiting(String database) {
    return response("waiting").withData("because", "database-" + database).build();
  }

  private static HealthCheckResponse degraded(String because) {
    return response("degraded").withData("because", because).build();
  }

  private static HealthCheckResponseBuilder response(String state) {
    return HealthCheckResponse.named("push").up().withData("state", state);
  }
}
