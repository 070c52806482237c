package io.towncrier.platform.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("zoneless")
class BatchesTest {
  @Test
  void itGoesOnWhileBatchesAreFullAndSumsThemUp() {
    Deque<Integer> done = new ArrayDeque<>(Arrays.asList(10, 10, 3, 10));
    assertThat(sum(10, () -> true, done)).isEqualTo(23);
    assertThat(done).as("nothing after one that is not full").containsExactly(10);
  }

  @Test
  void withoutASizeItGoesOnUntilNothingIsDone() {
    Deque<Integer> done = new ArrayDeque<>(Arrays.asList(2, 1, 0, 5));
    assertThat(sum(1, () -> true, done)).isEqualTo(3);
    assertThat(done).containsExactly(5);
  }

  @Test
  void aStopComesBetweenTwoBatches() {
    Deque<Integer> done = new ArrayDeque<>(Arrays.asList(10, 10, 10));
    assertThat(sum(10, () -> done.size() > 1, done)).isEqualTo(20);
    assertThat(sum(10, () -> false, done)).isZero();
    assertThat(done).hasSize(1);
  }

  private static Long sum(int full, BooleanSupplier goOn, Deque<Integer> done) {
    return Batches.whileFull(full, goOn, () -> Uni.createFrom().item(done.removeFirst()))
        .await()
        .indefinitely();
  }
}
