package io.towncrier.releases.targeting;

import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.CountryCode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountryRuleTest {
  private static final CountryCode DE = new CountryCode("DE");
  private static final CountryCode FR = new CountryCode("FR");
  private static final ClientFacts NOWHERE = installed("1.0").build();
  private static final ClientFacts IN_GERMANY = installed("1.0").in("DE").build();
  private static final ClientFacts IN_FRANCE = installed("1.0").in("FR").build();

  @Test
  void withoutARuleItIsOfferedEverywhere() {
    assertThat(CountryRule.EVERYWHERE.refusal(IN_GERMANY)).isEmpty();
    assertThat(CountryRule.EVERYWHERE.refusal(NOWHERE)).isEmpty();
  }

  @Test
  void onlyAllowedCountriesAreServed() {
    CountryRule rule = new CountryRule(Set.of(DE), Set.of());

    assertThat(rule.refusal(IN_GERMANY)).isEmpty();
    assertThat(rule.refusal(IN_FRANCE)).contains(Refusal.COUNTRY_NOT_SERVED);
  }

  @Test
  void deniedCountriesAreNotServed() {
    CountryRule rule = new CountryRule(Set.of(), Set.of(DE));

    assertThat(rule.refusal(IN_GERMANY)).contains(Refusal.COUNTRY_NOT_SERVED);
    assertThat(rule.refusal(IN_FRANCE)).isEmpty();
  }

  @Test
  void aMissingCountryMatchesNoRule() {
    assertThat(new CountryRule(Set.of(DE), Set.of()).refusal(NOWHERE))
        .contains(Refusal.COUNTRY_UNKNOWN);
    assertThat(new CountryRule(Set.of(), Set.of(DE)).refusal(NOWHERE))
        .contains(Refusal.COUNTRY_UNKNOWN);
    assertThat(new CountryRule(Set.of(FR), Set.of(DE)).refusal(NOWHERE))
        .contains(Refusal.COUNTRY_UNKNOWN);
  }

  @Test
  void denyingWinsOverAllowing() {
    CountryRule rule = new CountryRule(Set.of(DE, FR), Set.of(DE));

    assertThat(rule.refusal(IN_GERMANY)).contains(Refusal.COUNTRY_NOT_SERVED);
    assertThat(rule.refusal(IN_FRANCE)).isEmpty();
  }

  @Test
  void aRuleKeepsACopy() {
    Set<CountryCode> denied = new HashSet<>(Set.of(DE));
    CountryRule rule = new CountryRule(Set.of(), denied);
    denied.clear();

    assertThat(rule.refusal(IN_GERMANY)).contains(Refusal.COUNTRY_NOT_SERVED);
  }
}
