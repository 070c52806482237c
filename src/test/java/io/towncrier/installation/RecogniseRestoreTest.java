package io.towncrier.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.installation.InstallationStore.Known;
import io.towncrier.platform.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RecogniseRestoreTest {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");

  private final FakeStore store = new FakeStore();
  private final FakeOutside outside = new FakeOutside();
  private Instant now = NOON;

  @Test
  void theFirstStartKeepsWhatTheDatabaseIs() {
    assertThat(held(process())).isEmpty();
    assertThat(store.kept.systemIdentifier()).contains("cluster-1");
    assertThat(store.kept.marker()).contains("inode 7");
    assertThat(held(process())).as("the second start").isEmpty();
  }

  @Test
  void anotherClusterIsARestore() {
    held(process());
    store.cluster = Optional.of("cluster-2");
    assertThat(held(process())).get().asString().contains("another PostgreSQL cluster");
    assertThat(held(process())).as("until an operator says so").isPresent();
    assertThat(store.kept.systemIdentifier()).contains("cluster-1");
  }

  @Test
  void aCopiedDirectoryIsARestore() {
    held(process());
    outside.marker = Optional.of("inode 8");
    assertThat(held(process())).get().asString().contains("a copy");
  }

  @Test
  void aDatabaseThatIsBehindItsWitnessIsARestore() {
    RecogniseRestore running = process();
    for (int i = 0; i < 5; i++) {
      running.mark().await().indefinitely();
    }
    assertThat(outside.told.orElseThrow().mark()).isEqualTo(5);
    assertThat(outside.told.orElseThrow().notices()).containsExactly("ntc_1");
    store.kept = new Known(store.kept.systemIdentifier(), store.kept.marker(), 4, Optional.empty());
    assertThat(held(process())).get().asString().contains("mark 5", "it is at mark 4");
    assertThat(outside.told.orElseThrow().mark()).isEqualTo(5);
  }

  @Test
  void aWitnessAtTheSameMarkOrBehindSaysNothing() {
    RecogniseRestore running = process();
    running.mark().await().indefinitely();
    assertThat(held(process())).isEmpty();
    store.kept = new Known(store.kept.systemIdentifier(), store.kept.marker(), 9, Optional.empty());
    assertThat(held(process())).as("killed between the database and the witness").isEmpty();
  }

  @Test
  void whatCannotBeKnownSaysNothing() {
    held(process());
    store.cluster = Optional.empty();
    outside.marker = Optional.empty();
    assertThat(held(process())).isEmpty();
    assertThat(store.kept.systemIdentifier()).as("and is not forgotten").contains("cluster-1");
  }

  @Test
  void severalDifferencesAreAllTold() {
    held(process());
    store.cluster = Optional.of("cluster-2");
    outside.marker = Optional.of("inode 8");
    outside.told = Optional.of(new Outside.Testimony(99, NOON, List.of()));
    assertThat(held(process())).get().asString().contains("cluster", "copy", "mark 99");
  }

  @Test
  void whileItIsHeldTheMarkStandsStill() {
    held(process());
    store.cluster = Optional.of("cluster-2");
    RecogniseRestore restored = process();
    restored.mark().await().indefinitely();
    assertThat(store.kept.mark()).isZero();
    assertThat(outside.told).isEmpty();
  }

  @Test
  void anOperatorsWordIsHeardWithinFiveSeconds() {
    held(process());
    store.cluster = Optional.of("cluster-2");
    RecogniseRestore restored = process();
    assertThat(held(restored)).isPresent();
    store.kept = new Known(store.cluster, store.kept.marker(), 0, Optional.empty());
    assertThat(held(restored)).isPresent();
    now = now.plusSeconds(6);
    assertThat(held(restored)).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsComparedLater() {
    held(process());
    store.cluster = Optional.of("cluster-2");
    store.away = true;
    RecogniseRestore restored = process();
    restored.heldBecause().onFailure().recoverWithItem(Optional.empty()).await().indefinitely();
    store.away = false;
    assertThat(held(restored)).isPresent();
  }

  private static Optional<String> held(RecogniseRestore process) {
    return process.heldBecause().await().indefinitely();
  }

  private RecogniseRestore process() {
    return new RecogniseRestore(store, outside, new NoTransactions(), () -> now);
  }

  private static final class NoTransactions implements Transactions {
    @Override
    public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
      return work.get();
    }

    @Override
    public <T> Uni<T> inLightTransaction(Supplier<Uni<T>> work) {
      return work.get();
    }
  }

  private static final class FakeOutside implements Outside {
    private Optional<String> marker = Optional.of("inode 7");
    private Optional<Testimony> told = Optional.empty();

    @Override
    public Optional<String> marker() {
      return marker;
    }

    @Override
    public Optional<Testimony> witness() {
      return told;
    }

    @Override
    public void tell(Testimony testimony) {
      told = Optional.of(testimony);
    }
  }

  private static final class FakeStore implements InstallationStore {
    private Known kept = new Known(Optional.empty(), Optional.empty(), 0, Optional.empty());
    private Optional<String> cluster = Optional.of("cluster-1");
    private boolean away;

    @Override
    public Uni<Known> lock() {
      return answer(kept);
    }

    @Override
    public Uni<Optional<String>> heldBecause() {
      return answer(kept.heldBecause());
    }

    @Override
    public Uni<Optional<String>> systemIdentifier() {
      return answer(cluster);
    }

    @Override
    public Uni<Void> adopt(Optional<String> systemIdentifier, Optional<String> marker) {
      kept = new Known(systemIdentifier, marker, kept.mark(), kept.heldBecause());
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> hold(String because) {
      kept = new Known(kept.systemIdentifier(), kept.marker(), kept.mark(), Optional.of(because));
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Mark> raise() {
      kept = new Known(kept.systemIdentifier(), kept.marker(), kept.mark() + 1, kept.heldBecause());
      return answer(new Mark(kept.mark(), NOON));
    }

    @Override
    public Uni<List<String>> noticesOfLate() {
      return answer(List.of("ntc_1"));
    }

    private <T> Uni<T> answer(T item) {
      return away
          ? Uni.createFrom().failure(new IllegalStateException("away"))
          : Uni.createFrom().item(item);
    }
  }
}
