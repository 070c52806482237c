package io.towncrier.updates.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.ProblemException;
import io.towncrier.releases.CatalogueStore.Content;
import io.towncrier.releases.CatalogueStore.Revision;
import io.towncrier.releases.ReadOnlyStore;
import io.towncrier.releases.json.JsonCatalogueDocument;
import io.towncrier.updates.snapshots.SnapshotSource;
import io.towncrier.updates.snapshots.StoreSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSnapshotTest {
  @TempDir Path dir;
  private final Store store = new Store();

  @Test
  void whatWasKeptIsReadAgainWithItsRevision() throws IOException {
    kept(dir).write(Store.of(new Revision("cat_7", 7)));
    assertThat(kept(dir).read().map(Content::revision)).contains(new Revision("cat_7", 7));
    kept(dir).write(Store.of(new Revision("cat_8", 8)));
    assertThat(kept(dir).read().map(Content::revision)).contains(new Revision("cat_8", 8));
    assertThat(kept(dir).revision()).contains(new Revision("cat_8", 8));
    assertThat(Files.getPosixFilePermissions(dir.resolve("snapshot.key"))).hasSize(2);
  }

  @Test
  void whereNothingWasKeptNothingIsRead() {
    assertThat(kept(dir).read()).isEmpty();
    assertThat(dir).as("and no key is made").isEmptyDirectory();
  }

  @Test
  void oneThatIsCutOffOrChangedIsNotTaken() throws IOException {
    kept(dir).write(Store.of(new Revision("cat_7", 7)));
    byte[] whole = Files.readAllBytes(dir.resolve("snapshot"));
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(dir.resolve("snapshot"), java.util.Arrays.copyOf(whole, length));
      assertThat(kept(dir).read()).as(length + " bytes").isEmpty();
    }
    for (int at = 0; at < whole.length; at += 5) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(dir.resolve("snapshot"), changed);
      assertThat(kept(dir).read()).as("byte " + at).isEmpty();
      assertThat(kept(dir).revision()).as("byte " + at).isEmpty();
    }
    Files.write(dir.resolve("snapshot"), whole);
    assertThat(kept(dir).read()).isPresent();
  }

  @Test
  void oneOfAnotherInstallationOrWithoutItsKeyIsNotTaken() throws IOException {
    Path other = dir.resolve("other");
    kept(dir).write(Store.of(new Revision("cat_7", 7)));
    kept(other).write(Store.of(new Revision("cat_9", 9)));
    Files.copy(
        other.resolve("snapshot"), dir.resolve("snapshot"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(kept(dir).read()).isEmpty();
    Files.writeString(dir.resolve("snapshot.key"), "garbled");
    assertThat(kept(dir).read()).isEmpty();
    Files.delete(dir.resolve("snapshot.key"));
    assertThat(kept(dir).read()).isEmpty();
  }

  @Test
  void whileTheDatabaseIsAwayTheKeptOneAnswers() {
    kept(dir).write(Store.of(new Revision("cat_7", 7)));
    store.away = true;
    SnapshotSource source = source();
    assertThat(await(source.load()).revision().id()).isEqualTo("cat_7");
    assertThatThrownBy(() -> await(source.revision()))
        .as("it is known to be behind")
        .hasMessage("away");
    store.away = false;
    assertThat(await(source.load()).revision()).isEqualTo(new Revision("cat_1", 1));
    store.away = true;
    assertThatThrownBy(() -> await(source.load()))
        .as("what was loaded since is newer than the file")
        .hasMessage("away");
  }

  @Test
  void theOneOfTheDatabasesOwnRevisionSavesALoad() {
    kept(dir).write(Store.of(new Revision("cat_1", 1)));
    assertThat(await(source().load()).revision()).isEqualTo(new Revision("cat_1", 1));
    assertThat(store.loads).isZero();
  }

  @Test
  void anOlderOneAndOneOfAnotherBuildSaveNone() {
    kept(dir).write(Store.of(new Revision("cat_0", 0)));
    await(source().load());
    assertThat(store.loads).isEqualTo(1);
    for (String build : List.of("0123456789ab", "91e5a107a837-dirty", "unknown")) {
      store.loads = 0;
      kept(dir, build).write(Store.of(new Revision("cat_1", 1)));
      await(new StoreOrKept(new StoreSnapshots(store), kept(dir)).load());
      assertThat(store.loads).as(build).isEqualTo(1);
      store.loads = 0;
      await(new StoreOrKept(new StoreSnapshots(store), kept(dir, build)).load());
      assertThat(store.loads).as(build).isEqualTo(build.equals("0123456789ab") ? 0 : 1);
    }
  }

  @Test
  void withoutOneTheCheckIsToldToComeAgain() {
    store.away = true;
    assertThatThrownBy(() -> await(source().load()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            told -> {
              assertThat(told.problem().status()).isEqualTo(503);
              assertThat(told.problem().code()).isEqualTo("database-unavailable");
              assertThat(told.retryAfter()).isPresent();
            });
  }

  @Test
  void aDatabaseThatNeverAnswersIsNotWaitedForLong() {
    kept(dir).write(Store.of(new Revision("cat_7", 7)));
    store.still = true;
    long began = System.nanoTime();
    assertThat(await(source().load()).revision())
        .as("not the database's own: it has drafts, and is loaded when it is there")
        .satisfies(
            revision -> {
              assertThat(revision.id()).isEqualTo("cat_7");
              assertThat(revision).isNotEqualTo(new Revision("cat_7", 7));
            });
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  private SnapshotSource source() {
    return new StoreOrKept(new StoreSnapshots(store), kept(dir));
  }

  private static KeptSnapshot kept(Path dir) {
    return kept(dir, "91e5a107a837");
  }

  private static KeptSnapshot kept(Path dir, String build) {
    return new KeptSnapshot(
        GivenConfig.in(dir),
        new JsonCatalogueDocument(),
        () -> Instant.parse("2027-01-01T00:00:00Z"),
        build);
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(10));
  }

  private static final class Store extends ReadOnlyStore {
    private boolean away;
    private boolean still;
    private int loads;

    static Content of(Revision revision) {
      return empty(revision);
    }

    @Override
    public Uni<Revision> revision() {
      return answer(new Revision("cat_1", 1));
    }

    @Override
    public Uni<Content> load() {
      loads++;
      return answer(empty(new Revision("cat_1", 1)));
    }

    @Override
    public Uni<Optional<Content>> changesSince(Revision known) {
      return answer(Optional.empty());
    }

    private <T> Uni<T> answer(T item) {
      if (still) {
        return Uni.createFrom().nothing();
      }
      return away
          ? Uni.createFrom().failure(new IllegalStateException("away"))
          : Uni.createFrom().item(item);
    }
  }
}
