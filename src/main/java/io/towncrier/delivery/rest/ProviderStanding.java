package io.towncrier.delivery.rest;

import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.PushAccount;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How pushes of one provider go out.
 *
 * @param because what is wrong, if anything is
 * @param refusedProduct one whose devices are not pushed to
 * @param noPruningUntil while so many addresses seem to be gone that none is dropped
 */
record ProviderStanding(
    State state,
    Optional<String> because,
    Optional<String> refusedProduct,
    Optional<Instant> noPruningUntil) {
  static final ProviderStanding WORKING = plain(State.WORKING);

  static ProviderStanding degraded(String because) {
    return new ProviderStanding(
        State.DEGRADED, Optional.of(because), Optional.empty(), Optional.empty());
  }

  static ProviderStanding of(PushAccounts.Known known) {
    PushAccount account = known.account();
    Instant now = known.now();
    if (account.breaker().state(now) != Breaker.State.CLOSED) {
      return degraded(account.breaker().because().orElse(""));
    }
    return new ProviderStanding(
        now.isBefore(account.budget().slowedUntil()) ? State.SLOWED : State.WORKING,
        Optional.empty(),
        account.products(Breaker.State.OPEN, now).stream().sorted().findFirst(),
        account.fuse().mayPrune(now) ? Optional.empty() : Optional.of(account.fuse().blownUntil()));
  }

  private static ProviderStanding plain(State state) {
    return new ProviderStanding(state, Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public String toString() {
    return because.map(code -> state.word() + ": " + code).orElse(state.word());
  }

  /** From good to bad. */
  enum State {
    WORKING,
    SLOWED,
    DEGRADED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
