package io.towncrier.updates.snapshots;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.towncrier.platform.Offload;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.CatalogueWatcher;
import io.towncrier.updates.UpdatesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot that this instance knows, swapped as a whole. It hears of changes from the
 * database, or asks at most once per max age, and goes on with the last good one while the database
 * is away (docs/adr/0013).
 */
@ApplicationScoped
public class CurrentSnapshot implements CatalogueWatcher {
  private static final Logger LOG = Logger.getLogger(CurrentSnapshot.class);

  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(60);
  // By the wall clock, which goes on while a function is frozen.
  private static final Duration LOOK_TAKES_AT_MOST = Duration.ofSeconds(10);

  private final SnapshotSource source;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final long maxAgeNanos;
  private final Duration wait;
  private final Coalesced<Snapshot> loading = new Coalesced<>(this::load);
  private final boolean lookInBackground;
  private final AtomicReference<@Nullable Instant> looking = new AtomicReference<>();
  private volatile @Nullable Snapshot held;
  private volatile long lookedAtNanos;
  private volatile boolean told;
  // A change was announced, and could not be read: it is not announced again.
  private volatile boolean behind;
  private volatile @Nullable Instant staleSince;

  @Inject
  public CurrentSnapshot(SnapshotSource source, UpdatesConfig config, InstantSource clock) {
    this(source, config, clock, System::nanoTime);
  }

  /** With a clock that never goes back beside the one of the day. */
  CurrentSnapshot(
      SnapshotSource source, UpdatesConfig config, InstantSource clock, LongSupplier nanoTime) {
    this.source = source;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.maxAgeNanos = config.snapshotMaxAge().toNanos();
    this.wait = config.snapshotWait();
    this.lookInBackground = config.lookInBackground();
  }

  /** The snapshot, when nothing has to be waited for: no object is made, no SQL is run. */
  public Optional<Snapshot> ifReady() {
    Snapshot known = held;
    if (known == null) {
      return Optional.empty();
    }
    long age = nanoTime.getAsLong() - lookedAtNanos;
    if ((told && !behind) || age < maxAgeNanos) {
      return Optional.of(known);
    }
    if (lookInBackground && age < 2 * maxAgeNanos) {
      // Somebody has asked lately: this check does not wait for the next look.
      look().subscribe().with(snapshot -> {}, failure -> {});
      return Optional.of(known);
    }
    return Optional.empty();
  }

  /** Fails only when no snapshot was ever loaded and the database cannot be read. */
  public Uni<Snapshot> get() {
    Snapshot known = held;
    if (known == null) {
      return first();
    }
    Optional<Snapshot> ready = ifReady();
    return ready.isPresent()
        ? Uni.createFrom().item(ready.get())
        : look()
            .ifNoItem()
            .after(wait)
            .recoverWithItem(() -> unseen(known, new TimeoutException("no answer in " + wait)));
  }

  @Override
  public Uni<Void> catalogueChanged() {
    return aside(source::changedHere)
        .chain(loading::run)
        .onFailure()
        .invoke(failure -> behind = true)
        .replaceWithVoid();
  }

  @Override
  public void changesAreTold(boolean areTold) {
    told = areTold;
  }

  /** What health says: which snapshot answers, and since when it may be behind. */
  public State state() {
    Snapshot known = held;
    return new State(
        Optional.ofNullable(known).map(Snapshot::id), told, Optional.ofNullable(staleSince));
  }

  /**
   * Asks whether there is a newer one; a caller that finds somebody asking already goes on at once.
   */
  private Uni<Snapshot> look() {
    Snapshot known = held;
    if (known == null) {
      return first();
    }
    Instant now = clock.instant();
    Instant under = looking.get();
    boolean asked = under != null && now.isBefore(under.plus(LOOK_TAKES_AT_MOST));
    if (asked || !looking.compareAndSet(under, now)) {
      return Uni.createFrom().item(known);
    }
    return aside(source::revision)
        .chain(
            revision ->
                revision.equals(known.revision())
                    ? Uni.createFrom().item(unchanged(known))
                    : loading.run())
        .onFailure()
        .recoverWithItem(failure -> unseen(known, failure))
        .onTermination()
        .invoke(() -> looking.compareAndSet(now, null));
  }

  /**
   * Where nothing is held yet. A load that was under way may bring a snapshot, from a kept file
   * too, and the one behind it fail while the database is away.
   */
  private Uni<Snapshot> first() {
    return loading
        .run()
        .onFailure()
        .recoverWithUni(
            failure -> {
              Snapshot brought = held;
              return brought == null
                  ? Uni.createFrom().failure(failure)
                  : Uni.createFrom().item(brought);
            });
  }

  private Uni<Snapshot> load() {
    Snapshot known = held;
    Uni<Optional<CatalogueStore.Content>> changes =
        known == null
            ? Uni.createFrom().item(Optional.empty())
            : aside(() -> source.changesSince(known.revision()));
    return changes
        .chain(
            some ->
                some.isPresent() && known != null
                    ? Offload.run(() -> known.changedBy(some.get()))
                    : aside(source::load).chain(all -> Offload.run(() -> Snapshot.of(all))))
        .map(this::seen)
        .onFailure()
        .invoke(
            failure -> {
              if (known != null) {
                unseen(known, failure);
              }
            });
  }

  // On a thread of its own, so with a database session of its own: the one of the request that
  // happens to ask may be in use.
  private static <T> Uni<T> aside(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .voidItem()
        .emitOn(Infrastructure.getDefaultExecutor())
        .chain(() -> work.get())
        // A database that never answers must not keep every later look from being made.
        .ifNoItem()
        .after(GIVEN_UP_AFTER)
        .fail();
  }

  private Snapshot seen(Snapshot snapshot) {
    held = snapshot;
    return upToDate(snapshot);
  }

  /** What was looked at is the newest, unless a newer one was loaded while it was. */
  private Snapshot unchanged(Snapshot known) {
    Snapshot now = held;
    return upToDate(now == null ? known : now);
  }

  private Snapshot upToDate(Snapshot snapshot) {
    lookedAtNanos = nanoTime.getAsLong();
    staleSince = null;
    behind = false;
    return snapshot;
  }

  private Snapshot unseen(Snapshot known, Throwable failure) {
    if (staleSince == null) {
      LOG.warnf("answering from snapshot %s: %s", known.id(), failure);
      staleSince = clock.instant();
    }
    lookedAtNanos = nanoTime.getAsLong();
    return known;
  }

  /**
   * How up to date the answers are.
   *
   * @param snapshot id; empty while none was loaded
   * @param told whether changes are told by the database, and need not be looked for
   * @param staleSince since when the database could not be asked
   */
  public record State(Optional<String> snapshot, boolean told, Optional<Instant> staleSince) {}
}
