package io.towncrier.updates.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.ReadOnlyStore;
import io.towncrier.testing.Await;
import io.towncrier.testing.Configs;
import io.towncrier.updates.UpdatesConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a snapshot is kept up to date where nobody tells of changes, and while nothing answers. */
@Tag("zoneless")
class CurrentSnapshotTest {
  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final UpdatesConfig CONFIG = Configs.of(UpdatesConfig.class, Map.of());

  private final FakeStore store = new FakeStore();
  private final AtomicLong nanos = new AtomicLong(System.nanoTime());

  @Test
  void whereNobodyTellsAChangeIsAnsweredWithinTwoSeconds() {
    CurrentSnapshot snapshots = snapshots();
    assertThat(idOf(snapshots)).isEqualTo("cat_1");
    store.number = 2;
    assertThat(CONFIG.snapshotMaxAge()).isLessThan(PROMISED);
    pass(CONFIG.snapshotMaxAge());

    Await.until("the change is answered", PROMISED, () -> idOf(snapshots).equals("cat_2"));
  }

  @Test
  void afterALongSilenceTheFirstCheckIsAnsweredFromTheNewOne() {
    CurrentSnapshot snapshots = snapshots();
    idOf(snapshots);
    store.number = 2;
    pass(CONFIG.snapshotMaxAge().multipliedBy(3));

    assertThat(idOf(snapshots)).isEqualTo("cat_2");
  }

  @Test
  void whereChangesAreToldNothingIsAsked() {
    CurrentSnapshot snapshots = snapshots();
    idOf(snapshots);
    snapshots.changesAreTold(true);
    int asked = store.asked.get();
    pass(CONFIG.snapshotMaxAge().multipliedBy(3));
    for (int i = 0; i < 1000; i++) {
      idOf(snapshots);
    }

    assertThat(store.asked.get()).isEqualTo(asked);
  }

  @Test
  void aChangeThatIsToldIsAnsweredOnceThatIsDone() {
    CurrentSnapshot snapshots = snapshots();
    idOf(snapshots);
    snapshots.changesAreTold(true);
    store.number = 2;
    snapshots.catalogueChanged().await().atMost(PROMISED);

    assertThat(idOf(snapshots)).isEqualTo("cat_2");
  }

  @Test
  void aChangeThatWasToldAndCouldNotBeReadIsLookedForAgain() {
    CurrentSnapshot snapshots = snapshots();
    idOf(snapshots);
    snapshots.changesAreTold(true);
    store.number = 2;
    store.away = true;
    assertThatThrownBy(() -> snapshots.catalogueChanged().await().atMost(PROMISED))
        .hasMessageContaining("away");
    store.away = false;
    pass(CONFIG.snapshotMaxAge());

    Await.until("the change is answered", PROMISED, () -> idOf(snapshots).equals("cat_2"));
  }

  @Test
  void aLookThatTakesLongPutsNoOlderOneBack() {
    CurrentSnapshot snapshots = snapshots();
    idOf(snapshots);
    pass(CONFIG.snapshotMaxAge().multipliedBy(3));
    store.slowly = true;
    Uni<Snapshot> look = snapshots.get();
    AtomicReference<Snapshot> looked = new AtomicReference<>();
    look.subscribe().with(looked::set);
    Await.until("it was asked", PROMISED, () -> store.waiting != null);
    store.slowly = false;
    store.number = 2;
    snapshots.catalogueChanged().await().atMost(PROMISED);

    store.answerSlowly();

    assertThat(idOf(snapshots)).isEqualTo("cat_2");
  }

  /**
   * As at a start without the database: the kept file answers, and there are no changes to read.
   */
  @Test
  void whoAsksDuringTheFirstLoadIsAnsweredThoughTheNextLoadFails() {
    CurrentSnapshot snapshots = snapshots();
    CompletableFuture<CatalogueStore.Content> load = new CompletableFuture<>();
    store.loading = load;
    CompletableFuture<Snapshot> first = snapshots.get().subscribeAsCompletionStage();
    CompletableFuture<Snapshot> second = snapshots.get().subscribeAsCompletionStage();
    store.away = true;

    load.complete(store.content());

    assertThat(first.orTimeout(10, TimeUnit.SECONDS).join().id()).isEqualTo("cat_1");
    assertThat(second.orTimeout(10, TimeUnit.SECONDS).join().id()).isEqualTo("cat_1");
  }

