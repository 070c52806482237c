package io.towncrier.updates.lint;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageRanges;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.Selection;
import io.towncrier.releases.targeting.TargetingRule;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds of clients that a product's releases can tell apart, one client for each: whatever
 * holds for these holds for every client. A rule is met when each of its conditions is, so that the
 * facts are tried one by one, and only what differs is combined.
 */
final class FactClasses {
  // What no rule names stands for all that no rule names.
  static final String NO_ONE = "-";

  /** So many take less than a second. */
  private static final int MAX_TRIED = 200_000;

  private static final ClientFacts NOBODY =
      new ClientFacts(
          "",
          Optional.empty(),
          Optional.of(ZoneOffset.UTC),
          Optional.empty(),
          Channels.DEFAULT,
          Optional.of(NO_ONE),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          false);

  // Of each language that rules name, the usual tags that it means.
  private static final Map<LanguageTag, List<LanguageTag>> USUAL = new ConcurrentHashMap<>();

  private final List<TargetingRule> rules;
  private final Channels channels;
  private boolean complete = true;

  FactClasses(List<Release> releases, Channels channels) {
    this.channels = channels;
    this.rules =
        releases.stream()
            .flatMap(
                release ->
                    Stream.concat(
                        Stream.of(
                            onlyIf(
                                Optional.of(release.targeting().channel()),
                                release.targeting().countries())),
                        release.targeting().rules().stream()))
            .distinct()
            .toList();
  }

