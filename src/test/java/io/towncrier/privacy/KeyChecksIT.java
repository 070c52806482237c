package io.towncrier.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** In a transaction that is rolled back: the keys are in use. */
@QuarkusTest
class KeyChecksIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final String OLDEST =
      """
      INSERT INTO account (id, subject_index, subject_sealed, created_at)
      VALUES ('acc_oldest', decode(md5('oldest'), 'hex'), '\\x02', 'epoch')
      """;

  private final KeyCheckStore store;
  private final Database database;

  KeyChecksIT(KeyCheckStore store, Database database) {
    this.store = store;
    this.database = database;
  }

  @Test
  void withoutAValueTheOldestThatIsSealedTellsTheKey() {
    AtomicReference<KeyCheckStore.Known> known = new AtomicReference<>();
    TakenBack takenBack = new TakenBack();
    database
        .inTransaction(
            () ->
                database
                    .update("DELETE FROM key_check")
                    .chain(() -> database.update(OLDEST))
                    .chain(store::known)
                    .invoke(known::set)
                    .chain(found -> Uni.createFrom().<Void>failure(takenBack)))
        .onFailure(TakenBack.class)
        .recoverWithNull()
        .await()
        .atMost(SOON);

    assertThat(known.get().values()).isEmpty();
    assertThat(known.get().isKeyed()).isTrue();
    KeyCheckStore.Sample sample = known.get().oldest().orElseThrow();
    assertThat(sample.place()).isEqualTo(new Place("account", "subject_sealed", "acc_oldest"));
    assertThat(sample.sealed().bytes()).containsExactly(2);
  }

  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
