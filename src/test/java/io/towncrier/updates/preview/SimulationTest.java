package io.towncrier.updates.preview;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.towncrier.releases.Channels;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.updates.Fleet;
import io.towncrier.updates.decision.ProductReleases;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final ProductReleases BEFORE = compiled(release("1.0"));
  private static final ProductReleases AFTER =
      compiled(release("1.0"), release("2.0").deniedIn("FR"));

  private final Simulation simulation =
      new Simulation(
          BEFORE, AFTER, new Channels(List.of("stable")), Instant.parse("2026-05-01T00:00:00Z"));

  @Test
  void devicesAreCountedByDecisionBeforeAndAfter() {
    add("d1", installed("1.0").in("DE"));
    add("d2", installed("0.9").in("DE"));
    add("d3", installed("1.0").in("FR"));
    add("d4", installed("2.0").in("FR"));

    Simulation.Counts all = simulation.result().all();
    assertThat(all.devices()).isEqualTo(4);
    assertThat(all.changed()).isEqualTo(3);
    assertThat(all.before()).containsExactly(entry("offer", 1L), entry("up-to-date", 3L));
    assertThat(all.after())
        .containsExactly(entry("held-back", 1L), entry("offer", 2L), entry("up-to-date", 1L));
  }

  @Test
  void countriesAndVersionsAreCountedByThemselves() {
    add("d1", installed("1.0").in("DE"));
    add("d2", installed("1.0").in("FR"));
    add("d3", installed("2.0").in("FR"));

    Simulation.Result result = simulation.result();
    assertThat(result.countries().largest().get("FR"))
        .isEqualTo(
            new Simulation.Counts(
                2, 1, Map.of("up-to-date", 2L), Map.of("held-back", 1L, "up-to-date", 1L)));
    assertThat(result.versions().largest()).containsOnlyKeys("1.0", "2.0");
    assertThat(result.versions().others().devices()).isZero();
  }

  @Test
  void whatIsBeyondTheLargestGroupsIsSummedUp() {
    for (int i = 0; i < 20_000; i++) {
      add("d" + i, installed("1." + i).in("DE"));
    }
    for (int i = 0; i < 3; i++) {
      add("e" + i, installed("1.7").in("DE"));
    }

    Simulation.Grouped versions = simulation.result().versions();
    assertThat(versions.largest()).hasSize(Simulation.MAX_GROUPS);
    assertThat(versions.largest().get("1.7").devices()).isEqualTo(4);
    assertThat(
            versions.others().devices()
                + versions.largest().values().stream().mapToLong(Simulation.Counts::devices).sum())
        .isEqualTo(20_003);
  }

  @Test
  void theFirstThatAreAnsweredOtherwiseAreExamples() {
    add("same", installed("2.0").in("DE"));
    for (int i = 0; i < 150; i++) {
      add("d" + i, installed("1.0").in("DE"));
    }

    List<Simulation.Example> examples = simulation.result().examples();
    assertThat(examples).hasSize(Simulation.MAX_EXAMPLES);
    assertThat(examples.get(0).deviceId()).isEqualTo("d0");
    assertThat(examples.get(0).before().decision()).isEqualTo("up-to-date");
    assertThat(examples.get(0).after())
        .isEqualTo(
            new Simulation.Answer(
                "offer", Optional.empty(), Optional.of("2.0"), Optional.of("2.0")));
  }

  @Test
  void devicesThatAreAlikeCountLikeOneAfterTheOther() {
    Simulation together =
        new Simulation(
            BEFORE, AFTER, new Channels(List.of("stable")), Instant.parse("2026-05-01T00:00:00Z"));
    for (String country : List.of("DE", "FR")) {
      ClientFacts facts = installed("1.0").in(country).build();
      Simulation.Change change = together.add(facts, 3);
      for (String id : List.of("d1", "d2", "d3")) {
        add(id + country, installed("1.0").in(country));
        together.addExample(id + country, change);
      }
    }

    assertThat(together.result()).isEqualTo(simulation.result());
  }

  private void add(String id, SampleFacts facts) {
    simulation.add(new Fleet.Member(id, "archer", facts.build()));
  }

  private static ProductReleases compiled(SampleRelease... releases) {
    return ProductReleases.of(
        SampleProduct.product("archer").build(),
        Arrays.stream(releases).map(SampleRelease::build).toList());
  }
}
