package io.towncrier.releases.targeting;

import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private static final Selection SOME = new Selection(Set.of("c1", "c2"), Set.of("d1"));

  @Test
  void aCohortIsFoundAsItIsReported() {
    assertThat(SOME.lists(installed("1.0").ofCohort("c1").build())).isTrue();
    assertThat(SOME.lists(installed("1.0").ofCohort("C1").build())).isFalse();
    assertThat(SOME.lists(installed("1.0").ofCohort("c3").build())).isFalse();
  }

  @Test
  void aDeviceIsFoundOnceItHasProvedItsId() {
    assertThat(SOME.lists(installed("1.0").provedToBe("d1").build())).isTrue();
    assertThat(SOME.lists(installed("1.0").provedToBe("d2").build())).isFalse();
    assertThat(SOME.lists(installed("1.0").build())).isFalse();
  }

  @Test
  void anIdIsNoCohortAndACohortNoId() {
    assertThat(SOME.lists(installed("1.0").ofCohort("d1").build())).isFalse();
    assertThat(SOME.lists(installed("1.0").provedToBe("c1").build())).isFalse();
  }

  @Test
  void oneOfTheTwoIsEnough() {
    assertThat(SOME.lists(installed("1.0").ofCohort("c9").provedToBe("d1").build())).isTrue();
    assertThat(SOME.lists(installed("1.0").ofCohort("c2").provedToBe("d9").build())).isTrue();
  }

  @Test
  void nobodyIsListedInAnEmptyOne() {
    assertThat(Selection.NONE.isEmpty()).isTrue();
    assertThat(Selection.NONE.lists(installed("1.0").ofCohort("c1").build())).isFalse();
    assertThat(new Selection(Set.of(), Set.of("d1")).isEmpty()).isFalse();
    assertThat(new Selection(Set.of("c1"), Set.of()).isEmpty()).isFalse();
  }

  @Test
  void itCoversAnotherExactlyWhenItListsEverybodyWhoIsListedThere() {
    List<Selection> all =
        List.of(
            Selection.NONE,
            new Selection(Set.of("c1"), Set.of()),
            new Selection(Set.of("c1", "c2"), Set.of()),
            new Selection(Set.of(), Set.of("d1")),
            new Selection(Set.of("c1"), Set.of("d1", "d2")),
            SOME);
    for (Selection one : all) {
      for (Selection other : all) {
        assertThat(one.covers(other))
            .as("%s covers %s", one, other)
            .isEqualTo(
                clients().stream().allMatch(facts -> one.lists(facts) || !other.lists(facts)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 100, 5_000})
  void everybodyWhoIsListedIsFoundAndNobodyElse(int many) {
    Set<String> cohorts = new HashSet<>();
    for (int i = 0; i < many; i++) {
      cohorts.add("c" + i);
    }
    Selection selection = new Selection(cohorts, Set.of());
    for (int i = 0; i < 2 * many; i++) {
      assertThat(selection.lists(installed("1.0").ofCohort("c" + i).build())).isEqualTo(i < many);
    }
  }

  @Test
  void equalListsAreEqual() {
    assertThat(SOME)
        .isEqualTo(new Selection(Set.of("c2", "c1"), Set.of("d1")))
        .hasSameHashCodeAs(new Selection(Set.of("c2", "c1"), Set.of("d1")))
        .isNotEqualTo(new Selection(Set.of("d1"), Set.of("c1", "c2")))
        .isNotEqualTo(Selection.NONE)
        .hasToString(new Selection(SOME.cohorts(), SOME.devices()).toString());
  }

  @Test
  void itKeepsACopy() {
    Set<String> cohorts = new HashSet<>(Set.of("c1"));
    Selection selection = new Selection(cohorts, Set.of());
    cohorts.clear();

    assertThat(selection.lists(installed("1.0").ofCohort("c1").build())).isTrue();
  }

  private static List<ClientFacts> clients() {
    return List.of(
        installed("1.0").build(),
        installed("1.0").ofCohort("c1").build(),
        installed("1.0").ofCohort("c2").build(),
        installed("1.0").ofCohort("c3").build(),
        installed("1.0").provedToBe("d1").build(),
        installed("1.0").provedToBe("d2").build(),
        installed("1.0").ofCohort("c3").provedToBe("d2").build());
  }
}
