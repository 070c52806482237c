package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static io.towncrier.releases.targeting.SampleRule.rule;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.InstallWindow.Hours;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.releases.targeting.SampleRule;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.releases.version.VersionScheme;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A product with a few releases, and clients that ask for it: out of so few parts that everything
 * meets everything, and out of the same seed always the same.
 *
 * @param product that is asked for
 * @param releases of it, drafts among them
 * @param channels in their order
 * @param asks of clients
 * @param halt of the whole cell
 */
public record RandomFleet(
    Product product, List<Release> releases, Channels channels, List<Ask> asks, Halt halt) {
  public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private static final Channels CHANNELS = new Channels(List.of("stable", "candidate", "beta"));
  private static final int ASKS = 5;

  private static final Map<VersionScheme, List<String>> VERSIONS =
      Map.of(
          VersionScheme.NATURAL,
          List.of("0.9", "1.0", "1.2", "1.10", "V2.0_build7", "2.0-rc1", "2.0", "v2.0", "3.0"),
          VersionScheme.SEMVER,
          List.of("0.9.0", "1.0.0-rc.1", "1.0.0", "v1.0.0", "1.2.0", "1.10.0", "2.0.0", "2.0.1"),
          VersionScheme.DATE,
          List.of("2024-01-01", "20240101", "20240229", "2025.01.01", "20250101.2", "20260401"),
          VersionScheme.SEQUENCE,
          List.of("amber", "blue", "coral", "dune", "ecru", "fawn", "gold", "hazel"));

  private static final List<String> COUNTRIES = List.of("DE", "FR", "US", "CN", "BV");
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/New_York", "Pacific/Chatham", "Asia/Shanghai");
  private static final List<String> LANGUAGES = NaiveLanguages.ALL;
  private static final List<String> HARDWARE = List.of("v1", "v2", "V1");
  private static final List<String> COHORTS = List.of("c0", "c1", "c2", "c3", "c4", "c5");
  private static final List<String> DEVICES = List.of("d0", "d1", "d2");
  private static final List<String> SALTS = List.of("spring", "summer");
  private static final List<Integer> PRIORITIES = List.of(0, 0, 0, 5, 10);
  private static final List<Rollout.State> HELD =
      List.of(Rollout.State.PAUSED, Rollout.State.HALTED);
  private static final List<String> UNREADABLE = List.of("", "unknown", "1.0 (custom)", "\u202e1");
  private static final List<Duration> MOMENTS =
      List.of(
          Duration.ofDays(-30),
          Duration.ofDays(-2),
          Duration.ofDays(-1),
          Duration.ofHours(-1),
          Duration.ZERO,
          Duration.ofNanos(1),
          Duration.ofHours(1),
          Duration.ofDays(1));

  /**
   * One check.
   *
   * @param facts of the client
   * @param now when it is made
   * @param margin for how long the answer may lie before it is read
   */
  public record Ask(ClientFacts facts, Instant now, Duration margin) {}

  public static RandomFleet of(long seed) {
    return new Maker(new Random(seed)).fleet();
  }

  private static final class Maker {
    private final Random random;
    private final VersionScheme scheme;
    private final List<String> versions;

    Maker(Random random) {
      this.random = random;
      // The first numbers of neighbouring seeds are alike.
      random.nextLong();
      this.scheme = one(List.of(VersionScheme.values()));
      this.versions = new ArrayList<>(VERSIONS.get(scheme));
      Collections.shuffle(versions, random);
    }

    RandomFleet fleet() {
      Product product = someProduct();
      List<SampleRelease> releases = new ArrayList<>();
      int counters = chance(25) ? 1 : 8;
      for (String version : versions.subList(0, 1 + random.nextInt(6))) {
        releases.add(someRelease(product, version, counters));
      }
      List<Ask> asks = new ArrayList<>();
      for (int i = 0; i < ASKS; i++) {
        asks.add(
            new Ask(
                someFacts(),
                NOW.plus(chance(70) ? Duration.ZERO : one(MOMENTS)),
                chance(80) ? Duration.ZERO : Duration.ofMinutes(random.nextInt(120))));
      }
      Halt halt = someHalt();
      releases.forEach(this::translate);
      return new RandomFleet(
          product, releases.stream().map(SampleRelease::build).toList(), CHANNELS, asks, halt);
    }

    /** Drawn behind everything else, too. */
    private void translate(SampleRelease release) {
      if (chance(40)) {
        release.withNotesIn("de", one(LANGUAGES));
      }
    }

    /** Drawn behind the asks: what was drawn before stays as it was. */
    private Halt someHalt() {
      if (!chance(10)) {
        return Halt.NONE;
      }
      Halt halt = Halt.NONE.halted(chance(50), NOW.plus(one(MOMENTS)));
      return chance(30) ? halt.halted(false, NOW.plus(one(MOMENTS))) : halt;
    }

    private Product someProduct() {
      SampleProduct product = SampleProduct.product("archer").ordered(scheme);
      if (chance(15)) {
        product.supportedUntil(one(List.of("2026-04-29", "2026-04-30", "2026-05-01")));
      }
      return chance(15) ? product.securityOnly().build() : product.build();
    }

    private SampleRelease someRelease(Product product, String version, int counters) {
      SampleRelease release =
          release(version)
              .counting(random.nextInt(counters))
              .of(one(List.of(Severity.values())))
              .publishedAt(moment(88).toString());
      if (chance(20)) {
        release.on(one(List.of("candidate", "beta", "unheard-of")));
      }
      if (chance(12)) {
        release.withdrawn();
      } else if (chance(5)) {
        release.draft();
      }
      if (chance(8)) {
        release.allowedIn(one(COUNTRIES), one(COUNTRIES));
      } else if (chance(8)) {
        release.deniedIn(one(COUNTRIES));
      }
      if (chance(45)) {
        release.forRules(someRules());
      }
      if (chance(30)) {
        release.floorFor(someRange());
      }
      if (chance(15)) {
        release.installedWithin(someWindow());
      }
      if (chance(30)) {
        release.rollout(someRollout(product.id() + '/' + version));
      }
      return release;
    }

    private SampleRule[] someRules() {
      SampleRule[] rules = new SampleRule[1 + random.nextInt(3)];
      for (int i = 0; i < rules.length; i++) {
        rules[i] = someRule("rule " + i);
      }
      return rules;
    }

    private SampleRule someRule(String name) {
      SampleRule rule = rule(name).priority(one(PRIORITIES));
      if (chance(25)) {
        rule.mayGoDown();
      }
      if (chance(12)) {
        rule.on(one(List.of("stable", "candidate", "beta", "unheard-of")));
      }
      if (chance(12)) {
        rule.in(one(COUNTRIES), one(COUNTRIES));
      } else if (chance(12)) {
        rule.notIn(one(COUNTRIES));
      }
      if (chance(15)) {
        rule.speaking(one(LANGUAGES), one(LANGUAGES));
      }
      if (chance(15)) {
        rule.onHardware(one(HARDWARE));
      }
      if (chance(15)) {
        rule.installed(someRange());
      }
      if (chance(15)) {
        rule = chance(50) ? rule.onlyCohorts(one(COHORTS)) : rule.onlyDevices(one(DEVICES));
      }
      if (chance(20)) {
        rule = chance(50) ? rule.exceptCohorts(one(COHORTS)) : rule.exceptDevices(one(DEVICES));
      }
      return rule;
    }

    private VersionRange someRange() {
      Optional<String> from = chance(50) ? Optional.of(bound()) : Optional.empty();
      return switch (random.nextInt(from.isPresent() ? 3 : 2)) {
        case 0 -> new VersionRange(from, Optional.of(bound()), Optional.empty());
        case 1 -> new VersionRange(from, Optional.empty(), Optional.of(bound()));
        default -> new VersionRange(from, Optional.empty(), Optional.empty());
      };
    }

    // A sequence has only the versions of its releases; two are there more often than not.
    private String bound() {
      return scheme == VersionScheme.SEQUENCE ? versions.get(random.nextInt(2)) : one(versions);
    }

    private InstallWindow someWindow() {
      Optional<Hours> hours =
          switch (random.nextInt(4)) {
            case 0 -> hours("02:00", "04:00");
            case 1 -> hours("22:30", "05:15");
            case 2 -> hours("12:00", "14:00");
            default -> Optional.empty();
          };
      Set<DayOfWeek> days = hours.isPresent() && chance(30) ? Set.of(DayOfWeek.FRIDAY) : Set.of();
      Optional<LocalDateTime> notBefore =
          hours.isEmpty() || chance(30)
              ? Optional.of(LocalDateTime.parse("2026-05-01T00:00").plusHours(random.nextInt(48)))
              : Optional.empty();
      return new InstallWindow(hours, days, notBefore);
    }

    private static Optional<Hours> hours(String from, String to) {
      return Optional.of(new Hours(LocalTime.parse(from), LocalTime.parse(to)));
    }

    private Rollout someRollout(String ownSalt) {
      Optional<String> salt = chance(30) ? Optional.of(one(SALTS)) : Optional.empty();
      List<Phase> phases = new ArrayList<>();
      int share = 0;
      for (int n = random.nextInt(4); n > 0; n--) {
        share = Math.max(share, someShare(salt.orElse(ownSalt)));
        phases.add(
            new Phase(
                share,
                chance(30) ? Optional.of(moment(60)) : Optional.empty(),
                one(List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1)))));
      }
      Duration heldFor = one(List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(2)));
      Rollout.State state = chance(60) ? Rollout.State.RUNNING : one(HELD);
      Optional<Instant> since =
          state == Rollout.State.RUNNING ? Optional.empty() : Optional.of(moment(90));
      return new Rollout(phases, salt, state, since, heldFor);
    }

    /** Often one that divides the buckets just before or just behind a cohort. */
    private int someShare(String salt) {
      return switch (random.nextInt(5)) {
        case 0 -> 10_000;
        case 1 -> random.nextInt(10_001);
        default -> NaiveDecision.bucket(salt, one(COHORTS)) + random.nextInt(2);
      };
    }

    private ClientFacts someFacts() {
      SampleFacts facts = installed(chance(96) ? one(versions) : one(UNREADABLE));
      facts.following(chance(70) ? "stable" : one(List.of("candidate", "beta", "unheard-of")));
      if (chance(70)) {
        facts.in(one(COUNTRIES));
      }
      if (chance(60)) {
        facts.at(one(ZONES));
      }
      if (chance(70)) {
        facts.speaking(one(LANGUAGES));
      }
      if (chance(80)) {
        facts.ofCohort(one(COHORTS));
      }
      if (chance(70)) {
        facts.onHardware(one(HARDWARE));
      }
      if (chance(25)) {
        facts.counting(random.nextInt(8));
      }
      if (chance(10)) {
        facts.ignoring(Fact.COUNTER);
      }
      if (chance(50)) {
        facts.provedToBe(one(DEVICES));
      }
      return chance(15) ? facts.askedByHand().build() : facts.build();
    }

    private Instant moment(int percentPast) {
      List<Duration> moments = chance(percentPast) ? MOMENTS.subList(0, 5) : MOMENTS;
      return NOW.plus(one(moments));
    }

    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }
  }
}
