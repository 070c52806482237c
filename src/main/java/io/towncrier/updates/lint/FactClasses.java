package io.towncrier.updates.lint;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.Selection;
import io.towncrier.releases.targeting.TargetingRule;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds of clients that a product's rules can tell apart, one for each: whatever holds for
 * these holds for every client.
 */
final class FactClasses {
  // One that no rule names stands for all that no rule names.
  private static final String NO_ONE = "-";

  private final List<Release> releases;
  private final Channels channels;

  FactClasses(List<Release> releases, Channels channels) {
    this.releases = releases;
    this.channels = channels;
  }

  /** At most so many of them; whether that were all is told by {@link #count()}. */
  List<ClientFacts> atMost(int limit) {
    List<ClientFacts> all = new ArrayList<>();
    for (String channel : channels.inOrder()) {
      for (Optional<CountryCode> country : countries()) {
        for (Optional<LanguageTag> language : languages()) {
          for (Optional<String> hardware : hardware()) {
            for (Listed listed : listed()) {
              if (all.size() < limit) {
                all.add(facts(channel, country, language, hardware, listed));
              }
            }
          }
        }
      }
    }
    return all;
  }

  long count() {
    return (long) channels.inOrder().size()
        * countries().size()
        * languages().size()
        * hardware().size()
        * listed().size();
  }

  private static ClientFacts facts(
      String channel,
      Optional<CountryCode> country,
      Optional<LanguageTag> language,
      Optional<String> hardware,
      Listed listed) {
    return new ClientFacts(
        "",
        country,
        Optional.of(ZoneOffset.UTC),
        language,
        channel,
        listed.cohort(),
        hardware,
        OptionalLong.empty(),
        listed.device(),
        false);
  }

  private Collection<Optional<CountryCode>> countries() {
    Set<CountryRule> distinct =
        releases.stream()
            .flatMap(
                r ->
                    Stream.concat(
                        Stream.of(r.targeting().countries()),
                        r.targeting().rules().stream().map(TargetingRule::countries)))
            .filter(rule -> !rule.equals(CountryRule.EVERYWHERE))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Stream<Optional<CountryCode>> all =
        Stream.concat(
            Stream.of(Optional.empty()),
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).stream()
                .sorted()
                .map(code -> Optional.of(new CountryCode(code))));
    return oneOfEach(
        all,
        country ->
            distinct.stream()
                .map(rule -> country.filter(c -> serves(rule, c)).isPresent())
                .toList());
  }

  private static boolean serves(CountryRule rule, CountryCode country) {
    return (rule.allowed().isEmpty() || rule.allowed().contains(country))
        && !rule.denied().contains(country);
  }

  private Collection<Optional<LanguageTag>> languages() {
    Set<LanguageTag> named =
        rules()
            .flatMap(rule -> rule.languages().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return withNone(named);
  }

  private Collection<Optional<String>> hardware() {
    Set<String> named =
        rules()
            .flatMap(rule -> rule.hardware().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return withNone(named);
  }

  // What is reported but not named is met by no condition, exactly as what is not reported.
  private static <T> Collection<Optional<T>> withNone(Set<T> named) {
    return Stream.concat(Stream.of(Optional.<T>empty()), named.stream().map(Optional::of)).toList();
  }

  private Collection<Listed> listed() {
    Set<Selection> selections =
        rules()
            .flatMap(rule -> Stream.of(rule.only(), rule.except()))
            .filter(selection -> !selection.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Stream<Listed> named =
        selections.stream()
            .flatMap(
                selection ->
                    Stream.concat(
                        selection.cohorts().stream()
                            .map(c -> new Listed(Optional.of(c), Optional.empty())),
                        selection.devices().stream()
                            .map(d -> new Listed(Optional.of(NO_ONE), Optional.of(d)))));
    return oneOfEach(
        Stream.concat(Stream.of(new Listed(Optional.of(NO_ONE), Optional.empty())), named),
        client ->
            selections.stream()
                .map(
                    selection ->
                        client.cohort().filter(selection.cohorts()::contains).isPresent()
                            || client.device().filter(selection.devices()::contains).isPresent())
                .toList());
  }

  private Stream<TargetingRule> rules() {
    return releases.stream().flatMap(release -> release.targeting().rules().stream());
  }

  /** Of all that no rule can tell apart, the first. */
  private static <T> Collection<T> oneOfEach(
      Stream<T> all, Function<T, List<Boolean>> asRulesSeeIt) {
    Map<List<Boolean>, T> distinct = new LinkedHashMap<>();
    all.forEach(one -> distinct.putIfAbsent(asRulesSeeIt.apply(one), one));
    return distinct.values();
  }

  private record Listed(Optional<String> cohort, Optional<String> device) {}
}
