package io.towncrier.updates.lint;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.Targeting;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.Selection;
import io.towncrier.releases.targeting.TargetingRule;
import java.time.ZoneOffset;
import java.util.BitSet;
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
  static final String NO_ONE = "-";

  /** So many take less than a second. */
  private static final int MAX_TRIED = 200_000;

  private final List<Release> releases;
  private final Channels channels;
  private boolean complete = true;

  FactClasses(List<Release> releases, Channels channels) {
    this.releases = releases;
    this.channels = channels;
  }

  /**
   * One client of each kind, at most so many. What no release tells apart is one kind, even where
   * the conditions by themselves would.
   */
  List<ClientFacts> atMost(int limit) {
    Map<BitSet, ClientFacts> kinds = new LinkedHashMap<>();
    Collection<Optional<CountryCode>> countries = countries();
    Collection<Optional<LanguageTag>> languages = languages();
    Collection<Optional<String>> hardware = hardware();
    Collection<Listed> listed = listed();
    long tried = 0;
    for (String channel : channels.inOrder()) {
      for (Optional<CountryCode> country : countries) {
        for (Optional<LanguageTag> language : languages) {
          for (Optional<String> revision : hardware) {
            for (Listed client : listed) {
              if (kinds.size() == limit || tried++ == MAX_TRIED) {
                complete = false;
                return List.copyOf(kinds.values());
              }
              ClientFacts facts = facts(channel, country, language, revision, client);
              kinds.putIfAbsent(asReleasesSeeIt(facts), facts);
            }
          }
        }
      }
    }
    return List.copyOf(kinds.values());
  }

  /** Whether the kinds that were given last were all that there are. */
  boolean isComplete() {
    return complete;
  }

  /** Everything that a decision looks at, but for the installed version. */
  private BitSet asReleasesSeeIt(ClientFacts facts) {
    BitSet seen = new BitSet();
    int bit = 0;
    for (Release release : releases) {
      Targeting targeting = release.targeting();
      boolean served =
          channels.reaches(facts.channel(), targeting.channel())
              && targeting.countries().refusal(facts).isEmpty();
      seen.set(bit++, served);
      for (TargetingRule rule : targeting.rules()) {
        seen.set(bit++, served && rule.refusal(facts, channels).isEmpty());
      }
    }
    return seen;
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
            distinct.stream().map(rule -> country.filter(rule::serves).isPresent()).toList());
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
    Collection<Optional<String>> cohorts =
        oneOfEach(
            Stream.concat(
                Stream.of(Optional.of(NO_ONE)),
                selections.stream().flatMap(s -> s.cohorts().stream()).map(Optional::of)),
            cohort -> selections.stream().map(s -> s.cohorts().contains(cohort.get())).toList());
    Collection<Optional<String>> devices =
        oneOfEach(
            Stream.concat(
                Stream.of(Optional.empty()),
                selections.stream().flatMap(s -> s.devices().stream()).map(Optional::of)),
            device ->
                selections.stream()
                    .map(s -> device.filter(s.devices()::contains).isPresent())
                    .toList());
    // A device may be listed here by its cohort, and there by its id.
    return oneOfEach(
        cohorts.stream().flatMap(c -> devices.stream().map(d -> new Listed(c, d))),
        client -> selections.stream().map(client::isIn).toList());
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

  private record Listed(Optional<String> cohort, Optional<String> device) {
    boolean isIn(Selection selection) {
      return cohort.filter(selection.cohorts()::contains).isPresent()
          || device.filter(selection.devices()::contains).isPresent();
    }
  }
}
