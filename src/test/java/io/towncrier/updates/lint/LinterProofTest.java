package io.towncrier.updates.lint;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.releases.targeting.SampleRule;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.decision.UpdateDecision;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The linter against walks with every combination of facts and every version, on random catalogues.
 */
@Tag("zoneless")
class LinterProofTest {
  private static final Channels CHANNELS = new Channels(List.of("stable", "beta"));
  private static final Product ARCHER = SampleProduct.product("archer").build();
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
  private static final int CATALOGUES = 3_000;
  private static final int PRODUCTS = 2_000;
  private static final int PRODUCTS_OF_A_BATCH = 50;
  private static final int BATCHES = 4;

  @Test
  void whatTheLinterProvesNoWalkRefutes() {
    Random random = new Random(20261124);
    int broken = 0;
    for (int i = 0; i < CATALOGUES; i++) {
      List<Release> releases = catalogue(random);
      Set<String> codes = new TreeSet<>();
      Linter.lint(ARCHER, releases, CHANNELS, reporting("2.5", "0.5")).stream()
          .map(Finding::code)
          .filter(Set.of("unreachable", "cycle")::contains)
          .forEach(codes::add);
      Set<String> walked = walks(releases);

      assertThat(codes).as("catalogue %d: %s", i, releases).isEqualTo(walked);
      broken += walked.isEmpty() ? 0 : 1;
    }
    // Both verdicts are frequent, or nothing would be shown.
    assertThat(broken).isBetween(CATALOGUES / 10, CATALOGUES * 9 / 10);
  }

  /** In batches, of which the best counts: what else the machine does only makes one slower. */
  @Test
  void thousandsOfProductsAreLintedWithinSeconds() {
    lintSeconds(0);
    double best = Double.MAX_VALUE;
    for (int batch = 1; batch <= BATCHES; batch++) {
      best = Math.min(best, lintSeconds(batch));
    }
    double all = best * PRODUCTS / PRODUCTS_OF_A_BATCH;
    System.out.printf("2,000 products x 20 releases x 5 rules are linted in %.1f s%n", all);
    assertThat(all).isLessThan(30);
  }

