package io.towncrier.privacy.rotation;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import io.towncrier.privacy.keys.KeyVersion;
import io.towncrier.privacy.keys.KeyVersionStore;
import io.towncrier.privacy.keys.OpenKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Begins a rotation, and changes the key that wraps; where functions serve. The plain server has
 * commands for it.
 */
@ApplicationScoped
public class ChangeKeys {
  private final RotationStore store;
  private final KeyVersionStore versions;
  private final OpenKeys open;
  private final InstantSource clock;

  ChangeKeys(RotationStore store, KeyVersionStore versions, OpenKeys open, InstantSource clock) {
    this.store = store;
    this.versions = versions;
    this.open = open;
    this.clock = clock;
  }

  /** Changes nothing. */
  public Uni<Shown> show() {
    return versions
        .read()
        .chain(
            stored ->
                store
                    .find()
                    .map(
                        rotation ->
                            new Shown(
                                stored.versions().stream().map(Shown.Version::of).toList(),
                                rotation.map(Shown.Progress::of))));
  }

  /** Announces new keys; whether it has, and no rotation was under way. */
  public Uni<Boolean> rotate() {
    return versions
        .read()
        .map(stored -> stored.versions().stream().mapToInt(KeyVersion::version).max().orElseThrow())
        .chain(newest -> Offload.run(() -> open.coming(newest + 1)))
        .chain(coming -> store.begin(coming.version(), coming.checkValue(), clock.instant()));
  }

  /**
   * Wraps all versions by the key that is configured now. Compared with what was read: of two who
   * do it at once, one fails.
   *
   * @return by which
   */
  public Uni<String> rewrap() {
    return versions
        .read()
        .chain(
            stored ->
                Offload.run(() -> stored.versions().stream().map(open::rewrapped).toList())
                    .chain(now -> versions.rewrap(stored, now).replaceWith(now)))
        .map(now -> now.get(0).wrappedBy());
  }

  /**
   * The versions, and where their rotation stands.
   *
   * @param rotation empty while none is under way
   */
  public record Shown(List<Version> versions, Optional<Progress> rotation) {
    /** A version that lives. */
    public record Version(int version, KeyVersion.Use use, String wrappedBy) {
      static Version of(KeyVersion stored) {
        return new Version(stored.version(), stored.use(), stored.wrappedBy());
      }
    }

    /**
     * A rotation.
     *
     * @param since when the phase began
     * @param hashesLeft that only devices can renew, of the last whole walk
     */
    public record Progress(
        int from,
        int to,
        Rotation.Phase phase,
        Instant since,
        long sealedAnew,
        Optional<Long> hashesLeft) {
      static Progress of(Rotation rotation) {
        return new Progress(
            rotation.former(),
            rotation.next(),
            rotation.phase(),
            rotation.since(),
            rotation.counts().resealed(),
            rotation.counts().lastLeft());
      }
    }
  }
}
