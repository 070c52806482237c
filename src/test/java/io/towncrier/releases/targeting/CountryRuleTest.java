package io.towncrier.releases.targeting;

import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.CountryCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void everyCountryIsServedAsTheListsSay() {
    Set<CountryCode> some =
        IntStream.range(0, Locale.getISOCountries().length)
            .filter(i -> i % 3 == 0)
            .mapToObj(i -> new CountryCode(Locale.getISOCountries()[i]))
            .collect(Collectors.toSet());
    for (String code : Locale.getISOCountries()) {
      CountryCode country = new CountryCode(code);
      assertThat(CountryRule.EVERYWHERE.serves(country)).isTrue();
      assertThat(new CountryRule(some, Set.of()).serves(country)).isEqualTo(some.contains(country));
      assertThat(new CountryRule(Set.of(), some).serves(country))
          .isEqualTo(!some.contains(country));
      assertThat(new CountryRule(some, Set.of(DE)).serves(country))
          .isEqualTo(some.contains(country) && !country.equals(DE));
    }
  }

  @Test
  void equalRulesAreEqual() {
    assertThat(new CountryRule(Set.of(FR), Set.of(DE)))
        .isEqualTo(new CountryRule(Set.of(FR), Set.of(DE)))
        .hasSameHashCodeAs(new CountryRule(Set.of(FR), Set.of(DE)))
        .isNotEqualTo(new CountryRule(Set.of(DE), Set.of(FR)))
        .isNotEqualTo(new CountryRule(Set.of(FR), Set.of()))
        .hasToString(new CountryRule(Set.of(FR), Set.of(DE)).toString());
  }

  @Test
  void aRuleKeepsACopy() {
    Set<CountryCode> denied = new HashSet<>(Set.of(DE));
    CountryRule rule = new CountryRule(Set.of(), denied);
    denied.clear();

    assertThat(rule.refusal(IN_GERMANY)).contains(Refusal.COUNTRY_NOT_SERVED);
  }

  @Test
  void itCoversAnotherExactlyWhenItIsMetWhereverTheOtherIs() {
    for (CountryRule one : rules()) {
      for (CountryRule other : rules()) {
        assertThat(one.covers(other))
            .as("%s covers %s", one, other)
            .isEqualTo(
                clients().stream()
                    .allMatch(
                        facts -> one.refusal(facts).isEmpty() || other.refusal(facts).isPresent()));
      }
    }
  }

  /** All that three countries allow: each of them allowed, denied, both or not named. */
  private static List<CountryRule> rules() {
    List<CountryCode> countries = List.of(DE, FR, new CountryCode("US"));
    List<CountryRule> rules = new ArrayList<>();
    for (int allowed = 0; allowed < 8; allowed++) {
      for (int denied = 0; denied < 8; denied++) {
        rules.add(new CountryRule(subset(countries, allowed), subset(countries, denied)));
      }
    }
    return rules;
  }

  private static Set<CountryCode> subset(List<CountryCode> of, int bits) {
    return IntStream.range(0, of.size())
        .filter(i -> (bits >> i & 1) == 1)
        .mapToObj(of::get)
        .collect(Collectors.toSet());
  }

  /** One of each country that a rule can name, one of another, and one without. */
  private static List<ClientFacts> clients() {
    return List.of(
        NOWHERE,
        IN_GERMANY,
        IN_FRANCE,
        installed("1.0").in("US").build(),
        installed("1.0").in("JP").build());
  }
}
