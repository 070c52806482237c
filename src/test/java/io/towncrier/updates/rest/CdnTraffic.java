package io.towncrier.updates.rest;

import io.towncrier.releases.CatalogueStore.Content;
import io.towncrier.testing.Configs;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.UpdatesConfig;
import io.towncrier.updates.decision.UpdateDecision;
import io.towncrier.updates.snapshots.SnapshotSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Checks of docs/scale.md through regional caches that keep an answer for a minute. */
final class CdnTraffic {
  private static final UpdatesConfig CONFIG =
      Configs.of(UpdatesConfig.class, Map.of("towncrier.updates.checks-per-second", "1000000000"));
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int PER_SECOND = 694;
  // One in so many is compared with what the service says to all facts.
  private static final int COMPARED = 50;

  private final Random random = new Random(38);
  private final Map<String, AnswerCheck> services = new HashMap<>();
  private final Map<String, Kept> cache = new HashMap<>();
  private final Map<Integer, Integer> byRequests = new TreeMap<>();
  private final boolean everything;
  private Instant now = CdnFleet.MONDAY;
  private int checks;
  private int atTheCdn;
  private int requests;
  private int toTheOrigin;
  private int others;
  private Duration offeredAfterHalt = Duration.ofSeconds(-1);

  /** Clients that follow the answers, or that send everything each time. */
  CdnTraffic(boolean everything) {
    this.everything = everything;
  }

  private record Kept(CheckResult answer, Instant since) {}

  /** A warm-up of a minute and more, then so many seconds that count. */
  void run(Instant from, int seconds) {
    cache.clear();
    for (long second = -70; second < seconds; second++) {
      for (int i = 0; i < PER_SECOND; i++) {
        now = from.plusSeconds(second).plusMillis(1000L * i / PER_SECOND);
        check(second >= 0);
      }
    }
  }

  private void check(boolean counts) {
    CdnFleet.Asking asking = CdnFleet.any(random, now);
    Instant asked = now;
    int origin = toTheOrigin;
    int sent = requests;
    CheckResult answer;
    if (everything) {
      answer = through(asking, asking.client());
    } else {
      Following client = new Following(asking.client(), said -> atOrigin(asking, said));
      // What it remembers is of its check before.
      now = asked.minusSeconds((long) (21_600 * (0.9 + 0.2 * random.nextDouble())));
      client.check();
      now = asked;
      answer = client.through(said -> through(asking, said)).check();
    }
    if (counts) {
      checks++;
      atTheCdn += toTheOrigin == origin ? 1 : 0;
      byRequests.merge(requests - sent, 1, Integer::sum);
      compare(asking, answer);
    } else {
      toTheOrigin = origin;
      requests = sent;
    }
  }

  private void compare(CdnFleet.Asking asking, CheckResult answer) {
    if (answer.outcome() instanceof UpdateDecision.Offer offer
        && offer.target().version().equals("1.6")
        && CdnFleet.isOfTheHalted(asking.product())
        && !now.isBefore(CdnFleet.halted())) {
      Duration after = Duration.between(CdnFleet.halted(), now);
      offeredAfterHalt = after.compareTo(offeredAfterHalt) > 0 ? after : offeredAfterHalt;
    }
    if (checks % COMPARED == 0) {
      others += isOwn(asking, answer) ? 0 : 1;
    }
  }

  /** Whether it is what the service says to everything, now or within the life of a copy. */
  private boolean isOwn(CdnFleet.Asking asking, CheckResult answer) {
    Instant asked = now;
    try {
      for (int age = 0; age <= KEPT.toSeconds(); age++) {
        now = asked.minusSeconds(age);
        if (decisionOf(atOrigin(asking, asking.client())).equals(decisionOf(answer))) {
          return true;
        }
      }
      return false;
    } finally {
      now = asked;
    }
  }

  private static String decisionOf(CheckResult answer) {
    String json = AnsweredFleet.json(answer);
    int behind = json.indexOf("\"nextCheckSeconds\"");
    return json.substring(0, behind).replaceAll("\"installWindow\":\\{[^}]*},", "");
  }

  private CheckResult through(CdnFleet.Asking asking, RandomClient said) {
    requests++;
    String key = asking.place() + asking.product() + said.query();
    Kept kept = cache.get(key);
    if (kept != null && now.isBefore(kept.since().plus(KEPT))) {
      return kept.answer();
    }
    toTheOrigin++;
    CheckResult answer = atOrigin(asking, said);
    cache.put(key, new Kept(answer, now));
    return answer;
  }

  private CheckResult atOrigin(CdnFleet.Asking asking, RandomClient said) {
    return services
        .computeIfAbsent(CdnFleet.idAt(now), id -> service(CdnFleet.at(now)))
        .run(asking.product(), said.facts())
        .await()
        .indefinitely();
  }

  private AnswerCheck service(Content content) {
    return AnswerCheck.from(SnapshotSource.fixed(content), new CheckCounters(), CONFIG, () -> now);
  }

  /** Of a hundred checks, those that asked the service nothing. */
  double percentAtTheCdn() {
    return 100.0 * atTheCdn / checks;
  }

  double originRequestsPerCheck() {
    return (double) toTheOrigin / checks;
  }

  double requestsPerCheck() {
    return (double) requests / checks;
  }

  int checks() {
    return checks;
  }

  /** How many checks took so many requests. */
  Map<Integer, Integer> byRequests() {
    return byRequests;
  }

  /** Answers that were another client's. */
  int others() {
    return others;
  }

  /** How long after the halt something of it was offered last; negative when nothing was. */
  Duration offeredAfterHalt() {
    return offeredAfterHalt;
  }
}
