package io.towncrier.updates.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.version.VersionScheme;
import io.towncrier.updates.AskedFor;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.decision.RandomFleet;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What matters, over catalogues and clients that chance made (docs/adr/0038). */
class MattersTest {
  private static final int OTHERS = 4;

  private final Map<Fact, Integer> mattered = new EnumMap<>(Fact.class);
  private int nothingMattered;
  private int offers;

  @Test
  void whateverStandsInAFactThatDoesNotMatterTheAnswerHasTheSameBytes() {
    theBytesAreTheSame(0, 200_000);

    assertThat(nothingMattered).isGreaterThan(5_000);
    assertThat(offers).isGreaterThan(5_000);
    EnumSet<Fact> optional = EnumSet.allOf(Fact.class);
    optional.removeAll(EnumSet.of(Fact.VERSION, Fact.ROLLOUTS));
    assertThat(mattered.keySet()).as("each fact both matters and does not").isEqualTo(optional);
    assertThat(mattered.values()).allSatisfy(times -> assertThat(times).isBetween(1_000, 40_000));
  }

  @Test
  void whoLeavesOutWhatDoesNotMatterGetsTheAnswerOfWhoSendsEverything() {
    theAnswersAreThoseOfEverything(0, 20_000);
  }

  @Test
  void aReleaseThatIsNotOutYetShowsInNothingThatAClientIsAsked() {
    int compared = 0;
    for (long seed = 0; seed < 8_000; seed++) {
      RandomFleet fleet = RandomFleet.of(seed);
      Random random = random(seed);
      for (RandomFleet.Ask ask : fleet.asks().subList(0, 1)) {
        List<Release> out =
            fleet.releases().stream().filter(release -> isNoSecret(release, ask.now())).toList();
        RandomClient client = RandomClient.of(fleet, random);
        // In a sequence, versions that are named by no release are no versions at all.
        if (out.size() == fleet.releases().size()
            || fleet.product().scheme() == VersionScheme.SEQUENCE) {
          continue;
        }
        AskedFor with = asked(fleet, fleet.releases(), ask.now(), client);
        AskedFor without = asked(fleet, out, ask.now(), client);
        assertThat(with.matters()).as("seed %d: %s", seed, client).isEqualTo(without.matters());
        assertThat(with.missing()).as("seed %d: %s", seed, client).isEqualTo(without.missing());
        assertThat(with.rollouts()).as("seed %d", seed).isEqualTo(without.rollouts());
        assertThat(with.until().isEmpty() || with.until().equals(without.until())).isTrue();
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  /** Run by bench/matters alone. */
  @Test
  @Tag("bench")
  void asManyFactsAsTheBenchAsksForAreSound() {
    int facts = Integer.getInteger("matters.facts", 10_000_000);
    long seed = Long.getLong("matters.seed", 1L << 33);

    theBytesAreTheSame(seed, facts);
    theAnswersAreThoseOfEverything(seed, facts / 5);

    System.out.printf(
        "%,d facts from seed %d: the bytes are the same%n%,12d answers where nothing matters%n",
        facts, seed, nothingMattered);
    System.out.printf("%,12d offers%n", offers);
    mattered.forEach((fact, times) -> System.out.printf("%,12d with %s%n", times, fact.code()));
  }

  private void theBytesAreTheSame(long firstSeed, int facts) {
    int done = 0;
    for (long seed = firstSeed; done < facts; seed++) {
      RandomFleet fleet = RandomFleet.of(seed);
      Random random = random(seed);
      AnsweredFleet service = new AnsweredFleet(fleet, fleet.releases());
      for (RandomFleet.Ask ask : fleet.asks()) {
        service.at(ask.now());
        RandomClient client = RandomClient.of(fleet, random);
        CheckResult answer = service.ask(client);
        if (!answer.asked().orElseThrow().rollouts().isEmpty() && random.nextBoolean()) {
          client = claiming(client, answer.asked().orElseThrow(), random);
          answer = service.ask(client);
        }
        count(answer);
        String expected = AnsweredFleet.bytes(answer);
        for (int other = 0; other < OTHERS; other++) {
          RandomClient changed = changed(client, answer.asked().orElseThrow(), random, other);
          assertThat(AnsweredFleet.bytes(service.ask(changed)))
              .as("seed %d at %s: %s instead of %s", seed, ask.now(), changed, client)
              .isEqualTo(expected);
          done++;
        }
      }
    }
  }

  /** Who says of each rollout whether it is inside. */
  private static RandomClient claiming(RandomClient client, AskedFor asked, Random random) {
    String claims =
        asked.rollouts().stream()
            .map(share -> share.id() + (random.nextBoolean() ? "-in" : "-out"))
            .collect(Collectors.joining("."));
    return client.with(Fact.COHORT, null).with(Fact.ROLLOUTS, claims);
  }

  /** Another client that says the same of all that matters; the first says nothing else. */
  private static RandomClient changed(
      RandomClient client, AskedFor asked, Random random, int number) {
    RandomClient changed = client;
    for (Fact fact : Fact.ALL) {
      boolean counts =
          asked.matters().has(fact == Fact.ROLLOUTS ? Fact.COHORT : fact) || fact == Fact.VERSION;
      if (!counts) {
        boolean said = number > 0 && random.nextInt(4) > 0;
        changed = changed.with(fact, said ? RandomClient.any(fact, random) : null);
      }
    }
    return changed;
  }

  private void theAnswersAreThoseOfEverything(long firstSeed, int checks) {
    int done = 0;
    int asksAgain = 0;
    for (long seed = firstSeed; done < checks; seed++) {
      RandomFleet fleet = RandomFleet.of(seed);
      Random random = random(seed);
      AnsweredFleet service = new AnsweredFleet(fleet, fleet.releases());
      for (RandomFleet.Ask ask : fleet.asks()) {
        service.at(ask.now());
        RandomClient client = RandomClient.of(fleet, random).with(Fact.ROLLOUTS, null);
        if ("(null)".equals(client.get(Fact.COHORT))) {
          // Nobody computes shares of that.
          client = client.with(Fact.COHORT, null);
        }
        EnumSet<Fact> remembered = EnumSet.noneOf(Fact.class);
        if (random.nextInt(3) > 0) {
          Fact.ALL.stream().filter(fact -> random.nextInt(3) == 0).forEach(remembered::add);
        }
        Following following = new Following(client, service::ask).remembering(remembered);
        String as =
            "seed %d at %s: %s that remembered %s".formatted(seed, ask.now(), client, remembered);
        String everything = whatItActsOn(service.ask(client));
        assertThat(whatItActsOn(following.check())).as(as).isEqualTo(everything);
        asksAgain += following.requests() - 1;
        assertThat(whatItActsOn(following.check())).as(as).isEqualTo(everything);
        assertThat(following.requests()).as(as + ", the next time").isEqualTo(1);
        done += 2;
      }
    }
    assertThat(asksAgain).isGreaterThan(checks / 20);
  }

  /** All but what it is asked: a client outside of a rollout is asked for less. */
  private static String whatItActsOn(CheckResult answer) {
    return AnsweredFleet.json(answer)
        .replaceAll("\"(matters|ignored|askAgainWith)\":\\[[^]]*],", "");
  }

  private void count(CheckResult answer) {
    AskedFor asked = answer.asked().orElseThrow();
    nothingMattered += asked.matters().isEmpty() ? 1 : 0;
    offers += answer.outcome() instanceof UpdateDecision.Offer ? 1 : 0;
    Fact.ALL.stream()
        .filter(asked.matters()::has)
        .forEach(fact -> mattered.merge(fact, 1, Integer::sum));
  }

  private static AskedFor asked(
      RandomFleet fleet, List<Release> releases, Instant now, RandomClient client) {
    return new AnsweredFleet(fleet, releases).at(now).ask(client).asked().orElseThrow();
  }

  private static boolean isNoSecret(Release release, Instant now) {
    return release.state() != Release.State.PUBLISHED || !now.isBefore(release.publishedAt());
  }

  private static Random random(long seed) {
    Random random = new Random(seed ^ 0x5eed);
    random.nextLong();
    return random;
  }
}
