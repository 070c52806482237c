package io.towncrier.privacy.keys;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that live, open in memory: to seal, open or hash asks nobody. Known for a minute, then
 * looked at again; a rotation waits that long before it goes on (docs/adr/0047).
 */
@ApplicationScoped
public class LiveKeys {
  /** How long a process believes what it read. */
  public static final Duration BELIEVED = Duration.ofMinutes(1);

  private final InstantSource clock;
  private volatile @Nullable Ring ring;

  public LiveKeys(InstantSource clock) {
    this.clock = clock;
  }

  /** What is written from now on. */
  public VersionKeys written() {
    return known().all.get(0);
  }

  /** Those that live, the written one first. */
  public List<VersionKeys> all() {
    return known().all;
  }

  /** The keys of a version, if they live. */
  public Optional<VersionKeys> of(int version) {
    return known().all.stream().filter(keys -> keys.version() == version).findFirst();
  }

  /** Which state of the versions this process knows. */
  public long revision() {
    return known().stored.revision();
  }

  /** They have changed: what needs them has them read again. */
  public void doubt() {
    Ring now = ring;
    if (now != null) {
      ring = new Ring(now.stored, now.all, Instant.MIN);
    }
  }

  /** Whether they were read, and not too long ago. */
  public boolean areFresh() {
    Ring now = ring;
    // A clock that went back says nothing of how old they are.
    return now != null
        && !clock.instant().isBefore(now.readAt)
        && !now.readAt.equals(Instant.MIN)
        && clock.instant().isBefore(now.readAt.plus(BELIEVED));
  }

  /**
   * Keeps them.
   *
   * @param opened in any order
   * @param readAt before the database was asked
   */
  public void keep(KeyVersionStore.Stored stored, List<VersionKeys> opened, Instant readAt) {
    int written =
        stored.versions().stream()
            .filter(version -> version.use() == KeyVersion.Use.WRITTEN)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no version of the keys is written"))
            .version();
    List<VersionKeys> inOrder =
        opened.stream()
            .sorted((a, b) -> Boolean.compare(b.version() == written, a.version() == written))
            .toList();
    if (inOrder.get(0).version() != written) {
      throw new IllegalStateException("the keys that are written are not open");
    }
    ring = new Ring(stored, inOrder, readAt);
  }

  /** Keys that are open already and are stored as they were. */
  Optional<VersionKeys> stillOpen(KeyVersion version) {
    Ring now = ring;
    return now == null || !now.stored.versions().contains(version)
        ? Optional.empty()
        : now.all.stream().filter(keys -> keys.version() == version.version()).findFirst();
  }

  private Ring known() {
    Ring now = ring;
    if (now == null) {
      throw new IllegalStateException("the keys are not open: KeyCheck comes first");
    }
    return now;
  }

  private record Ring(KeyVersionStore.Stored stored, List<VersionKeys> all, Instant readAt) {}
}
