package io.towncrier.updates.lint;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Targeting;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.updates.decision.Candidate;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Walks from every live version to where the decision leads, for every kind of client, by the
 * decision itself. The target is where it would lead if no floor and no condition on the installed
 * version stood in the way.
 */
final class UpgradePathChecks {
  /** So many decisions take about a second. */
  private static final int MAX_WALKS = 200_000;

  private static final int MAX_FINDINGS = 20;

  private final Channels channels;
  private final ProductReleases releases;
  private final ProductReleases withoutSteps;
  private final LiveVersions live;
  private final Instant end;
  private final boolean downgrades;
  private final Findings findings;
  // By identity: these are always the same objects, and a release is long to be hashed.
  private final Set<Release> reached = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> reported = new HashSet<>();
  // Each is asked for in every walk.
  private final Map<String, Version> versions = new HashMap<>();

  private UpgradePathChecks(
      Product product, List<Release> all, Channels channels, LiveVersions live, Findings findings) {
    this.channels = channels;
    this.live = live;
    this.findings = findings;
    List<Release> finished = all.stream().map(UpgradePathChecks::finished).toList();
    this.releases = ProductReleases.of(product, finished);
    this.withoutSteps =
        ProductReleases.of(
            product, finished.stream().map(UpgradePathChecks::withoutSteps).toList());
    this.downgrades =
        all.stream()
            .flatMap(r -> r.targeting().rules().stream())
            .anyMatch(TargetingRule::downgrade);
    this.end = all.stream().map(Release::publishedAt).max(Instant::compareTo).orElse(Instant.EPOCH);
  }

  static void check(
      Product product, List<Release> all, Channels channels, LiveVersions live, Findings findings) {
    if (live.unknown() > 0) {
      findings.warning(
          "unknown-live-version",
          live.unknown() + " versions that devices report are none in the product's scheme");
    }
    UpgradePathChecks checks = new UpgradePathChecks(product, all, channels, live, findings);
    int walks = checks.downgrades ? MAX_WALKS / 2 : MAX_WALKS;
    int limit = Math.max(1, walks / Math.max(1, live.starts().size()));
    FactClasses classes = new FactClasses(all, channels);
    List<ClientFacts> clients = classes.atMost(limit);
    if (!classes.isComplete()) {
      findings.warning(
          "too-many-kinds",
          "the rules tell too many kinds of clients apart: only " + clients.size() + " were tried");
    }
    clients.forEach(client -> checks.walks(client, live::counter));
    if (checks.downgrades) {
      // The counter of its release keeps a device from going back; one that reports none is not.
      clients.forEach(client -> checks.walks(client, version -> OptionalLong.empty()));
    }
    checks.floors();
  }

  private void walks(ClientFacts client, Function<Version, OptionalLong> counters) {
    ProductReleases meant = releases.narrowedTo(client, channels);
    ProductReleases targets = withoutSteps.narrowedTo(client, channels);
    Optional<Version> newest = targets.newestFirst().stream().findFirst().map(Candidate::version);
    Map<String, UpdateDecision> decided = new HashMap<>();
    for (String start : live.starts().keySet()) {
      Set<String> way = new LinkedHashSet<>(Set.of(start));
      String at = start;
      UpdateDecision decision = decided(decided, meant, client, at, counters);
      while (decision instanceof UpdateDecision.Offer offer) {
        reached.add(offer.release());
        at = offer.release().version();
        if (!way.add(at)) {
          break;
        }
        decision = decided(decided, meant, client, at, counters);
      }
      if (decision instanceof UpdateDecision.Offer again) {
        circle(again.release(), way, client);
      } else if (isBehind(at, newest)
          && decide(targets, client, start, counters) instanceof UpdateDecision.Offer offer) {
        stopsEarly(offer.target(), client, start, at, decision);
      }
    }
  }

  /** Whether there is anything that a way which ended there could have missed. */
  private boolean isBehind(String at, Optional<Version> newest) {
    return newest.isPresent() && newest.get().isNewerThan(version(at));
  }

  private UpdateDecision decided(
      Map<String, UpdateDecision> known,
      ProductReleases meant,
      ClientFacts client,
      String installed,
      Function<Version, OptionalLong> counters) {
    return known.computeIfAbsent(installed, version -> decide(meant, client, version, counters));
  }

  private void circle(Release again, Set<String> way, ClientFacts client) {
    // A client that starts elsewhere comes into the same circle: it is reported once.
    if (report("cycle " + again.version())) {
      way.forEach(version -> reported.add("cycle " + version));
      findings.error(
          again,
          "",
          "cycle",
          "devices are sent in a circle: "
              + String.join(" to ", way)
              + " to "
              + again.version()
              + kindOf(client));
    }
  }

  private void stopsEarly(
      Release target, ClientFacts client, String start, String at, UpdateDecision stop) {
    boolean early = version(target.version()).isNewerThan(version(at));
    // One cause stops many versions of many kinds of clients.
    if (early && report("unreachable " + at + " " + target.version())) {
      findings.error(
          target,
          "",
          "unreachable",
          "devices with "
              + start
              + (start.equals(at) ? " stay there" : " come to " + at)
              + " and never get to it"
              + stop.reasonCode().map(reason -> ": " + reason).orElse("")
              + kindOf(client));
    }
  }

  private void floors() {
    releases
        .newestFirst()
        .forEach(
            floor -> {
              boolean needed =
                  floor.release().state() == Release.State.PUBLISHED
                      && floor.floorFor().isPresent()
                      && binds(floor.version(), floor.floorFor().get());
              if (needed && !reached.contains(floor.release())) {
                findings.error(
                    floor.release(), "floorFor", "floor-unreachable", "no client ever comes to it");
              }
            });
  }

  private boolean binds(Version floor, VersionRange.Resolved range) {
    return live.starts().values().stream().anyMatch(v -> floor.isNewerThan(v) && range.contains(v));
  }

  private UpdateDecision decide(
      ProductReleases from,
      ClientFacts client,
      String installed,
      Function<Version, OptionalLong> counters) {
    return DecideUpdate.BY_ALL_GATES
        .decide(
            from,
            channels,
            client.having(installed, counters.apply(version(installed))),
            end,
            Duration.ZERO)
        .decision();
  }

  private Version version(String text) {
    return versions.computeIfAbsent(text, t -> releases.order().read(t).orElseThrow());
  }

  /** Reports each cause once, and at most MAX_FINDINGS causes; whether this one is reported. */
  private boolean report(String cause) {
    return reported.size() < MAX_FINDINGS && reported.add(cause);
  }

  private static String kindOf(ClientFacts client) {
    StringBuilder kind = new StringBuilder(" (channel ").append(client.channel());
    client.country().ifPresent(country -> kind.append(", country ").append(country.value()));
    client.language().ifPresent(language -> kind.append(", language ").append(language.value()));
    client.hardware().ifPresent(hardware -> kind.append(", hardware ").append(hardware));
    client
        .cohort()
        .filter(cohort -> !cohort.equals(FactClasses.NO_ONE))
        .ifPresent(cohort -> kind.append(", cohort ").append(cohort));
    client.device().ifPresent(device -> kind.append(", device ").append(device));
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
