package io.towncrier.notices.counts;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.notices.counts.LadderCounts.Count;
import io.towncrier.notices.counts.LadderCounts.Ladder;
import io.towncrier.notices.counts.LadderProgress.Mark;
import io.towncrier.notices.counts.LadderProgress.SaidBy;
import io.towncrier.notices.counts.LadderProgress.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said about pushes, out of the counts. */
@Tag("zoneless")
class LadderProgressTest {
  @Test
  void theShareIsOfThoseThatCouldBeReached() {
    LadderProgress progress =
        LadderProgress.of(
            new Ladder(
                1_000,
                40,
                List.of(
                    new Count("step", "app", "ARRIVED", 500),
                    new Count("step", "provider", "ARRIVED", 120),
                    new Count("step", "app", "SHOWN", 480),
                    new Count("step", "app", "DROPPED", 30),
                    new Count("step", "provider", "DROPPED", 9),
                    new Count("dropped", "switched-off", "APP", 20),
                    new Count("dropped", "expired", "APP", 10),
                    new Count("dropped", "not-permitted", "PROVIDER", 9),
                    new Count("within", "10", "SHOWN", 300),
                    new Count("within", "120", "SHOWN", 150),
                    new Count("within", "later", "SHOWN", 30))));

    assertThat(progress.reached()).as("without the 20 that had it switched off").isEqualTo(600);
    assertThat(progress.marks().stream().map(Mark::devices))
        .containsExactly(300L, 300L, 450L, 450L, 450L, 450L);
    assertThat(progress.marks().get(2).share()).contains(0.75);
    assertThat(progress.dropped())
        .isEqualTo(Map.of("switched-off", 20L, "expired", 10L, "not-permitted", 9L));
    assertThat(progress.steps().stream().map(Step::step))
        .containsExactly("accepted", "held", "arrived", "shown", "opened", "dropped", "seen");
    assertThat(progress.steps().get(2).devices()).isEqualTo(620);
    assertThat(progress.steps().get(2).saidBy())
        .containsExactly(new SaidBy(StepSource.APP, 500), new SaidBy(StepSource.PROVIDER, 120));
  }

  @Test
  void whereNobodyHasSaidAnythingThereIsNoShare() {
    LadderProgress progress = LadderProgress.of(new Ladder(7, 0, List.of()));

    assertThat(progress.reached()).isZero();
    assertThat(progress.marks()).allMatch(mark -> mark.share().equals(Optional.empty()));
    assertThat(progress.steps().get(0).saidBy())
        .containsExactly(new SaidBy(StepSource.PROVIDER, 7));
  }
}
