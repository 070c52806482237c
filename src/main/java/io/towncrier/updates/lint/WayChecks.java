package io.towncrier.updates.lint;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Targeting;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Walks from every live version to where the decision leads, for every kind of client, by the
 * decision itself. The target is where it would lead if no floor and no condition on the installed
 * version stood in the way.
 */
final class WayChecks {
  /** So many walks take about a second. */
  private static final int MAX_WALKS = 200_000;

  private static final int MAX_FINDINGS = 20;

  private final Channels channels;
  private final ProductReleases releases;
  private final ProductReleases withoutSteps;
  private final Map<String, Long> counters = new HashMap<>();
  private final Instant end;
  private final Findings findings;
  private final Set<String> reached = new LinkedHashSet<>();
  private int stuck;

  private WayChecks(Product product, List<Release> all, Channels channels, Findings findings) {
    this.channels = channels;
    this.findings = findings;
    this.releases = ProductReleases.of(product, all.stream().map(WayChecks::finished).toList());
    this.withoutSteps =
        ProductReleases.of(
            product, all.stream().map(WayChecks::finished).map(WayChecks::withoutSteps).toList());
    this.end = all.stream().map(Release::publishedAt).max(Instant::compareTo).orElse(Instant.EPOCH);
    all.forEach(release -> counters.put(release.version(), release.counter()));
  }

  static void check(
      Product product, List<Release> all, Channels channels, Set<String> live, Findings findings) {
    WayChecks checks = new WayChecks(product, all, channels, findings);
    Set<String> versions = new TreeSet<>(checks.counters.keySet());
    live.stream().filter(v -> checks.releases.order().read(v).isPresent()).forEach(versions::add);
    long unknown = live.stream().filter(v -> checks.releases.order().read(v).isEmpty()).count();
    if (unknown > 0) {
      findings.warning(
          "unknown-live-version",
          unknown + " versions that devices report are none in the product's scheme");
    }
    FactClasses classes = new FactClasses(all, channels);
    int limit = Math.max(1, MAX_WALKS / Math.max(1, versions.size()));
    if (classes.count() > limit) {
      findings.warning(
          "too-many-kinds",
          "the rules tell "
              + classes.count()
              + " kinds of clients apart; "
              + limit
              + " were tried");
    }
    for (ClientFacts client : classes.atMost(limit)) {
      checks.walks(client, versions);
    }
    checks.floors(all, versions);
  }

  private void walks(ClientFacts client, Set<String> versions) {
    Map<String, Optional<String>> next = new HashMap<>();
    for (String start : versions) {
      String at = start;
      Set<String> way = new LinkedHashSet<>();
      while (way.add(at)) {
        Optional<String> step =
            next.computeIfAbsent(at, version -> offered(releases, client, version, true));
        if (step.isEmpty()) {
          break;
        }
        reached.add(step.get());
        at = step.get();
      }
      if (next.getOrDefault(at, Optional.empty()).isPresent()) {
        report("cycle", "devices are sent in a circle: " + String.join(" to ", way) + " to " + at);
        return;
      }
      stopsEarly(client, start, at);
    }
  }

  private void stopsEarly(ClientFacts client, String start, String at) {
    Optional<String> target = offered(withoutSteps, client, start, false);
    if (target.isPresent() && version(target.get()).isNewerThan(version(at))) {
      report(
          "unreachable",
          "from %s devices come to %s and never to %s%s"
              .formatted(start, at, target.get(), kindOf(client)));
    }
  }

  private void floors(List<Release> all, Set<String> versions) {
    for (Release floor : all) {
      boolean needed =
          floor.targeting().floorFor().isPresent()
              && floor.state() == Release.State.PUBLISHED
              && versions.stream().anyMatch(v -> binds(floor, v));
      if (needed && !reached.contains(floor.version())) {
        findings.error(floor, "floorFor", "floor-unreachable", "no client ever comes to it");
      }
    }
  }

  private boolean binds(Release floor, String version) {
    return version(floor.version()).isNewerThan(version(version))
        && releases.newestFirst().stream()
            .filter(candidate -> candidate.version().equals(version(floor.version())))
            .anyMatch(candidate -> candidate.floorFor().orElseThrow().contains(version(version)));
  }

  private Optional<String> offered(
      ProductReleases from, ClientFacts client, String installed, boolean next) {
    OptionalLong counter =
        counters.containsKey(installed)
            ? OptionalLong.of(counters.get(installed))
            : OptionalLong.empty();
    UpdateDecision decision =
        DecideUpdate.BY_ALL_GATES
            .decide(from, channels, client.having(installed, counter), end, Duration.ZERO)
            .decision();
    return decision instanceof UpdateDecision.Offer offer
        ? Optional.of((next ? offer.release() : offer.target()).version())
        : Optional.empty();
  }

  private Version version(String text) {
    return releases.order().read(text).orElseThrow();
  }

  private void report(String code, String message) {
    // One cause stops many versions of many kinds of clients.
    if (stuck++ < MAX_FINDINGS) {
      findings.error(code, message);
    }
  }

  private static String kindOf(ClientFacts client) {
    StringBuilder kind = new StringBuilder(" (channel ").append(client.channel());
    client.country().ifPresent(country -> kind.append(", country ").append(country));
    client.language().ifPresent(language -> kind.append(", language ").append(language));
    client.hardware().ifPresent(hardware -> kind.append(", hardware ").append(hardware));
    return kind.append(')').toString();
  }

  private static Release finished(Release release) {
    return release.rollout().state() == Rollout.State.HALTED ? release : release.with(Rollout.FULL);
  }

  private static Release withoutSteps(Release release) {
    Targeting targeting = release.targeting();
    UnaryOperator<TargetingRule> anyVersion =
        rule ->
            new TargetingRule(
                rule.name(),
                rule.priority(),
                rule.channel(),
                rule.countries(),
                rule.languages(),
                rule.hardware(),
                Optional.empty(),
                rule.only(),
                rule.except(),
                false);
    return new Release(
        release.version(),
        release.counter(),
        release.state(),
        release.severity(),
        release.mandatory(),
        release.publishedAt(),
        new Targeting(
            targeting.channel(),
            targeting.countries(),
            targeting.rules().stream().map(anyVersion).toList(),
            Optional.empty(),
            targeting.install()),
        release.rollout(),
        release.content());
  }
}
