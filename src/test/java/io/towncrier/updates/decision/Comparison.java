package io.towncrier.updates.decision;

import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The real decision beside the naive one, and what came up on the way. */
final class Comparison {
  /** What the sample must hold, beside every refusal. */
  static final List<String> OUTCOMES =
      List.of(
          "an offer",
          "an offer of a step on the way",
          "an offer of an older version",
          "an offer with a window",
          "an offer by hand",
          "a release held back",
          "up to date",
          "the end of support");

  private static final int KEPT = 5;

  private final Map<String, Integer> seen = new TreeMap<>();
  private final List<String> mismatches = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int differ;

  private Comparison() {}

  /** Compares that many checks, with the fleets of the seeds from this one on. */
  static Comparison of(long firstSeed, int checks) {
    Comparison comparison = new Comparison();
    int done = 0;
    for (long seed = firstSeed; done < checks; seed++) {
      RandomFleet fleet = RandomFleet.of(seed);
      ProductReleases compiled =
          ProductReleases.of(fleet.product(), fleet.releases()).under(fleet.halt());
      for (RandomFleet.Ask ask : fleet.asks()) {
        comparison.compare("seed " + seed, fleet, compiled, ask);
        done++;
      }
    }
    return comparison;
  }

  /** The first of the answers that differ. */
  List<String> mismatches() {
    return mismatches;
  }

  /** The first of the offers that nobody may ever be made. */
  List<String> broken() {
    return broken;
  }

  /** How often each refusal and each outcome came up. */
  Map<String, Integer> seen() {
    return seen;
  }

  private void compare(
      String seed, RandomFleet fleet, ProductReleases compiled, RandomFleet.Ask ask) {
    UpdateDecision decision =
        DecideUpdate.BY_ALL_GATES
            .decide(compiled, fleet.channels(), ask.facts(), ask.now(), ask.margin())
            .decision();
    NaiveDecision.Told naive =
        NaiveDecision.decide(
            fleet.product(), fleet.releases(), fleet.channels(), ask, fleet.halt());
    if (!Summary.of(decision).equals(Summary.of(naive.decision()))) {
      differ++;
      keep(
          mismatches,
          "%s: %s instead of %s for %s of %s"
              .formatted(seed, Summary.of(decision), Summary.of(naive.decision()), ask, fleet));
    }
    naive.refusals().forEach(refusal -> count(refusal.code()));
    countOutcome(decision, compiled.order(), ask.facts());
    if (decision instanceof UpdateDecision.Offer offer) {
      promise(seed, offer.release(), compiled, ask.facts(), ask.now());
      promise(seed, offer.target(), compiled, ask.facts(), ask.now());
    }
  }

  private void promise(
      String seed, Release offered, ProductReleases compiled, ClientFacts facts, Instant now) {
    boolean older = isOlder(offered, compiled.order(), facts);
    if (older && offered.targeting().rules().stream().noneMatch(TargetingRule::downgrade)) {
      keep(broken, seed + ": down to " + offered.version() + " without permission");
    }
    if (older && facts.ignored().has(Fact.COUNTER)) {
      keep(broken, seed + ": down to " + offered.version() + " with a counter that was not read");
    }
    if (compiled.countersSince().filter(since -> !since.isAfter(now)).isPresent()
        && facts.counter().orElse(0) > offered.counter()) {
      keep(broken, seed + ": the counter falls with " + offered.version());
    }
    if (!offered.targeting().rules().isEmpty()
        && offered.targeting().rules().stream()
            .map(TargetingRule::hardware)
            .noneMatch(h -> h.isEmpty() || facts.hardware().filter(h::contains).isPresent())) {
      keep(broken, seed + ": wrong hardware for " + offered.version());
    }
  }

  private void countOutcome(UpdateDecision decision, VersionOrder order, ClientFacts facts) {
    if (decision instanceof UpdateDecision.Offer offer) {
      count("an offer");
      countIf(!offer.release().equals(offer.target()), "an offer of a step on the way");
      countIf(isOlder(offer.release(), order, facts), "an offer of an older version");
      countIf(offer.window().isPresent(), "an offer with a window");
      countIf(facts.manual(), "an offer by hand");
    } else if (decision instanceof UpdateDecision.HeldBack heldBack) {
      count("a release held back");
      countIf(heldBack.reason() == Refusal.UNKNOWN_VERSION, heldBack.reason().code());
    } else {
      count(decision instanceof UpdateDecision.UpToDate ? "up to date" : "the end of support");
    }
  }

  private static boolean isOlder(Release release, VersionOrder order, ClientFacts facts) {
    Version version = order.read(release.version()).orElseThrow();
    return order.read(facts.version()).orElseThrow().isNewerThan(version);
  }

  private void countIf(boolean is, String what) {
    if (is) {
      count(what);
    }
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  private static void keep(List<String> some, String one) {
    if (some.size() < KEPT) {
      some.add(one);
    }
  }

  /** For people: how many checks, how long they took, what came up. */
  String table(int checks, long seed, Duration took) {
    StringBuilder table = new StringBuilder();
    table.append("%,12d checks from seed %d in %d s%n".formatted(checks, seed, took.toSeconds()));
    table.append("%,12d answers that differ%n".formatted(differ));
    broken.forEach(offer -> table.append("%12s %s%n".formatted("never", offer)));
    seen.forEach((what, times) -> table.append("%,12d %s%n".formatted(times, what)));
    return table.toString();
  }
}
