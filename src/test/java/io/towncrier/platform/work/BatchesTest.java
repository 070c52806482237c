package io.towncrier.platform.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  @Test
  void oneIsDoneAfterTheOtherAndTheRestIsLeftOutWhenThereIsNoTime() {
    List<String> done = new ArrayList<>();
    BooleanSupplier twice = () -> done.size() < 2;

    assertThat(oneByOne(twice, done, "a", "bb", "ccc")).isEqualTo(3);
    assertThat(done).containsExactly("a", "bb");
    done.clear();
    assertThat(oneByOne(() -> true, done, "a", "bb", "ccc")).isEqualTo(6);
    assertThat(oneByOne(() -> true, done)).isZero();
    done.clear();
    assertThat(oneByOne(() -> false, done, "a")).isZero();
    assertThat(done).isEmpty();
  }

  @Test
  void theNextOneBeginsWhenTheOneBeforeHasEnded() {
    List<Integer> begun = new ArrayList<>();
    CompletableFuture<Long> first = new CompletableFuture<>();
    Batches.oneByOne(
            List.of(1, 2),
            () -> true,
            item -> {
              begun.add(item);
              return item == 1
                  ? Uni.createFrom().completionStage(first)
                  : Uni.createFrom().item(1L);
            })
        .subscribe()
        .with(all -> begun.add((int) (long) all));

    assertThat(begun).containsExactly(1);
    first.complete(5L);
    assertThat(begun).containsExactly(1, 2, 6);
  }

  private static Long oneByOne(BooleanSupplier goOn, List<String> done, String... items) {
    return Batches.oneByOne(
            List.of(items),
            goOn,
            item -> {
              done.add(item);
              return Uni.createFrom().item((long) item.length());
            })
        .await()
        .indefinitely();
  }

  private static Long sum(int full, BooleanSupplier goOn, Deque<Integer> done) {
    return Batches.whileFull(full, goOn, () -> Uni.createFrom().item(done.removeFirst()))
        .await()
        .indefinitely();
  }
}
