package io.towncrier.updates.rest;

import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.decision.RandomFleet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of a {@link RandomFleet}, as texts: what it knows of itself, some of it not to be read.
 *
 * @param texts by fact; the version always
 */
record RandomClient(Map<Fact, String> texts) {
  private static final Map<Fact, List<String>> POSSIBLE =
      Map.of(
          Fact.COUNTRY, List.of("DE", "FR", "US", "CN", "BV", "RUS"),
          Fact.TIMEZONE,
              List.of("Europe/Berlin", "America/New_York", "Pacific/Chatham", "CET-1CEST"),
          Fact.LANGUAGE, List.of("en", "en-GB", "zh-TW", "es-MX", "nn", "de-CH-1996", "!!"),
          Fact.CHANNEL, List.of("stable", "stable", "candidate", "beta", "lts", "\u202e"),
          Fact.COHORT, List.of("c0", "c1", "c2", "c3", "c4", "c5", "(null)"),
          Fact.HARDWARE, List.of("v1", "v2", "V1", "none"),
          Fact.COUNTER, List.of("0", "1", "3", "5", "7", "-1"),
          Fact.MANUAL, List.of("true", "true", "false", "yes"),
          Fact.ROLLOUTS, List.of("00000000-in", "0123abcd-out.00000000-in", "2-in"));

  RandomClient {
    texts = Map.copyOf(texts);
  }

  /** Who knows each fact with a chance of nine in ten, and asks by hand seldom. */
  static RandomClient of(RandomFleet fleet, Random random) {
    Map<Fact, String> texts = new EnumMap<>(Fact.class);
    for (Fact fact : Fact.ALL) {
      boolean seldom = fact == Fact.MANUAL || fact == Fact.ROLLOUTS;
      if (fact != Fact.VERSION && random.nextInt(10) < (seldom ? 1 : 9)) {
        texts.put(fact, any(fact, random));
      }
    }
    List<Release> releases = fleet.releases();
    texts.put(
        Fact.VERSION,
        random.nextInt(20) == 0
            ? "unknown"
            : releases.get(random.nextInt(releases.size())).version());
    return new RandomClient(texts);
  }

  static String any(Fact fact, Random random) {
    List<String> possible = POSSIBLE.get(fact);
    return possible.get(random.nextInt(possible.size()));
  }

  @Nullable String get(Fact fact) {
    return texts.get(fact);
  }

  /** The same, saying these alone. */
  RandomClient saying(Set<Fact> facts) {
    Map<Fact, String> kept = new EnumMap<>(texts);
    kept.keySet().retainAll(facts);
    return new RandomClient(kept);
  }

  /** The same, with this in place of what it says. */
  RandomClient with(Fact fact, @Nullable String text) {
    Map<Fact, String> changed = new EnumMap<>(texts);
    if (text == null) {
      changed.remove(fact);
    } else {
      changed.put(fact, text);
    }
    return new RandomClient(changed);
  }

  /** As a CDN keeps it. */
  String query() {
    StringBuilder query = new StringBuilder();
    Fact.ALL.forEach(
        fact -> {
          if (texts.containsKey(fact)) {
            query.append(query.length() == 0 ? '?' : '&').append(fact.code()).append('=');
            query.append(texts.get(fact));
          }
        });
    return query.toString();
  }

  ReadFacts facts() {
    return ReadFacts.of(texts::get);
  }
}
