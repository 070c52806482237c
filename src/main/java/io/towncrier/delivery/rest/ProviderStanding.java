package io.towncrier.delivery.rest;

import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.vendors.VendorQuota;
import io.towncrier.delivery.vendors.VendorQuotas;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How pushes of one provider go out.
 *
 * @param because what is wrong, if anything is
 * @param refusedProduct one whose devices are not pushed to
 * @param noPruningUntil while so many addresses seem to be gone that none is dropped
 * @param quotas what vendors of phones let us push, if that was asked
 */
record ProviderStanding(
    State state,
    Optional<String> because,
    Optional<String> refusedProduct,
    Optional<Instant> noPruningUntil,
    Optional<VendorQuotas.Kept> quotas) {
  private static final Map<String, String> MEANINGS =
      Map.of(
          "WRONG_DATA_CENTRE",
          "The credentials are of an app in another data centre of Getui. Nothing was sent to the"
              + " host that it named, and nothing is. Put credentials of an app of this data"
              + " centre into TOWNCRIER_GETUI_CREDENTIALS, or set TOWNCRIER_GETUI_ENDPOINT.");

  static final ProviderStanding WORKING =
      new ProviderStanding(
          State.WORKING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  static ProviderStanding degraded(String because) {
    return new ProviderStanding(
        State.DEGRADED, Optional.of(because), Optional.empty(), Optional.empty(), Optional.empty());
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
        account.fuse().mayPrune(now) ? Optional.empty() : Optional.of(account.fuse().blownUntil()),
        Optional.empty());
  }

  ProviderStanding with(Optional<VendorQuotas.Kept> asked) {
    return new ProviderStanding(state, because, refusedProduct, noPruningUntil, asked);
  }

  /** Vendors that let us push little more today. */
  Optional<String> quotaLow() {
    return quotas
        .map(VendorQuotas.Kept::low)
        .filter(low -> !low.isEmpty())
        .map(low -> low.stream().map(VendorQuota::toString).collect(Collectors.joining("; ")));
  }

  /** Why it is not known what they let us push. */
  Optional<String> quotaUnknown() {
    return quotas.flatMap(VendorQuotas.Kept::notTold);
  }

  /** Of when the quotas are; while they are not told, of when those are that stand from before. */
  Optional<Instant> quotasAsOf() {
    return quotas.flatMap(VendorQuotas.Kept::toldAt);
  }

  /** When the provider was last asked for quotas, where it has not told them. */
  Optional<Instant> quotasAskedAt() {
    return quotas.filter(kept -> kept.notTold().isPresent()).map(VendorQuotas.Kept::askedAt);
  }

  /** What is wrong, and what to do, where a code alone does not say it. */
  Optional<String> means() {
    return because.or(this::quotaUnknown).flatMap(code -> Optional.ofNullable(MEANINGS.get(code)));
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