  /** One client of each kind, at most so many. */
  List<ClientFacts> atMost(int limit) {
    List<Part> byChannel = byChannel();
    List<Part> byCountry = byCountry();
    List<Part> byLanguage = byLanguage();
    List<Part> byHardware = byHardware();
    List<Part> byList = byList();
    Map<BitSet, ClientFacts> kinds = new LinkedHashMap<>();
    long tried = 0;
    for (Part channel : byChannel) {
      for (Part country : byCountry) {
        for (Part language : byLanguage) {
          for (Part hardware : byHardware) {
            for (Part listed : byList) {
              if (kinds.size() == limit || tried++ == MAX_TRIED) {
                complete = false;
                return List.copyOf(kinds.values());
              }
              Stream<Part> others = Stream.of(country, language, hardware, listed);
              BitSet met = (BitSet) channel.met().clone();
              others.forEach(part -> met.and(part.met()));
              kinds.computeIfAbsent(
                  met, m -> together(channel, country, language, hardware, listed));
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

  private List<Part> byChannel() {
    return parts(
        channels.inOrder().stream()
            .map(c -> with(NOBODY.country(), NOBODY.language(), c, NOBODY.hardware())),
        rule -> onlyIf(rule.channel(), CountryRule.EVERYWHERE));
  }

  private List<Part> byCountry() {
    Set<CountryCode> named =
        named(
            rule ->
                Stream.concat(
                    rule.countries().allowed().stream(), rule.countries().denied().stream()));
    // One that no rule names stands for all of them.
    Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).stream()
        .sorted()
        .map(CountryCode::new)
        .filter(country -> !named.contains(country))
        .findFirst()
        .ifPresent(named::add);
    return parts(
        orNone(named).map(c -> with(c, NOBODY.language(), NOBODY.channel(), NOBODY.hardware())),
        rule -> onlyIf(Optional.empty(), rule.countries()));
  }

  private List<Part> byLanguage() {
    Set<LanguageTag> named = named(rule -> rule.languages().tags().stream());
    // Below a tag that is named, rules tell more apart than the tags that they name.
    List<LanguageTag> below =
        named.stream()
            .map(LanguageTag::withoutParts)
            .distinct()
            .flatMap(language -> USUAL.computeIfAbsent(language, FactClasses::usual).stream())
            .toList();
    named.addAll(below);
    return parts(
        orNone(named).map(l -> with(NOBODY.country(), l, NOBODY.channel(), NOBODY.hardware())),
        rule -> onlyIf(rule.languages(), Set.of(), Selection.NONE, Selection.NONE));
  }

  private static List<LanguageTag> usual(LanguageTag language) {
    return LanguageTag.usual()
        .filter(tag -> tag.isMeantBy(language))
        .sorted(Comparator.comparing(LanguageTag::value))
        .toList();
  }

  private List<Part> byHardware() {
    Set<String> named = named(rule -> rule.hardware().stream());
    return parts(
        orNone(named).map(h -> with(NOBODY.country(), NOBODY.language(), NOBODY.channel(), h)),
        rule -> onlyIf(LanguageRanges.NONE, rule.hardware(), Selection.NONE, Selection.NONE));
  }

  // A device may be listed here by its cohort, and there by its id.
  private List<Part> byList() {
    UnaryOperator<TargetingRule> listed =
        rule -> onlyIf(LanguageRanges.NONE, Set.of(), rule.only(), rule.except());
    Set<String> cohorts = new LinkedHashSet<>(Set.of(NO_ONE));
    cohorts.addAll(
        named(rule -> Stream.of(rule.only(), rule.except()).flatMap(s -> s.cohorts().stream())));
    Set<String> devices =
        named(rule -> Stream.of(rule.only(), rule.except()).flatMap(s -> s.devices().stream()));
    List<Part> byCohort = parts(cohorts.stream().map(c -> listed(c, Optional.empty())), listed);
    List<Part> byDevice = parts(orNone(devices).map(d -> listed(NO_ONE, d)), listed);
    return parts(
        byCohort.stream()
            .flatMap(
                cohort ->
                    byDevice.stream()
                        .map(
                            device ->
                                listed(
                                    cohort.facts().cohort().orElse(NO_ONE),
                                    device.facts().device()))),
        listed);
  }

  /** Of all that no rule can tell apart by this condition, the first. */
  private List<Part> parts(Stream<ClientFacts> all, UnaryOperator<TargetingRule> condition) {
    List<TargetingRule> conditions = rules.stream().map(condition).toList();
    Map<BitSet, Part> distinct = new LinkedHashMap<>();
    all.forEach(
        facts -> {
          BitSet met = new BitSet(conditions.size());
          for (int i = 0; i < conditions.size(); i++) {
            met.set(i, conditions.get(i).refusal(facts, channels).isEmpty());
          }
          distinct.putIfAbsent(met, new Part(facts, met));
        });
    return List.copyOf(distinct.values());
  }

  private <T> Set<T> named(Function<TargetingRule, Stream<T>> names) {
    return rules.stream().flatMap(names).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  // What is reported but not named is met by no condition, exactly as what is not reported.
  private static <T> Stream<Optional<T>> orNone(Set<T> named) {
    return Stream.concat(Stream.of(Optional.<T>empty()), named.stream().map(Optional::of));
  }

  private static ClientFacts together(
      Part channel, Part country, Part language, Part hardware, Part listed) {
    ClientFacts facts =
        with(
            country.facts().country(),
            language.facts().language(),
            channel.facts().channel(),
            hardware.facts().hardware());
    return new ClientFacts(
        facts.version(),
        facts.country(),
        facts.timeZone(),
        facts.language(),
        facts.channel(),
        listed.facts().cohort(),
        facts.hardware(),
        facts.counter(),
        listed.facts().device(),
        false);
  }

  private static ClientFacts with(
      Optional<CountryCode> country,
      Optional<LanguageTag> language,
      String channel,
      Optional<String> hardware) {
    return new ClientFacts(
        NOBODY.version(),
        country,
        NOBODY.timeZone(),
        language,
        channel,
        NOBODY.cohort(),
        hardware,
        NOBODY.counter(),
        NOBODY.device(),
        false);
  }

  private static ClientFacts listed(String cohort, Optional<String> device) {
    return new ClientFacts(
        NOBODY.version(),
        NOBODY.country(),
        NOBODY.timeZone(),
        NOBODY.language(),
        NOBODY.channel(),
        Optional.of(cohort),
        NOBODY.hardware(),
        NOBODY.counter(),
        device,
        false);
  }

  private static TargetingRule onlyIf(Optional<String> channel, CountryRule countries) {
    return new TargetingRule(
        "",
        0,
        channel,
        countries,
        LanguageRanges.NONE,
        Set.of(),
        Optional.empty(),
        Selection.NONE,
        Selection.NONE,
        false);
  }

  private static TargetingRule onlyIf(
      LanguageRanges languages, Set<String> hardware, Selection only, Selection except) {
    return new TargetingRule(
        "",
        0,
        Optional.empty(),
        CountryRule.EVERYWHERE,
        languages,
        hardware,
        Optional.empty(),
        only,
        except,
        false);
  }

  /** A client of which one fact counts, and which rules are met by it. */
  private record Part(ClientFacts facts, BitSet met) {}
}
