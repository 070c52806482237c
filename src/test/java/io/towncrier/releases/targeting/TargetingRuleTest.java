package io.towncrier.releases.targeting;

import static io.towncrier.releases.targeting.SampleFacts.installed;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.Allocated;
import io.towncrier.releases.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetingRuleTest {
  private static final Channels CHANNELS = new Channels(List.of("stable", "candidate", "beta"));
  private static final SampleFacts UNKNOWN = installed("1.0");

  @Test
  void aRuleWithoutConditionsMeansEverybody() {
    assertMeans(rule("all"), UNKNOWN);
    assertMeans(rule("all"), installed("1.0").in("DE").speaking("de").onHardware("v1"));
  }

  @ParameterizedTest
  @CsvSource({
    "stable, stable, true",
    "stable, beta, true",
    "candidate, beta, true",
    "candidate, candidate, true",
    "candidate, stable, false",
    "beta, candidate, false",
    "unheard-of, beta, false",
    "stable, unheard-of, false",
    "unheard-of, unheard-of, false"
  })
  void aChannelMeansThoseWhoFollowItOrOneBehindIt(String channel, String followed, boolean means) {
    SampleFacts follower = installed("1.0").following(followed);

    if (means) {
      assertMeans(rule("some").on(channel), follower);
    } else {
      assertRefuses(Refusal.OTHER_CHANNEL, rule("some").on(channel), follower);
    }
  }

  @Test
  void aCountryMustBeServed() {
    assertMeans(rule("some").in("DE", "FR"), installed("1.0").in("FR"));
    assertRefuses(
        Refusal.COUNTRY_NOT_SERVED, rule("some").in("DE", "FR"), installed("1.0").in("US"));
    assertRefuses(Refusal.COUNTRY_NOT_SERVED, rule("some").notIn("US"), installed("1.0").in("US"));
    assertRefuses(Refusal.COUNTRY_UNKNOWN, rule("some").notIn("US"), UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "zh, zh, true",
    "zh, zh-Hant, true",
    "zh, zh-Hant-HK, true",
    "zh-Hant, zh-Hant-HK, true",
    "zh-Hant, zh-Hant, true",
    "zh-Hant, zh, false",
    "zh-Hant, zh-Hans, false",
    "zh-HK, zh-Hant-HK, true",
    "zh-Hant, zh-TW, true",
    "zh-Hant, zh-MO, true",
    "zh-Hans, zh-TW, false",
    "zh-Hans, zh-SG, true",
    "zh, zh-TW, true",
    "zh-CN, zh, false",
    "es-419, es-CO, true",
    "es-419, es-ES, false",
    "pt-PT, pt-MZ, true",
    "pt-BR, pt-AO, false",
    "en-001, en-NZ, true",
    "en-001, en-PH, false",
    "sr, sr-Latn, true",
    "sr-Cyrl, sr-Latn, false",
    "sr-Latn, sr-ME, true",
    "no, nb, true",
    "nb, no, true",
    "nb, nn, false",
    "he, he-IL, true",
    "fil, tl, true",
    "fi, fil, false",
    "en, de, false",
    "en, en-US-u-ca-buddhist, true"
  })
  void aLanguageMeansEveryOneBelowIt(String named, String spoken, boolean means) {
    SampleFacts speaker = installed("1.0").speaking(spoken);

    if (means) {
      assertMeans(rule("some").speaking(named), speaker);
    } else {
      assertRefuses(Refusal.LANGUAGE_NOT_SERVED, rule("some").speaking(named), speaker);
    }
  }

  @Test
  void aRuleAsksForTheLanguageWithoutANewObject() {
    TargetingRule rule = rule("some").speaking("es-419", "zh-Hant", "no", "de").build();
    ClientFacts macao = installed("1.0").speaking("zh-MO").build();
    ClientFacts italy = installed("1.0").speaking("it").build();

    assertThat(
            Allocated.perCall(
                () ->
                    (rule.refusal(macao, CHANNELS).isEmpty() ? 1 : 0)
                        + (rule.refusal(italy, CHANNELS).isEmpty() ? 2 : 0)))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "zh, zh-TW, true",
    "zh, zh-Hans, true",
    "zh-Hant, zh-HK, true",
    "zh-Hans, zh, false",
    "zh-HK, zh-MO, true",
    "es-419, es-MX, true",
    "es-MX, es-419, false",
    "no, nb-NO, true",
    "nb, no, false",
    "en, en-AU, true"
  })
  void aRuleCoversAnotherOnlyWhenItMeansAllWhomThatMeans(
      String wide, String narrow, boolean covers) {
    assertThat(
            rule("wide")
                .speaking(wide)
                .build()
                .covers(rule("narrow").speaking(narrow).build(), CHANNELS))
        .isEqualTo(covers);
  }

  @Test
  void oneOfTheLanguagesIsEnough() {
    assertMeans(rule("some").speaking("fr", "de"), installed("1.0").speaking("de-AT"));
    assertRefuses(Refusal.LANGUAGE_UNKNOWN, rule("some").speaking("fr", "de"), UNKNOWN);
  }

  @Test
  void hardwareIsFoundAsItIsPrinted() {
    assertMeans(rule("some").onHardware("v1", "v2"), installed("1.0").onHardware("v2"));
    assertRefuses(
        Refusal.HARDWARE_NOT_SERVED,
        rule("some").onHardware("v1"),
        installed("1.0").onHardware("V1"));
    assertRefuses(Refusal.HARDWARE_UNKNOWN, rule("some").onHardware("v1"), UNKNOWN);
  }

  @Test
  void aCanaryIsForThoseWhoAreListed() {
    assertMeans(rule("canary").onlyCohorts("c1"), installed("1.0").ofCohort("c1"));
    assertMeans(rule("canary").onlyDevices("d1"), installed("1.0").provedToBe("d1"));
    assertRefuses(
        Refusal.NOT_LISTED, rule("canary").onlyCohorts("c1"), installed("1.0").ofCohort("c2"));
    assertRefuses(Refusal.NOT_LISTED, rule("canary").onlyDevices("d1"), UNKNOWN);
  }

  @Test
  void whoIsExcludedIsOutEvenOfTheCanaries() {
    SampleRule both = rule("canary").onlyCohorts("c1").exceptDevices("d1");

    assertMeans(both, installed("1.0").ofCohort("c1"));
    assertRefuses(Refusal.EXCLUDED, both, installed("1.0").ofCohort("c1").provedToBe("d1"));
  }

  @Test
  void whoIsNotKnownIsNotExcluded() {
    assertMeans(rule("all but").exceptCohorts("c1").exceptDevices("d1"), UNKNOWN);
  }

  @Test
  void theFirstConditionThatDoesNotHoldIsTheReason() {
    SampleRule strict =
        rule("strict")
            .exceptDevices("d1")
            .onlyCohorts("c1")
            .on("beta")
            .in("DE")
            .speaking("de")
            .onHardware("v1");

    assertRefuses(Refusal.EXCLUDED, strict, installed("1.0").provedToBe("d1"));
    assertRefuses(Refusal.NOT_LISTED, strict, installed("1.0"));
    assertRefuses(Refusal.OTHER_CHANNEL, strict, installed("1.0").ofCohort("c1"));
    assertRefuses(
        Refusal.COUNTRY_UNKNOWN, strict, installed("1.0").ofCohort("c1").following("beta"));
    assertRefuses(
        Refusal.LANGUAGE_UNKNOWN,
        strict,
        installed("1.0").ofCohort("c1").following("beta").in("DE"));
    assertRefuses(
        Refusal.HARDWARE_UNKNOWN,
        strict,
        installed("1.0").ofCohort("c1").following("beta").in("DE").speaking("de"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1001})
  void aPriorityOutsideOfItsBoundsIsRefused(int priority) {
    assertThatThrownBy(() -> rule("some").priority(priority).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 1000");
  }

  @Test
  void theBoundsOfAPriorityAreAllowed() {
    assertThat(rule("some").priority(0).build().priority()).isZero();
    assertThat(rule("some").priority(1000).build().priority()).isEqualTo(1000);
  }

  /** It may say no when it cannot tell; when it says yes, nobody is left out. */
  @Test
  void whoIsMeantByARuleIsMeantByEveryRuleThatCoversIt() {
    List<TargetingRule> rules = someRules(new Random(20_260_501), 400);
    List<ClientFacts> clients = everyClient();
    int covered = 0;
    for (TargetingRule one : rules) {
      List<ClientFacts> refused =
          clients.stream().filter(facts -> one.refusal(facts, CHANNELS).isPresent()).toList();
      for (TargetingRule other : rules) {
        if (one.covers(other, CHANNELS)) {
          covered++;
          assertThat(refused)
              .as("%s covers %s", one, other)
              .allMatch(facts -> other.refusal(facts, CHANNELS).isPresent());
        }
      }
    }
    assertThat(covered).isGreaterThan(2 * rules.size());
  }

  @ParameterizedTest
  @CsvSource({"stable, beta, true", "beta, stable, false", "beta, beta, true"})
  void aCarefulChannelCoversOneBehindIt(String one, String other, boolean covers) {
    assertThat(rule("one").on(one).build().covers(rule("other").on(other).build(), CHANNELS))
        .isEqualTo(covers);
  }

  @Test
  void eachConditionThatTheOtherRuleLacksUncoversIt() {
    TargetingRule all = rule("all").build();

    assertThat(
            List.of(
                rule("some").on("stable"),
                rule("some").in("DE"),
                rule("some").notIn("DE"),
                rule("some").speaking("de"),
                rule("some").onHardware("v1"),
                rule("some").onlyCohorts("c1"),
                rule("some").exceptDevices("d1")))
        .allSatisfy(
            some -> {
              assertThat(some.build().covers(all, CHANNELS)).isFalse();
              assertThat(all.covers(some.build(), CHANNELS)).isTrue();
              assertThat(some.build().covers(some.build(), CHANNELS)).isTrue();
            });
  }

  @Test
  void aBroaderLanguageCoversTheOnesBelowIt() {
    TargetingRule chinese = rule("zh").speaking("zh", "en").build();
    TargetingRule traditional = rule("zh-Hant").speaking("zh-Hant", "zh-HK").build();

    assertThat(chinese.covers(traditional, CHANNELS)).isTrue();
    assertThat(traditional.covers(chinese, CHANNELS)).isFalse();
  }

  private static void assertMeans(SampleRule rule, SampleFacts facts) {
    assertThat(rule.build().refusal(facts.build(), CHANNELS)).isEmpty();
  }

  private static void assertRefuses(Refusal refusal, SampleRule rule, SampleFacts facts) {
    assertThat(rule.build().refusal(facts.build(), CHANNELS)).contains(refusal);
  }

  private static List<TargetingRule> someRules(Random random, int count) {
    List<TargetingRule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SampleRule rule = rule("rule " + i);
      rule = random.nextInt(3) > 0 ? rule : rule.on(one(random, "stable", "beta"));
      rule = random.nextInt(3) > 0 ? rule : rule.in("DE");
      rule = random.nextInt(4) > 0 ? rule : rule.notIn("DE");
      rule = random.nextInt(3) > 0 ? rule : rule.speaking(one(random, "zh", "zh-Hant", "en"));
      rule = random.nextInt(3) > 0 ? rule : rule.onHardware(one(random, "v1", "v2"));
      rule = random.nextInt(3) > 0 ? rule : rule.onlyCohorts(one(random, "c1", "c2"));
      rule = random.nextInt(3) > 0 ? rule : rule.exceptCohorts(one(random, "c1", "c2"));
      rules.add(rule.build());
    }
    return rules;
  }

  /** Every value of every fact that the rules above tell apart, and none. */
  private static List<ClientFacts> everyClient() {
    List<ClientFacts> clients = new ArrayList<>();
    for (String channel : List.of("stable", "beta")) {
      for (String country : List.of("", "DE", "FR")) {
        for (String language : List.of("", "zh", "zh-Hant-HK", "en")) {
          for (String hardware : List.of("", "v1", "v2")) {
            for (String cohort : List.of("", "c1", "c2", "c3")) {
              clients.add(client(channel, country, language, hardware, cohort));
            }
          }
        }
      }
    }
    return clients;
  }

  private static ClientFacts client(
      String channel, String country, String language, String hardware, String cohort) {
    SampleFacts facts = installed("1.0").following(channel);
    if (!country.isEmpty()) {
      facts.in(country);
    }
    if (!language.isEmpty()) {
      facts.speaking(language);
    }
    if (!hardware.isEmpty()) {
      facts.onHardware(hardware);
    }
    if (!cohort.isEmpty()) {
      facts.ofCohort(cohort);
    }
    return facts.build();
  }

  @SafeVarargs
  private static <T> T one(Random random, T... of) {
    return of[random.nextInt(of.length)];
  }
}
