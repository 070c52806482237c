package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import java.util.Optional;
import java.util.Set;

/**
 * In which countries something is offered.
 *
 * @param allowed only these; empty means all
 * @param denied never these
 */
public record CountryRule(Set<CountryCode> allowed, Set<CountryCode> denied) {
  public static final CountryRule EVERYWHERE = new CountryRule(Set.of(), Set.of());

  public CountryRule {
    allowed = Set.copyOf(allowed);
    denied = Set.copyOf(denied);
  }

  /** Why these facts do not match; empty when they do. A missing country matches no rule. */
  public Optional<Refusal> refusal(ClientFacts facts) {
    if (allowed.isEmpty() && denied.isEmpty()) {
      return Optional.empty();
    }
    if (facts.country().isEmpty()) {
      return Optional.of(Refusal.COUNTRY_UNKNOWN);
    }
    CountryCode country = facts.country().get();
    boolean served = (allowed.isEmpty() || allowed.contains(country)) && !denied.contains(country);
    return served ? Optional.empty() : Optional.of(Refusal.COUNTRY_NOT_SERVED);
  }
}
