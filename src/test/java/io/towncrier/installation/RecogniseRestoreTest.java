package io.towncrier.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecogniseRestoreTest {
  private final FakeInstallation store = new FakeInstallation();
  private Instant now = FakeInstallation.NOON;

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
    store.marker = Optional.of("inode 8");
    assertThat(held(process())).get().asString().contains("a copy");
  }

  @Test
  void aDatabaseThatIsBehindItsWitnessIsARestore() {
    RecogniseRestore running = process();
    for (int i = 0; i < 5; i++) {
      running.mark().await().indefinitely();
    }
    assertThat(store.told.orElseThrow().mark()).isEqualTo(5);
    assertThat(store.told.orElseThrow().notices()).containsExactly(new Outside.Sent("ntc_1", 40));
    store.restoreTo(4);
    assertThat(held(process())).get().asString().contains("mark 5", "it is at mark 4");
    assertThat(store.told.orElseThrow().mark()).isEqualTo(5);
  }

  @Test
  void aDatabaseThatIsExchangedBehindARunningProcessIsARestore() {
    RecogniseRestore running = process();
    for (int i = 0; i < 5; i++) {
      running.mark().await().indefinitely();
    }
    assertThat(held(running)).isEmpty();
    store.restoreTo(2);
    now = now.plusSeconds(6);
    assertThat(held(running)).get().asString().contains("mark 5", "it is at mark 2");
    running.mark().await().indefinitely();
    assertThat(store.kept.mark()).as("it stands still").isEqualTo(2);
    assertThat(store.told.orElseThrow().mark()).isEqualTo(5);
  }

  @Test
  void twoWhoMarkSideBySideAreNoRestore() {
    RecogniseRestore one = process();
    RecogniseRestore other = process();
    for (int i = 0; i < 3; i++) {
      one.mark().await().indefinitely();
      other.mark().await().indefinitely();
      now = now.plusSeconds(6);
      assertThat(held(one)).isEmpty();
      assertThat(held(other)).isEmpty();
    }
  }

  @Test
  void whoHasNeverSeenTheWitnessClaimsNothingWhileItIsAway() {
    store.witnessAway = true;
    RecogniseRestore fresh = process();
    assertThatThrownBy(() -> held(fresh)).hasMessageContaining("away");
    store.witnessAway = false;
    assertThat(held(fresh)).isEmpty();
    store.witnessAway = true;
    now = now.plusSeconds(6);
    assertThat(held(fresh)).as("who has seen it goes on").isEmpty();
  }

  @Test
  void aWitnessAtTheSameMarkOrBehindSaysNothing() {
    RecogniseRestore running = process();
    running.mark().await().indefinitely();
    assertThat(held(process())).isEmpty();
    store.restoreTo(9);
    assertThat(held(process())).as("killed between the database and the witness").isEmpty();
  }

  @Test
  void whatCannotBeKnownSaysNothing() {
    held(process());
    store.cluster = Optional.empty();
    store.marker = Optional.empty();
    assertThat(held(process())).isEmpty();
    assertThat(store.kept.systemIdentifier()).as("and is not forgotten").contains("cluster-1");
  }

  @Test
  void severalDifferencesAreAllTold() {
    held(process());
    store.cluster = Optional.of("cluster-2");
    store.marker = Optional.of("inode 8");
    store.told = Optional.of(new Outside.Testimony(99, now, List.of()));
    assertThat(held(process())).get().asString().contains("cluster", "copy", "mark 99");
  }

  @Test
  void whileItIsHeldTheMarkStandsStill() {
    held(process());
    store.cluster = Optional.of("cluster-2");
    RecogniseRestore restored = process();
    restored.mark().await().indefinitely();
    assertThat(store.kept.mark()).isZero();
    assertThat(store.told).isEmpty();
  }

  @Test
  void anOperatorsWordIsHeardWithinFiveSeconds() {
    held(process());
    store.cluster = Optional.of("cluster-2");
    RecogniseRestore restored = process();
    assertThat(held(restored)).isPresent();
    store.accept(store.cluster, store.kept.marker(), 0).await().indefinitely();
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
    return new RecogniseRestore(store, store, store.replay, store, () -> now);
  }
}
