package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/** In which countries something is offered. */
public final class CountryRule {
  public static final CountryRule EVERYWHERE = new CountryRule(Set.of(), Set.of());

  private final Set<CountryCode> allowed;
  private final Set<CountryCode> denied;
  // A bit for each country that there is, and all of them beside each other: decisions look at some
  // rules of each product, and searching their sets was mostly waiting for memory.
  private final boolean everywhere;
  private final long served0;
  private final long served1;
  private final long served2;
  private final long served3;

  /**
   * @param allowed only these; empty means all
   * @param denied never these
   */
  public CountryRule(Set<CountryCode> allowed, Set<CountryCode> denied) {
    this.allowed = Set.copyOf(allowed);
    this.denied = Set.copyOf(denied);
    this.everywhere = allowed.isEmpty() && denied.isEmpty();
    long[] served = served(this.allowed, this.denied);
    this.served0 = served[0];
    this.served1 = served[1];
    this.served2 = served[2];
    this.served3 = served[3];
  }

  private static long[] served(Set<CountryCode> allowed, Set<CountryCode> denied) {
    BitSet served = new BitSet(CountryCode.MAX_NUMBER + 1);
    if (allowed.isEmpty()) {
      served.set(0, CountryCode.MAX_NUMBER + 1);
    }
    allowed.forEach(country -> served.set(country.number()));
    denied.forEach(country -> served.clear(country.number()));
    return Arrays.copyOf(served.toLongArray(), (CountryCode.MAX_NUMBER + 1) / Long.SIZE);
  }

  public Set<CountryCode> allowed() {
    return allowed;
  }

  public Set<CountryCode> denied() {
    return denied;
  }

  /** Whether no country counts. */
  public boolean isEverywhere() {
    return everywhere;
  }

  /** Why these facts do not match; empty when they do. A missing country matches no rule. */
  public Optional<Refusal> refusal(ClientFacts facts) {
    if (everywhere) {
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
    int number = country.number();
    long served =
        switch (number / Long.SIZE) {
          case 0 -> served0;
          case 1 -> served1;
          case 2 -> served2;
          default -> served3;
        };
    // A shift goes by the last six bits of its distance.
    return (served >>> number & 1) != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CountryRule that
        && allowed.equals(that.allowed)
        && denied.equals(that.denied);
  }

  @Override
  public int hashCode() {
    return 31 * allowed.hashCode() + denied.hashCode();
  }

  @Override
  public String toString() {
    return "allowed " + allowed + ", denied " + denied;
  }
}