  @Test
  void whoLeavesDuringALoadTakesTheAnswerFromNobody() {
    CurrentSnapshot snapshots = snapshots();
    CompletableFuture<CatalogueStore.Content> load = new CompletableFuture<>();
    store.loading = load;
    List<Cancellable> leave = new ArrayList<>();
    List<CompletableFuture<Snapshot>> stay = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      leave.add(snapshots.get().subscribe().with(answered -> {}, failed -> {}));
      stay.add(snapshots.get().subscribeAsCompletionStage());
    }
    leave.forEach(Cancellable::cancel);
    load.complete(store.content());
    assertThat(stay)
        .allSatisfy(
            each ->
                assertThat(each.orTimeout(10, TimeUnit.SECONDS).join().id()).isEqualTo("cat_1"));
  }

  @Test
  void theLastGoodOneGoesOnWhileTheDatabaseIsAwayAndThatIsSaid() {
    CurrentSnapshot snapshots = snapshots();
    idOf(snapshots);
    store.away = true;
    pass(CONFIG.snapshotMaxAge().multipliedBy(3));

    assertThat(idOf(snapshots)).isEqualTo("cat_1");
    Await.until("it says so", PROMISED, () -> snapshots.state().staleSince().isPresent());

    store.away = false;
    store.number = 2;
    pass(CONFIG.snapshotMaxAge());
    Await.until("it is current again", PROMISED, () -> idOf(snapshots).equals("cat_2"));
    assertThat(snapshots.state().staleSince()).isEmpty();
  }

  @Test
  void aDatabaseThatHangsHoldsNoCheckForLong() {
    CurrentSnapshot snapshots = snapshots();
    idOf(snapshots);
    store.hangs = true;
    pass(CONFIG.snapshotMaxAge().multipliedBy(3));
    long asked = System.nanoTime();

    assertThat(idOf(snapshots)).isEqualTo("cat_1");
    assertThat(Duration.ofNanos(System.nanoTime() - asked))
        .isLessThan(CONFIG.snapshotWait().plusMillis(500));
  }

  @Test
  void withoutAnySnapshotACheckFailsAndTheNextOneTriesAgain() {
    store.away = true;
    CurrentSnapshot snapshots = snapshots();
    assertThatThrownBy(() -> idOf(snapshots)).hasMessageContaining("away");

    store.away = false;
    assertThat(idOf(snapshots)).isEqualTo("cat_1");
  }

  @Test
  void afterARestoreEverythingIsReadAnew() {
    CurrentSnapshot snapshots = snapshots();
    idOf(snapshots);
    store.number = 1;
    store.restored = true;
    snapshots.catalogueChanged().await().atMost(PROMISED);

    assertThat(idOf(snapshots)).isEqualTo("cat_restored_1");
  }

  @Test
  void inAFunctionTheFirstCheckAfterTheMaxAgeIsAnsweredFromTheNewOne() {
    CurrentSnapshot snapshots =
        new CurrentSnapshot(
            new StoreSnapshots(store),
            Configs.of(
                UpdatesConfig.class, Map.of("towncrier.updates.look-in-background", "false")),
            InstantSource.system(),
            nanos::get);
    idOf(snapshots);
    store.number = 2;
    pass(CONFIG.snapshotMaxAge().plusMillis(100));

    assertThat(idOf(snapshots)).isEqualTo("cat_2");
  }

  @Test
  void aLookThatWasFrozenKeepsNoOtherFromBeingMade() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    CurrentSnapshot snapshots =
        new CurrentSnapshot(new StoreSnapshots(store), CONFIG, now::get, nanos::get);
    idOf(snapshots);
    store.hangs = true;
    pass(CONFIG.snapshotMaxAge().multipliedBy(3));
    assertThat(idOf(snapshots)).isEqualTo("cat_1");

    store.hangs = false;
    store.number = 2;
    now.set(Instant.EPOCH.plusSeconds(10));
    pass(CONFIG.snapshotMaxAge());
    Await.until("the change is answered", PROMISED, () -> idOf(snapshots).equals("cat_2"));
  }

  private CurrentSnapshot snapshots() {
    return new CurrentSnapshot(
        new StoreSnapshots(store), CONFIG, InstantSource.system(), nanos::get);
  }

  /** No time passes by itself. */
  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static String idOf(CurrentSnapshot snapshots) {
    return snapshots.get().await().atMost(Duration.ofSeconds(10)).id();
  }

  private static final class FakeStore extends ReadOnlyStore {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile long number = 1;
    private volatile boolean away;
    private volatile boolean hangs;
    private volatile boolean restored;
    private volatile boolean slowly;
    private volatile @Nullable UniEmitter<? super Revision> waiting;
    private volatile @Nullable Revision asOf;
    private volatile @Nullable CompletableFuture<Content> loading;

    @Override
    public Uni<Revision> revision() {
      if (slowly) {
        asOf = now();
        return Uni.createFrom().emitter(emitter -> waiting = emitter);
      }
      return answer(now());
    }

    void answerSlowly() {
      waiting.complete(asOf);
    }

    @Override
    public Uni<Content> load() {
      CompletableFuture<Content> slow = loading;
      return slow == null ? answer(content()) : Uni.createFrom().completionStage(slow);
    }

    @Override
    public Uni<Optional<Content>> changesSince(Revision known) {
      return answer(restored ? Optional.empty() : Optional.of(content()));
    }

    private Revision now() {
      return new Revision((restored ? "cat_restored_" : "cat_") + number, number);
    }

    private Content content() {
      return empty(now());
    }

    private <T> Uni<T> answer(T item) {
      asked.incrementAndGet();
      if (hangs) {
        return Uni.createFrom().nothing();
      }
      return away
          ? Uni.createFrom().failure(new IllegalStateException("the database is away"))
          : Uni.createFrom().item(item);
    }
  }
}
