package io.towncrier.updates;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueStore.Content;
import io.towncrier.releases.CatalogueStore.Revision;
import io.towncrier.releases.Channels;
import io.towncrier.releases.ReadOnlyStore;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.testing.Configs;
import io.towncrier.updates.CheckForUpdate.Outcome;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import io.towncrier.updates.snapshots.StoreSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a check makes of the decision: when to ask again, and when to install. */
class CheckForUpdateTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:30Z");
  private static final SampleFacts CLIENT = installed("1.0").in("DE").at("Europe/Berlin");

  private final AtomicLong nanos = new AtomicLong();
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of("towncrier.updates.time-step", "60s", "towncrier.updates.cache-max-age", "60s"));

  @Test
  void theUsualTimeIsTheOneOfThePolicy() {
    settings.put("towncrier.updates.next-check", "2h");

    assertThat(check(release("1.0")).next().seconds()).isBetween(6480L, 7920L);
  }

  @Test
  void whoWaitsForAPhaseComesWhenItBegins() {
    Phase none = new Phase(0, Optional.empty(), Duration.ofHours(1));
    Phase all = new Phase(10_000, Optional.empty(), Duration.ZERO);
    Rollout steps =
        new Rollout(
            List.of(none, all),
            Optional.empty(),
            Rollout.State.RUNNING,
            Optional.empty(),
            Duration.ZERO);

    CheckResult decision = check(release("2.0").publishedAt("2026-05-01T11:30:00Z").rollout(steps));

    assertThat(decision.outcome().reasonCode()).contains("outside-rollout");
    // At 12:30, seen from 12:00, and within the next quarter of an hour.
    assertThat(decision.next().seconds() - decision.next().spreadSeconds()).isBetween(1800L, 2101L);
  }

  @Test
  void underLoadClientsAreAskedToComeLater() {
    settings.put("towncrier.updates.checks-per-second", "1");
    CheckForUpdate check = checks(release("1.0"));
    long usual = decided(check).next().seconds();
    for (int i = 0; i < 100; i++) {
      decided(check);
    }
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(decided(check).next().seconds()).isEqualTo(2 * usual);
  }

  @Test
  void underLoadNobodyWhoIsOfferedSomethingComesLater() {
    settings.put("towncrier.updates.checks-per-second", "1");
    CheckForUpdate check = checks(release("2.0").publishedAt("2026-01-01T00:00:00Z"));

    assertThat(underLoad(check)).isBetween(19_440L, 23_760L);
  }

  @Test
  void underLoadNobodyComesLaterWhileASecurityReleaseIsFresh() {
    settings.put("towncrier.updates.checks-per-second", "1");
    SampleRelease past = release("0.9").of(Severity.SECURITY);

    assertThat(underLoad(checks(past.publishedAt("2026-04-24T12:01:00Z"))))
        .as("a week, less a minute")
        .isBetween(19_440L, 23_760L);
    assertThat(underLoad(checks(past.publishedAt("2026-04-24T11:59:00Z"))))
        .as("a week and a minute")
        .isBetween(38_880L, 47_520L);
    assertThat(underLoad(checks(past.publishedAt("2026-05-02T00:00:00Z"))))
        .as("not out yet")
        .isBetween(38_880L, 47_520L);
  }

  private long underLoad(CheckForUpdate check) {
    for (int i = 0; i < 100; i++) {
      decided(check);
    }
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    return decided(check).next().seconds();
  }

  @Test
  void aWindowIsToldWithTheMarginOfCaches() {
    InstallWindow night =
        new InstallWindow(
            Optional.of(new InstallWindow.Hours(LocalTime.of(13, 0), LocalTime.of(15, 0))),
            Set.of(),
            Optional.empty());

    CheckResult decision = check(release("2.0").installedWithin(night));

    // 14:00 in Berlin: open until an hour from 12:00 UTC on, less two minutes that a cache may add.
    assertThat(decision.window().orElseThrow().opensInSeconds()).isZero();
    assertThat(decision.window().orElseThrow().closesInSeconds()).hasValue(3600 - 120);
  }

  private CheckResult check(SampleRelease... releases) {
    return decided(checks(releases));
  }

  private static CheckResult decided(CheckForUpdate check) {
    Outcome outcome = check.run("archer", CLIENT.build()).await().atMost(Duration.ofSeconds(5));
    return ((Outcome.Decided) outcome).decision();
  }

  private CheckForUpdate checks(SampleRelease... releases) {
    UpdatesConfig config = Configs.of(UpdatesConfig.class, settings);
    InstantSource clock = InstantSource.fixed(NOW);
    List<Release> all = Arrays.stream(releases).map(SampleRelease::build).toList();
    Content content =
        new Content(
            new Revision("cat_1", 1),
            new Channels(List.of("stable")),
            Map.of(SampleProduct.product("archer").build(), all));
    ReadOnlyStore store =
        new ReadOnlyStore() {
          @Override
          public Uni<Revision> revision() {
            return Uni.createFrom().item(content.revision());
          }

          @Override
          public Uni<Content> load() {
            return Uni.createFrom().item(content);
          }

          @Override
          public Uni<Optional<Content>> changesSince(Revision known) {
            return Uni.createFrom().item(Optional.of(content));
          }
        };
    return new CheckForUpdate(
        new CurrentSnapshot(new StoreSnapshots(store), config, clock),
        new CheckCounters(),
        config,
        clock,
        nanos::get);
  }
}
