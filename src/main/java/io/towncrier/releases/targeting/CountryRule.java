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
      return Refusals.COUNTRY_UNKNOWN;
    }
    return serves(facts.country().get()) ? Optional.empty() : Refusals.COUNTRY_NOT_SERVED;
  }

  /** Whether this rule is met wherever the other one is. */
  public boolean covers(CountryRule other) {
    if (!other.allowed.isEmpty()) {
      return other.allowed.stream()
          .filter(country -> !other.denied.contains(country))
          .allMatch(this::serves);
    }
    // The other one allows every country but a few, so this one may not name those that it allows.
    return allowed.isEmpty() && other.denied.containsAll(denied);
  }

  /** Whether it is met nowhere: every country that it allows is denied. */
  public boolean isNowhere() {
    return isDisjoint(EVERYWHERE);
  }

  /**
   * Whether there is no country in which both are met. Rules that only deny never are: nobody
   * denies all countries one by one.
   */
  public boolean isDisjoint(CountryRule other) {
    Set<CountryCode> named = allowed.isEmpty() ? other.allowed : allowed;
    return !named.isEmpty()
        && named.stream().noneMatch(country -> serves(country) && other.serves(country));
  }

  /** Whether it is met in this country. */
  public boolean serves(CountryCode country) {
    return (allowed.isEmpty() || allowed.contains(country)) && !denied.contains(country);
  }
}
