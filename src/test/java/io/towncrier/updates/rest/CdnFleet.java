package io.towncrier.updates.rest;

import static io.towncrier.releases.SampleRelease.release;

import io.towncrier.releases.CatalogueStore.Content;
import io.towncrier.releases.CatalogueStore.Revision;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.InstallWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The fleet of docs/scale.md: 52 products with six live versions, in 60 places, of which a few have
 * most of the checks; four of the products are apps. In a week two families get a release, each in
 * four phases of a day.
 */
final class CdnFleet {
  static final Instant MONDAY = Instant.parse("2026-05-04T00:00:00Z");
  static final int PRODUCTS = 52;

  private static final int ROUTERS = 48;
  private static final int VERSIONS = 6;
  private static final int FAMILY = 8;
  private static final Duration INSTALLED_WITHIN = Duration.ofHours(12);
  private static final List<Integer> SHARES = List.of(100, 1_000, 5_000, 10_000);
  // Of the versions, the newest first, in percent.
  private static final int[] OF_VERSION = {80, 10, 5, 3, 1, 1};
  private static final List<Instant> RELEASES =
      List.of(MONDAY.plus(Duration.ofHours(8)), MONDAY.plus(Duration.ofHours(80)));
  private static final String[][] COUNTRIES = {
    {"DE", "Europe/Berlin"},
    {"FR", "Europe/Paris"},
    {"IT", "Europe/Rome"},
    {"ES", "Europe/Madrid"},
    {"PL", "Europe/Warsaw"},
    {"NL", "Europe/Amsterdam"},
    {"RO", "Europe/Bucharest"},
    {"BE", "Europe/Brussels"},
    {"GR", "Europe/Athens"},
    {"CZ", "Europe/Prague"},
    {"PT", "Europe/Lisbon"},
    {"SE", "Europe/Stockholm"},
    {"HU", "Europe/Budapest"},
    {"AT", "Europe/Vienna"},
    {"CH", "Europe/Zurich"},
    {"BG", "Europe/Sofia"},
    {"DK", "Europe/Copenhagen"},
    {"FI", "Europe/Helsinki"},
    {"SK", "Europe/Bratislava"},
    {"IE", "Europe/Dublin"}
  };
  private static final String[] LANGUAGES = {"en", "de", "fr"};

  private CdnFleet() {}

  /** The moments at which somebody publishes; a halt of the second release is the last of them. */
  static Instant halted() {
    return RELEASES.get(1).plus(Duration.ofHours(30));
  }

  static boolean isOfTheHalted(String product) {
    return wave(Integer.parseInt(product.substring("product-".length()))) == 1;
  }

  private static int wave(int product) {
    return product / FAMILY == 0 ? 0 : product / FAMILY == 2 ? 1 : -1;
  }

  /** The catalogue as it stands at a moment: what is not published yet is not in it. */
  static Content at(Instant now) {
    Map<Product, List<Release>> products = new HashMap<>();
    for (int product = 0; product < PRODUCTS; product++) {
      List<Release> releases = new ArrayList<>();
      for (int version = 0; version < VERSIONS; version++) {
        releases.add(usual(product, "1." + version).build());
      }
      int wave = wave(product);
      if (wave >= 0 && !RELEASES.get(wave).isAfter(now)) {
        boolean halt = wave == 1 && !halted().isAfter(now);
        releases.add(
            usual(product, "1.6")
                .publishedAt(RELEASES.get(wave).toString())
                .rollout(phases(halt))
                .build());
      }
      products.put(SampleProduct.product("product-" + product).build(), releases);
    }
    return new Content(
        new Revision(idAt(now), 1), new Channels(List.of("stable", "candidate")), products);
  }

  /** Of the snapshot. */
  static String idAt(Instant now) {
    if (!halted().isAfter(now)) {
      return "cat_halted";
    }
    return !RELEASES.get(1).isAfter(now)
        ? "cat_2"
        : !RELEASES.get(0).isAfter(now) ? "cat_1" : "cat_0";
  }

  /** Every second one leaves out a country, every third has hours. */
  private static SampleRelease usual(int product, String version) {
    SampleRelease release = release(version).withNotesIn("en", "de", "fr");
    if (product % 2 == 0) {
      release.deniedIn("CN");
    }
    return product % 3 == 0
        ? release.installedWithin(
            new InstallWindow(
                Optional.of(new InstallWindow.Hours(LocalTime.of(2, 0), LocalTime.of(5, 0))),
                Set.of(),
                Optional.empty()))
        : release;
  }

  private static Rollout phases(boolean halted) {
    List<Phase> phases =
        SHARES.stream().map(s -> new Phase(s, Optional.empty(), Duration.ofDays(1))).toList();
    return new Rollout(
        phases,
        Optional.empty(),
        halted ? Rollout.State.HALTED : Rollout.State.RUNNING,
        halted ? Optional.of(halted()) : Optional.empty(),
        Duration.ZERO);
  }

  /** One client of the fleet at a moment: who was offered something has it after some hours. */
  static Asking any(Random random, Instant now) {
    // A third of the checks are those of apps; routers have no display, and so no language.
    boolean app = random.nextInt(3) == 0;
    int product = app ? ROUTERS + skewed(random, PRODUCTS - ROUTERS) : skewed(random, ROUTERS);
    String[] country = COUNTRIES[skewed(random, COUNTRIES.length)];
    String cohort = Long.toHexString(random.nextLong());
    Map<Fact, String> texts = new HashMap<>();
    texts.put(Fact.VERSION, "1." + version(random));
    texts.put(Fact.COUNTRY, country[0]);
    texts.put(Fact.TIMEZONE, country[1]);
    if (app) {
      texts.put(Fact.LANGUAGE, LANGUAGES[skewed(random, LANGUAGES.length)]);
    }
    texts.put(Fact.CHANNEL, "stable");
    texts.put(Fact.COHORT, cohort);
    int wave = wave(product);
    if (wave >= 0 && texts.get(Fact.VERSION).equals("1.5")) {
      int bucket = Bucket.of("product-" + product + "/1.6", cohort);
      double installed = -Math.log(1 - random.nextDouble()) * INSTALLED_WITHIN.toSeconds();
      for (int phase = 0; phase < SHARES.size(); phase++) {
        Instant begins = RELEASES.get(wave).plus(Duration.ofDays(phase));
        boolean inside = bucket < SHARES.get(phase) && !(wave == 1 && begins.isAfter(halted()));
        if (inside) {
          boolean has = begins.plusSeconds((long) installed).isBefore(now);
          texts.put(Fact.VERSION, has ? "1.6" : "1.5");
          break;
        }
      }
    }
    return new Asking("product-" + product, new RandomClient(texts), random.nextInt(4));
  }

  private static int version(Random random) {
    int at = random.nextInt(100);
    for (int i = 0; i < OF_VERSION.length; i++) {
      at -= OF_VERSION[i];
      if (at < 0) {
        return VERSIONS - 1 - i;
      }
    }
    return 0;
  }

  /** A few of them have most: of 52 the first tenth has a half. */
  private static int skewed(Random random, int of) {
    return (int) (of * Math.pow(random.nextDouble(), 3));
  }

  /**
   * Who asks.
   *
   * @param place one of the four regional caches
   */
  record Asking(String product, RandomClient client, int place) {}
}
