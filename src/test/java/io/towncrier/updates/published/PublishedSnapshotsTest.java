package io.towncrier.updates.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Halt;
import io.towncrier.releases.CatalogueStore.Revision;
import io.towncrier.releases.ReadOnlyStore;
import io.towncrier.releases.json.JsonCatalogueDocument;
import io.towncrier.testing.Configs;
import io.towncrier.updates.snapshots.SnapshotSource;
import io.towncrier.updates.snapshots.StoreSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishedSnapshotsTest {
  private final SnapshotKeyPair keys = SnapshotKeyPair.make();
  private final InMemoryObjects objects = new InMemoryObjects();
  private final Store store = new Store();
  private Instant now = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void whatIsPublishedIsFoundByWhoHasNoDatabase() {
    assertThat(publish()).isTrue();
    SnapshotSource alone = alone();
    assertThat(revision(alone)).isEqualTo("cat_1");
    store.number = 2;
    publish();
    assertThat(revision(alone)).isEqualTo("cat_2");
    assertThat(await(alone.load()).revision()).isEqualTo(new Revision("cat_2", 2));
  }

  @Test
  void nothingIsWrittenWhileNothingHasChangedUntilTheSignatureGetsOld() {
    assertThat(publish()).isTrue();
    assertThat(publish()).isFalse();
    now = now.plus(Duration.ofMinutes(61));
    assertThat(publish()).isTrue();
    assertThat(publish()).isFalse();
  }

  @Test
  void aChangeThatCannotBePublishedIsAnsweredByWhoMadeItAndThePublishedOneLater() {
    publish();
    SnapshotSource here = withDatabase();
    assertThat(revision(here)).isEqualTo("cat_1");
    store.number = 2;
    objects.away = true;
    await(here.changedHere());
    assertThat(revision(here)).isEqualTo("cat_2");
    objects.away = false;
    assertThat(revision(here)).as("what is published is behind").isEqualTo("cat_2");
    publish();
    assertThat(revision(here)).isEqualTo("cat_2");
    assertThat(revision(alone())).isEqualTo("cat_2");
  }

  @Test
  void whoHasNoDatabaseTellsWhatIsWrongWithThePublishedOne() {
    assertThatThrownBy(() -> revision(alone())).hasMessageContaining("no snapshot was published");
    objects.put(new byte[] {1, 2, 3}, Optional.empty()).await().indefinitely();
    SnapshotSources sources = new SnapshotSources(keys.config(), () -> now);
    SnapshotSource alone = sources.withoutDatabase(objects, new JsonCatalogueDocument());
    assertThatThrownBy(() -> revision(alone)).hasMessageContaining("not signed");
    assertThat(sources.refused()).isEqualTo(1);
    assertThat(publish()).as("it is written over").isTrue();
    now = now.plusSeconds(90);
    assertThat(revision(alone)).isEqualTo("cat_1");
    assertThat(sources.age()).contains(Duration.ofSeconds(90));
  }

  @Test
  void whatALookHasBroughtIsNotAskedForAgain() {
    publish();
    SnapshotSource alone = alone();
    objects.asked = 0;
    assertThat(revision(alone)).isEqualTo("cat_1");
    assertThat(await(alone.load()).revision().id()).isEqualTo("cat_1");
    assertThat(objects.asked).isEqualTo(1);
    store.number = 2;
    publish();
    assertThat(await(alone.load()).revision().id()).as("no look before").isEqualTo("cat_2");
  }

  @Test
  void aLookFromBeforeAChangeMadeHereIsNotUsedAfterIt() {
    publish();
    SnapshotSource here = withDatabase();
    assertThat(revision(here)).isEqualTo("cat_1");
    store.number = 2;
    await(here.changedHere());
    assertThat(await(here.load()).revision().id()).isEqualTo("cat_2");
  }

  @Test
  void afterALookThatFailedTheDatabaseIsWhatIsLoaded() {
    publish();
    SnapshotSource here = withDatabase();
    assertThat(revision(here)).isEqualTo("cat_1");
    store.number = 2;
    objects.away = true;
    assertThat(revision(here)).isEqualTo("cat_2");
    assertThat(await(here.load()).revision().id()).isEqualTo("cat_2");
  }

  @Test
  void afterARestoreTheLowerNumberCountsAsItWasSignedLater() {
    store.number = 9;
    publish();
    SnapshotSource alone = alone();
    assertThat(revision(alone)).isEqualTo("cat_9");
    store.number = 3;
    now = now.plusSeconds(1);
    publish();
    assertThat(revision(alone)).isEqualTo("cat_3");
  }

  @Test
  void aChangeByWhoseClockIsBehindIsTakenAsWell() {
    publish();
    SnapshotSource alone = alone();
    assertThat(revision(alone)).isEqualTo("cat_1");
    store.number = 2;
    now = now.minus(Duration.ofMinutes(40));
    assertThat(publish()).isTrue();
    assertThat(revision(alone)).isEqualTo("cat_2");
    assertThat(publish()).as("it is current").isFalse();
  }

  @Test
  void aHaltOfTheCellReachesWhoHasNoDatabase() {
    publish();
    SnapshotSource alone = alone();
    assertThat(await(alone.load()).halt()).isEqualTo(Halt.NONE);
    for (boolean exceptSecurity : new boolean[] {true, false}) {
      store.number++;
      store.halt = Halt.NONE.halted(exceptSecurity, now.plusNanos(1));
      assertThat(publish()).isTrue();
      assertThat(await(alone.load()).halt()).isEqualTo(store.halt);
    }
    store.number++;
    store.halt = Halt.NONE;
    publish();
    assertThat(await(alone.load()).halt()).isEqualTo(Halt.NONE);
  }

  @Test
  void whoHasNoKeyPublishesNothing() {
    SnapshotConfig reader =
        Configs.of(
            SnapshotConfig.class,
            Map.of(
                "towncrier.snapshot.bucket",
                "b",
                "towncrier.snapshot.public-key",
                keys.publicKey()));
    assertThat(await(publisher(reader).run())).isFalse();
    assertThat(await(objects.get(Optional.empty())))
        .isInstanceOf(SnapshotObjects.Found.Nothing.class);
  }

  private boolean publish() {
    return await(publisher(keys.config()).run());
  }

  private PublishSnapshot publisher(SnapshotConfig config) {
    return new PublishSnapshot(
        store, new JsonCatalogueDocument(), objects, keys.opened(), config, () -> now);
  }

  private SnapshotSource alone() {
    return new SnapshotSources(keys.config(), () -> now)
        .withoutDatabase(objects, new JsonCatalogueDocument());
  }

  private SnapshotSource withDatabase() {
    return new PublishedSnapshots(
        objects,
        new JsonCatalogueDocument(),
        keys.opened(),
        publisher(keys.config())::run,
        new StoreSnapshots(store));
  }

  private static String revision(SnapshotSource source) {
    return await(source.revision()).id();
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(10));
  }

  private static final class Store extends ReadOnlyStore {
    private long number = 1;
    private Halt halt = Halt.NONE;

    @Override
    public Uni<Revision> revision() {
      return Uni.createFrom().item(now());
    }

    @Override
    public Uni<Content> load() {
      Content empty = empty(now());
      return Uni.createFrom()
          .item(new Content(empty.revision(), empty.channels(), empty.products(), halt));
    }

    private Revision now() {
      return new Revision("cat_" + number, number);
    }

    @Override
    public Uni<Optional<Content>> changesSince(Revision known) {
      throw new AssertionError("the published snapshot knows no changes");
    }
  }
}