  private static double lintSeconds(int batch) {
    List<List<Release>> products = new ArrayList<>();
    for (int product = 0; product < PRODUCTS_OF_A_BATCH; product++) {
      products.add(large(batch * PRODUCTS_OF_A_BATCH + product));
    }
    // Of this thread: what else the machine does at the time is no matter of the linter.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    for (List<Release> releases : products) {
      assertThat(Linter.lint(ARCHER, releases, CHANNELS, reporting("0.5", "3.3")))
          .noneMatch(finding -> finding.code().equals("too-many-kinds"));
    }
    return (threads.getCurrentThreadCpuTime() - start) / 1e9;
  }

  private static List<Release> large(int product) {
    List<Release> releases = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      releases.add(
          release(i + ".0")
              .counting(i)
              .forRules(
                  rule("canary").priority(5).onlyCohorts("fleet" + product, "slice" + i),
                  rule("v1").priority(4).onHardware("v1").in("DE", "FR"),
                  rule("v2").priority(3).onHardware("v2").notIn("CN").before(i + ".0"),
                  rule("german").priority(2).speaking("de").in("DE", "AT", "CH"),
                  rule("beta").priority(1).on("beta").notIn("CN", "RU"))
              .build());
    }
    return releases;
  }

  private static Set<String> walks(List<Release> releases) {
    Set<String> found = new TreeSet<>();
    ProductReleases compiled = ProductReleases.of(ARCHER, releases);
    Set<String> versions = new TreeSet<>(Set.of("2.5", "0.5"));
    releases.forEach(release -> versions.add(release.version()));
    for (Client client : everybody()) {
      Map<String, Optional<String>> nexts = new HashMap<>();
      for (String start : versions) {
        Set<String> way = new HashSet<>();
        String at = start;
        Optional<String> next = Optional.of(start);
        while (next.isPresent() && way.add(next.get())) {
          at = next.get();
          next = nexts.computeIfAbsent(at, from -> next(compiled, client.having(from)));
        }
        if (next.isPresent()) {
          found.add("cycle");
        } else if (isOlder(at, best(releases, client.having(start), start))) {
          found.add("unreachable");
        }
      }
    }
    return found;
  }

  private static Optional<String> next(ProductReleases releases, ClientFacts facts) {
    return DecideUpdate.BY_ALL_GATES
                .decide(releases, CHANNELS, facts, LATER, Duration.ZERO)
                .decision()
            instanceof UpdateDecision.Offer offer
        ? Optional.of(offer.release().version())
        : Optional.empty();
  }

  /** Where a client would go if any version could be followed by any newer one. */
  private static Optional<String> best(List<Release> releases, ClientFacts facts, String start) {
    int held =
        releases.stream()
            .filter(r -> r.version().equals(start) && r.state() == Release.State.PUBLISHED)
            .flatMap(r -> priority(r, facts).stream())
            .findFirst()
            .orElse(-1);
    return releases.stream()
        .filter(r -> r.state() == Release.State.PUBLISHED && number(r.version()) > number(start))
        .filter(r -> CHANNELS.reaches(facts.channel(), r.targeting().channel()))
        .filter(r -> priority(r, facts).isPresent())
        .max(
            Comparator.<Release>comparingInt(r -> priority(r, facts).get())
                .thenComparing(r -> number(r.version())))
        .filter(r -> priority(r, facts).get() >= held)
        .map(Release::version);
  }

  private static Optional<Integer> priority(Release release, ClientFacts facts) {
    List<TargetingRule> rules = release.targeting().rules();
    return rules.isEmpty()
        ? Optional.of(0)
        : rules.stream()
            .filter(rule -> rule.refusal(facts, CHANNELS).isEmpty())
            .map(TargetingRule::priority)
            .max(Comparator.naturalOrder());
  }

  private static boolean isOlder(String version, Optional<String> target) {
    return target.isPresent() && number(target.get()) > number(version);
  }

  private static double number(String version) {
    return Double.parseDouble(version);
  }

  private static List<Release> catalogue(Random random) {
    List<Release> releases = new ArrayList<>();
    for (int version = 1; version <= 4; version++) {
      SampleRelease one = release(version + ".0");
      if (random.nextInt(8) == 0) {
        one.withdrawn();
      }
      if (random.nextInt(6) == 0) {
        one.on("beta");
      }
      if (random.nextInt(4) == 0) {
        one.floorBefore((1 + random.nextInt(version)) + ".0");
      }
      SampleRule[] rules = new SampleRule[random.nextInt(3)];
      for (int i = 0; i < rules.length; i++) {
        rules[i] = condition(random, version, rule("r" + i).priority(random.nextInt(3)));
      }
      releases.add(one.forRules(rules).build());
    }
    return releases;
  }

  private static SampleRule condition(Random random, int version, SampleRule rule) {
    switch (random.nextInt(7)) {
      case 0 -> rule.in("DE");
      case 1 -> rule.onHardware("v1", "v2");
      case 2 -> rule.speaking("de");
      case 3 -> rule.onlyCohorts("c1").exceptDevices("d1");
      case 4 -> rule.on("beta");
      case 5 -> rule.from(random.nextInt(version) + ".5");
      default -> rule.before((1 + random.nextInt(4)) + ".5");
    }
    if (random.nextInt(12) == 0) {
      rule.installed(
              new VersionRange(Optional.of(version + ".5"), Optional.empty(), Optional.of("9.0")))
          .mayGoDown();
    }
    return rule;
  }

  private static List<Client> everybody() {
    List<Client> all = new ArrayList<>();
    for (String channel : CHANNELS.inOrder()) {
      for (int bits = 0; bits < 32; bits++) {
        int b = bits;
        all.add(
            version -> {
              SampleFacts facts = SampleFacts.installed(version).following(channel);
              facts.in((b & 1) != 0 ? "DE" : "FR").speaking((b & 2) != 0 ? "de-AT" : "fr");
              facts.ofCohort((b & 4) != 0 ? "c1" : "c2");
              facts = (b & 8) != 0 ? facts.onHardware("v1") : facts;
              facts = (b & 16) != 0 ? facts.provedToBe("d1") : facts;
              return facts.build();
            });
      }
    }
    return all;
  }

  private interface Client {
    ClientFacts having(String version);
  }

  private static Linter.Reported reporting(String... versions) {
    return new Linter.Reported(Set.of(versions), false);
  }
}
